"""``ecliptic entries``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import open_planet, with_options

if TYPE_CHECKING:
    from ecliptic.flows.curating import EntryStands


@click.group("entries", epilog="Example: ecliptic entries list --hidden --feed Ada")
def command() -> None:
    """List entries, hide them by hand, or show what a rule hid.

    An entry is named by its link, by its id in the feed, or by its id on our
    pages. What is said by hand holds for good, whatever the rules say; the
    site follows at the next build or publish.
    """


@command.command("list", epilog="Example: ecliptic entries list --hidden --limit 100 --json")
@click.option("--hidden", is_flag=True, help="Those that no page shows, each with the reason.")
@click.option("--feed", default="", metavar="FEED", help="Of this feed only: its address or name.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    help="The newest so many; 0 for all.",
)
@with_options("config", "state", "json")
def list_entries(
    *, hidden: bool, feed: str, limit: int, config: str, as_json: bool, **options: Any
) -> None:
    """Show the newest entries, or those that are hidden and why."""
    _print(
        open_planet(config, **options).entries(hidden=hidden, feed=feed, limit=limit),
        as_json=as_json,
    )


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
