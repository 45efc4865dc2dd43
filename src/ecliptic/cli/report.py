"""How a run looks while it goes on, and what it says at its end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from ecliptic.cli.options import open_planet

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from ecliptic.flows.progress import Progress
    from ecliptic.model.finding import Checked
    from ecliptic.model.site import Site
    from ecliptic.model.summary import Summary

_NAMED_FAILURES: Final = 20
_QUIET_CODES: Final = frozenset({
    "fetch.ok", "fetch.not_modified", "fetch.same_body", "fetch.held", "fetch.unreached",
})  # fmt: skip
_GUESSED: Final = frozenset({"planet", "venus", "pluto"})
_MANY: Final = 100
_SKIPPED: Final = " (not due, or paused: `ecliptic why FEED` says)"


def _watcher(*, quiet: bool) -> Progress:
    """Return what draws a run: a bar on a terminal, lines elsewhere, or nothing."""
    from ecliptic.flows.progress import Silent
    from ecliptic.log import shown

    if quiet:
        return Silent()
    # A bar and the lines of a log would write over each other; stderr may be closed.
    return Drawn() if sys.stderr and sys.stderr.isatty() and not shown() else Lines()


class Lines:
    """A run as plain lines: one for each feed that brought or broke something."""

    def __init__(self) -> None:
        self._total = self._done = self._new = self._failed = 0

    def begin(self, stage: str, total: int) -> None:
        """Say what starts."""
        self._total, self._done, self._new, self._failed = total, 0, 0, 0
        what = "feeds to ask" if stage == "refresh" else "files to look at"
        click.echo(f"{stage}: {total:,} {what}", err=True)

    def feed_done(self, url: str, code: str, new: int) -> None:
        """Print a line when there is something to say."""
        self._done += 1
        self._new += new
        if code not in _QUIET_CODES:
            self._failed += 1
            click.echo(f"  {code}  {url}", err=True)
        elif new:
            click.echo(f"  {new} new  {url}", err=True)
        if self._done % _MANY == 0:
            click.echo(
                f"  … {self._done:,} of {self._total:,} feeds, "
                f"{self._new:,} new entries, {self._failed:,} failed",
                err=True,
            )

    def page_done(self, path: str) -> None:
        """Keep still; the summary counts pages."""

    def end(self, stage: str) -> None:
        """Keep still; the summary follows."""


class Drawn:
    """A run as a bar: done, new, failed, rate and time left."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: Any = None
        self._new = self._failed = 0

    def begin(self, stage: str, total: int) -> None:
        """Start the bar of a stage."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        self._new = self._failed = 0
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:>8}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[news]}"),
            TimeRemainingColumn(compact=True),
            console=Console(stderr=True),
            refresh_per_second=5,
        )
        self._task = self._bar.add_task(stage, total=total, news="", rate="")
        self._bar.start()

    def feed_done(self, url: str, code: str, new: int) -> None:
        """Move the bar by one feed."""
        del url
        self._new += new
        self._failed += code not in _QUIET_CODES
        news = f"{self._new:,} new"
        if self._failed:
            news += f", [red]{self._failed:,} failed[/red]"
        self._move("feeds", news=news)

    def page_done(self, path: str) -> None:
        """Move the bar by one page."""
        del path
        self._move("files")

    def _move(self, what: str, **fields: Any) -> None:
        if self._bar is not None:
            speed = self._bar.tasks[0].speed or 0
            self._bar.update(self._task, advance=1, rate=f"{speed:,.0f} {what}/s", **fields)

    def end(self, stage: str) -> None:
        """Leave the finished bar standing."""
        del stage
        if self._bar is not None:
            self._bar.stop()


def run(
    flow: Literal["build", "refresh", "publish", "ping"],
    *,
    config: str | tuple[str, ...],
    as_json: bool,
    quiet: bool,
    strict: bool,
    **options: Any,
) -> None:
    """Open the planet, run one of its flows under watch, and say what it did."""
    planet = open_planet(config, **options)
    _tell_notices(planet.site, quiet=quiet)
    flows = {
        "build": planet.build,
        "refresh": planet.refresh,
        "publish": planet.publish,
        "ping": planet.ping,
    }
    summary = flows[flow](_watcher(quiet=quiet))
    if not quiet:
        _name_untold(summary)
        _name_moves(summary, is_editable=planet.site.dialect == "toml")
        _name_alarms(summary)
    where = "" if flow in {"refresh", "ping"} else f"{planet.site.output}/index.html"
    _finish(summary, planet.site, json=as_json, quiet=quiet, strict=strict, where=where)


def _tell_notices(site: Site, *, quiet: bool) -> None:
    """Tell the operator, on stderr, what in the configuration has no effect."""
    from ecliptic.model.site import DIALECTS

    if not quiet:
        if site.dialect in _GUESSED:
            said = f"read as settings of {DIALECTS[site.dialect]}"
            click.echo(f"note: {said}; --dialect can name another engine", err=True)
        for notice in site.notices:
            click.echo(f"note: {notice}", err=True)


def as_json(summary: Summary) -> dict[str, object]:
    """Return the shape that ``--json`` promises."""
    import msgspec

    shape: dict[str, object] = msgspec.to_builtins(summary)
    shape.pop("failures")
    shape["seconds"] = {stage: round(spent, 4) for stage, spent in summary.seconds.items()}
    return shape


def _finish(
    summary: Summary, site: Site, *, json: bool, quiet: bool, strict: bool, where: str
) -> None:
    """Print what a run did, name what failed, and set the exit status."""
    if json:
        print_json(as_json(summary))
    if not quiet:
        _name_failures(summary)
        _name_unchecked(site)
    if not json and not quiet:
        for line in _lines(summary, where):
            click.echo(line)
    if strict and summary.failures:
        raise click.exceptions.Exit(1)


def print_json(value: object) -> None:
    """Print a value as JSON with two spaces of indent, empty fields and all."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(_complete(value)), indent=2)
    click.echo(text.decode())


