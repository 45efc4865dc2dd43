"""``ecliptic topics``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from ecliptic.cli.options import open_planet, with_options

if TYPE_CHECKING:
    from ecliptic.engine.topics import Topics
    from ecliptic.flows.explaining import Explained
    from ecliptic.flows.reviewing import Applied, Waiting
    from ecliptic.flows.teaching import Assessed, Labels, Taught
    from ecliptic.model.topic import Spoken

_POOR: Final = 0.7
_FEW: Final = 50
_SPEAKING: Final = 12


@click.group("topics", epilog="Example: ecliptic topics review --config planet.toml")
def command() -> None:
    """Keep the planet on topic, by what you say of its entries.

    Label some entries, train, evaluate, and set thresholds in [topics] of
    planet.toml; without one, nothing is ever hidden. Training needs
    pip install 'ecliptic[topics]'.
    """


@command.command("label", epilog="Example: ecliptic topics label https://blog.example/a-post off")
@click.argument("what", metavar="[LINK-OR-ID]", required=False)
@click.argument("answer", type=click.Choice(["on", "off", "none"]), required=False)
@click.option(
    "--file",
    "table",
    type=click.File(encoding="utf-8"),
    metavar="TSV",
    help="Lines with a link or id, a tab, and on, off or none; - is stdin.",
)
@with_options("config", "now", "state", "json")
def label_entries(
    *, what: str, answer: str, table: Any, config: str, as_json: bool, **options: Any
) -> None:
    """Say that an entry is on topic or off it; none takes that back.

    It is learned from at the next training. Where a threshold is set the
    entry stands by it at once: one that is off topic is hidden, one that was held
    is shown; the site follows at the next build or publish.
    """
    from ecliptic.cli.report import print_json
    from ecliptic.flows.reviewing import Answer, answers_of

    if (table is None) == (what is None) or (what is not None and answer is None):
        raise click.UsageError("give LINK-OR-ID and on, off or none; or --file")
    given = answers_of(table.read(), table.name) if table else [Answer(what=what, label=answer)]
    done = _topics(config, options).label(given, _steps("labelled"))
    if as_json:
        print_json(done)
    else:
        click.echo(
            f"{_number(done.labelled, 'entry', 'entries')} labelled, {done.hidden:,} hidden by "
            f"it, {done.shown:,} shown by it"
        )
    for text in done.unknown:
        click.echo(f"ecliptic: no stored entry has {text!r} as its link or id", err=True)
    if done.unknown and not done.labelled:
        raise click.exceptions.Exit(1)


@command.command("train", epilog="Example: ecliptic topics train --config planet.toml")
@with_options("config", "state", "json")
def train_model(*, config: str, as_json: bool, **options: Any) -> None:
    """Learn from labels, and from entries that you hid or showed by hand.

    The model is a support vector machine; its file stands beside the state and
    is used from the next refresh on. The same labels give the same file.
    """
    from ecliptic.cli.report import print_json

    taught = _topics(config, options).train(_steps("learned"))
    if as_json:
        print_json(taught)
    else:
        _echo(_of_training(taught))


@command.command("evaluate", epilog="Example: ecliptic topics evaluate --config planet.toml --json")
@with_options("config", "state", "json")
def evaluate_model(*, config: str, as_json: bool, **options: Any) -> None:
    """Say how well it would do on entries that it has not seen.

    The labelled entries are dealt into five parts, and each part is judged by a
    model that was trained on the other four. Nothing is written.
    """
    from ecliptic.cli.report import print_json

    assessed = _topics(config, options).evaluate(_steps("judged"))
    if as_json:
        print_json(assessed)
    else:
        _echo(_of_evaluation(assessed))


@command.command(
    "explain", epilog="Example: ecliptic topics explain https://blog.example/a-post --config p.toml"
)
@click.argument("what", metavar="[LINK-OR-ID]", required=False)
@with_options("config", "state", "json")
def explain_entry(*, what: str | None, config: str, as_json: bool, **options: Any) -> None:
    """Tell which words speak for an entry and which against it.

    Without LINK-OR-ID, tell which words speak loudest in the model.
    """
    from ecliptic.cli.report import print_json

    topics = _topics(config, options)
    found = topics.explain(what) if what else topics.leanings()
    if as_json:
        print_json(list(found))
    elif what:
        for each in topics.explain(what):
            _echo(_of_entry(each))
    else:
        _echo(_of_words(topics.leanings(), _SPEAKING * 2))


@command.command("review", epilog="Example: ecliptic topics review --limit 20")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    help="Entries below this probability [default: review_below, or one half].",
)
@with_options("limit", "config", "state", "json")
def review_entries(
    *, below: float | None, limit: int, config: str, as_json: bool, **options: Any
) -> None:
    """List the entries of which the model is in doubt, newest first.

    `ecliptic topics label` answers: an entry that is labelled is not listed again.
    """
    from ecliptic.cli.report import print_json

    waiting = _topics(config, options).review(below=below, limit=limit)
    if as_json:
        print_json(waiting)
        return
    for each in waiting:
        _echo(_of_waiting(each))
    click.echo(_number(len(waiting), "entry", "entries") + " to review", err=True)


@command.command("apply", epilog="Example: ecliptic topics apply --dry-run --config planet.toml")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@with_options("config", "now", "state", "json")
def apply_model(*, dry_run: bool, config: str, as_json: bool, **options: Any) -> None:
    """Judge all stored entries again: after training, or when a threshold moved.

    New entries are judged as they come. What you said by hand stays.
    """
    from ecliptic.cli.report import print_json

    applied = _topics(config, options).apply(dry_run=dry_run, steps=_steps("judged"))
    if as_json:
        print_json(applied)
    else:
        _echo(_of_applying(applied))


def _topics(config: str, options: dict[str, Any]) -> Topics:
    from ecliptic.engine.topics import Topics

    return Topics(open_planet(config, **options))


def _steps(what: str) -> Callable[[int, int], None]:
    """Return what draws the progress of long work, on a terminal alone."""
    if not (sys.stderr and sys.stderr.isatty()):
        return lambda _done, _of: None

    def draw(done: int, of: int) -> None:
        share = 100 * done // of if of else 100
        click.echo(f"\r{what} {share:3d} %", nl=done >= of, err=True)

    return draw


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def _of_labels(labels: Labels) -> str:
    more = f", {labels.unused:,} older ones not used" if labels.unused else ""
    return f"labels   {labels.on:,} on topic, {labels.off:,} off topic{more}"


def _of_training(taught: Taught) -> Iterator[str]:
    yield _of_labels(taught.labels)
    yield f"kernel   {taught.kernel}, {taught.words:,} words"
    yield f"quality  {taught.quality:.2f} in cross-validation (1 is best, 0.5 is chance)"
    yield f"model    {taught.model} ({taught.size / 1000:,.0f} kB)"
    if taught.quality < _POOR:
        yield "The labels can hardly be told apart by their words; it will say little."
    elif min(taught.labels.on, taught.labels.off) * 2 < _FEW:
        yield "These are few labels: review more before you set drop_below."
    yield "`ecliptic topics evaluate` says what thresholds would do, `apply` judges what is stored."


def _of_evaluation(assessed: Assessed) -> Iterator[str]:
    yield _of_labels(assessed.labels)
    if assessed.unjudged:
        yield f"         {assessed.unjudged:,} have too few known words to be judged, and are shown"
    yield ""
    yield "off topic if below   precision   recall   rightly   wrongly   missed"
    for at in assessed.thresholds:
        yield (
            f"{at.below:>18g}   {_share(at.precision):>9}   {_share(at.recall):>6}   "
            f"{at.off_called_off:>7,}   {at.on_called_off:>7,}   {at.off_called_on:>6,}"
        )
    yield ""
    yield "by your settings     shown   to review   dropped"
    for name, zones in (("on topic", assessed.on), ("off topic", assessed.off)):
        yield f"{name:<18}   {zones.shown:>5,}   {zones.review:>9,}   {zones.dropped:>7,}"
    if assessed.mistakes:
        yield ""
        yield "labels that surprise it most (is one of them wrong?)"
    for each in assessed.mistakes:
        named = f"{each.uid}  {_titled(each.title, each.feed)}"
        yield f"  {each.label:<3}  {each.probability:.2f}  {named}"


def _of_entry(explained: Explained) -> Iterator[str]:
    yield f"{explained.uid}  {_titled(explained.title, explained.feed)}"
    if explained.probability is None:
        yield "  too few of its words are known: it is not judged"
        return
    yield f"  on topic with probability {explained.probability:.2f}"
    yield from _of_words(explained.words, _SPEAKING)


def _of_words(words: tuple[Spoken, ...], most: int) -> Iterator[str]:
    for name, sign in (("for it", 1), ("against", -1)):
        speaking = [word for word in words if word.weight * sign > 0][:most]
        told = ", ".join(f"{word.word} {word.weight:+.2f}" for word in speaking)
        yield f"  {name:<8} {told or 'nothing'}"


def _of_waiting(waiting: Waiting) -> Iterator[str]:
    held = "  held" if waiting.held else ""
    yield f"{waiting.probability:.2f}  {waiting.uid}  {_titled(waiting.title, waiting.feed)}{held}"
    yield f"      {waiting.shown_at:%Y-%m-%d %H:%M}  {waiting.link}"
    if waiting.words:
        yield f"      against it: {waiting.words}"


def _of_applying(applied: Applied) -> Iterator[str]:
    for each in applied.moved:
        what = "hide" if each.hidden else "show"
        likely = "     " if each.probability is None else f"{each.probability:.2f} "
        yield f"{what}  {likely} {each.uid}  {_titled(each.title, each.feed)}"
    would = "would be " if applied.dry_run else ""
    yield (
        f"{_number(applied.judged, 'entry', 'entries')} judged: {applied.hidden:,} {would}hidden, "
        f"{applied.shown:,} {would}shown again, {applied.review:,} to review, "
        f"{applied.noted:,} noted anew"
    )


def _titled(title: str, feed: str) -> str:
    return f"{title or '(no title)'}  ({feed or 'a feed that is not subscribed'})"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
