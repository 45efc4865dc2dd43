"""``ecliptic entries``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from ecliptic.cli.options import open_planet, with_options
from ecliptic.cli.pointing import pointing

if TYPE_CHECKING:
    from ecliptic.flows.curating import EntryStands


_SEARCHING: Final = """Show the newest entries, or search them; or those hidden, and why.

\b
Three searches:
  --filter 'python and not tag:jobs'             words, and a tag that is not there
  --filter 'title:"big news" date>=2024-05'      in one field, since a month
  --hidden --feed Ada --filter 'age<30d'         what is hidden of one feed's latest

`ecliptic filter test --help` has the whole language.
"""


@click.group("entries", epilog="Example: ecliptic entries list --hidden --feed Ada")
def command() -> None:
    """List entries, hide them by hand, or show what a rule hid.

    An entry is named by its link, by its id in the feed, or by its id on our
    pages. What is said by hand holds for good, whatever the rules say; the
    site follows at the next build or publish.
    """


@command.command(
    "list",
    help=_SEARCHING,
    epilog="Example: ecliptic entries list --filter 'title:python and has:audio' --json",
)
@click.option(
    "--filter",
    "expression",
    default="",
    metavar="EXPR",
    help="Those that a filter takes.",
)
@click.option("--hidden", is_flag=True, help="Those that no page shows, each with the reason.")
@with_options("feed", "limit", "config", "now", "state", "json")
def list_entries(
    *,
    expression: str,
    hidden: bool,
    feed: str,
    limit: int,
    config: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Show the newest entries, or search them; or those that are hidden, and why."""
    planet = open_planet(config, **options)
    with pointing(expression):
        found = planet.entries(hidden=hidden, feed=feed, expression=expression, limit=limit)
    _print(found, as_json=as_json)


@command.command(
    "hide", epilog="Example: ecliptic entries hide https://blog.example/advert --why advertising"
)
@click.argument("what", metavar="LINK-OR-ID")
@click.option("--why", default="", metavar="TEXT", help="The reason, for authors who ask.")
@with_options("config", "now", "state", "json")
def hide_entries(*, what: str, why: str, config: str, as_json: bool, **options: Any) -> None:
    """Keep an entry off every page and output feed, for good."""
    _print(open_planet(config, **options).hide_entries(what, why=why), as_json=as_json)


@command.command("unhide", epilog="Example: ecliptic entries unhide https://blog.example/a-post")
@click.argument("what", metavar="LINK-OR-ID")
@with_options("config", "now", "state", "json")
def unhide_entries(*, what: str, config: str, as_json: bool, **options: Any) -> None:
    """Show an entry that a rule or you hid; no rule hides it again."""
    _print(open_planet(config, **options).unhide_entries(what), as_json=as_json)


@command.command(
    "merge", epilog="Example: ecliptic entries merge e2f9c81d77a0 https://blog.example/a-copy"
)
@click.argument("into", metavar="LINK-OR-ID")
@click.argument("other", metavar="COPY")
@with_options("config", "now", "state", "json")
def merge_entries(*, into: str, other: str, config: str, as_json: bool, **options: Any) -> None:
    """Show the first entry only, of two that are the same.

    Both stay in store. Of one feed, what it says of the copy from now on is said
    of the first. `ecliptic entries split COPY` undoes it.
    """
    _print(open_planet(config, **options).merge_entries(into, other), as_json=as_json)


@command.command("split", epilog="Example: ecliptic entries split https://blog.example/a-copy")
@click.argument("what", metavar="LINK-OR-ID")
@with_options("config", "now", "state", "json")
def split_entry(*, what: str, config: str, as_json: bool, **options: Any) -> None:
    """Undo that an entry is one with another.

    One that was merged by hand is shown by itself again. Of one that came under
    several ids or links, as `ecliptic why` tells, each stands for itself from
    when its feed brings it again.
    """
    _print(open_planet(config, **options).split_entry(what), as_json=as_json)


@command.command("show", epilog="Example: ecliptic entries show e2f9c81d77a0 --revision 1")
@click.argument("what", metavar="LINK-OR-ID")
@click.option(
    "--revision",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="The text before the last N edits; `ecliptic why` lists those kept.",
)
@with_options("config", "state", "json")
def show_entry(*, what: str, revision: int, config: str, as_json: bool, **options: Any) -> None:
    """Show the text of an entry as pages have it, or had it before edits."""
    from ecliptic.cli.report import print_json

    text = open_planet(config, **options).show_entry(what, revision=revision)
    if as_json:
        print_json(text)
        return
    click.echo(f"{text.uid}  {text.link}")
    if text.until:
        click.echo(f"as it was shown until {text.until:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(f"\n{text.title or '(no title)'}\n")
    click.echo(text.content or text.summary)


def _print(entries: list[EntryStands], *, as_json: bool) -> None:
    from ecliptic.cli.report import print_json

    if as_json:
        print_json(entries)
        return
    for entry in entries:
        click.echo(f"{entry.shown_at:%Y-%m-%d %H:%M}  {entry.uid}  {entry.title or '(no title)'}")
        click.echo(f"    {entry.feed or '(a feed that is not subscribed)'}  {entry.link}")
        if entry.why:
            click.echo(f"    hidden: {entry.why} [{entry.code}]")
        elif entry.ruling == "show":
            click.echo("    shown by hand: no rule hides it")
    count = len(entries)
    click.echo(f"{count:,} {'entry' if count == 1 else 'entries'}", err=True)