def _complete(value: object) -> object:
    """Return records as mappings of all their fields: a reader should not have to know defaults."""
    import msgspec

    if isinstance(value, msgspec.Struct):
        return {name: _complete(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list | tuple):
        return [_complete(item) for item in value]
    return value


def _name_failures(summary: Summary) -> None:
    from ecliptic.model.codes import words

    for failure in summary.failures[:_NAMED_FAILURES]:
        said = words(failure.code, {"detail": failure.detail})
        click.echo(f"failed: {failure.where}: {said} [{failure.code}]", err=True)
    more = len(summary.failures) - _NAMED_FAILURES
    if more > 0:
        click.echo(f"… and {more:,} more; feeds.html and status.json name them all", err=True)


def _name_moves(summary: Summary, *, is_editable: bool) -> None:
    """Name the feeds that are asked elsewhere from this run on, and those subscribed twice."""
    how = "`ecliptic feeds moved --write` puts it into" if is_editable else "put it into"
    for move in summary.moves[:_NAMED_FAILURES]:
        if move.code == "decide.moved":
            click.echo(f"moved: {move.url} → {move.to}; {how} the configuration", err=True)
        else:
            click.echo(f"moved back: {move.url}: {move.why}", err=True)
    for twin in summary.duplicates[:_NAMED_FAILURES]:
        click.echo(f"duplicate: {twin.url}: {twin.why}", err=True)
    if max(len(summary.moves), len(summary.duplicates)) > _NAMED_FAILURES:
        click.echo("… and more; `ecliptic feeds list` names them all", err=True)


def _name_alarms(summary: Summary) -> None:
    """Name the feeds that somebody has to look at, and those that are back."""
    for alarm in summary.alarms[:_NAMED_FAILURES]:
        click.echo(f"look: {alarm.url}: {alarm.why} [{alarm.code}]", err=True)
    if len(summary.alarms) > _NAMED_FAILURES:
        click.echo("… and more; `ecliptic feeds list` names them all", err=True)


def _name_untold(summary: Summary) -> None:
    """Say what the hub would not hear of, and when it is tried again."""
    for untold in summary.hub.untold:
        when = f"again after {untold.next_at:%Y-%m-%d %H:%M} UTC" if untold.next_at else "given up"
        click.echo(f"hub not told: {untold.topic}: {untold.why} [{untold.code}]; {when}", err=True)


def _name_unchecked(site: Site) -> None:
    """Warn, at every run, of feeds that anyone on the way could have written."""
    from ecliptic.model.site import unchecked

    for feed in unchecked(site.subscriptions):
        click.echo(f"warning: {feed.url}: its certificate is not checked (insecure)", err=True)


def _lines(summary: Summary, where: str) -> list[str]:
    feeds, entries, pages = summary.feeds, summary.entries, summary.pages
    lines = []
    if "refresh" in summary.seconds:
        lines.append(
            f"feeds    {feeds.total:,}: {feeds.fetched:,} fetched, "
            f"{feeds.not_modified:,} not modified, {feeds.failed:,} failed, "
            f"{feeds.skipped:,} skipped{_SKIPPED if feeds.skipped else ''}"
        )
        lines.append(
            f"entries  {entries.new:,} new, {entries.changed:,} changed, "
            f"{entries.unchanged:,} unchanged, {entries.hidden:,} hidden"
        )
    if "publish" in summary.seconds:
        lines.append(
            f"files    {pages.written:,} written, {pages.unchanged:,} unchanged, "
            f"{pages.removed:,} removed"
        )
    if "hub" in summary.seconds:
        hub = summary.hub
        lines.append(
            f"hub      {hub.told:,} told, {hub.waiting:,} waiting, {hub.given_up:,} given up"
        )
    seconds = sum(summary.seconds.get(part, 0.0) for part in ("refresh", "publish", "hub"))
    lines.append(
        f"took     {seconds:.2f} s, {_size(summary.bytes.received)} received, "
        f"{_size(summary.bytes.written)} written"
    )
    if where:
        lines.append(f"site     {where}")
    return lines


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:  # noqa: PLR2004 - the step between units
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def print_checked(result: Checked, *, as_json: bool, strict: bool) -> None:
    """Print what a check found, and exit with the status that it deserves."""
    if as_json:
        print_json(result)
    else:
        for finding in result.findings:
            place = f"{finding.where}:{finding.line}: " if finding.line else ""
            if finding.where and not finding.line:
                place = f"{finding.where}: "
            click.echo(f"{place}{finding.severity}: {finding.message} [{finding.code}]")
        click.echo(f"{result.what}: {result.verdict}")
    if result.status or (strict and any(f.severity == "warning" for f in result.findings)):
        raise click.exceptions.Exit(result.status or 1)
