"""``ecliptic feeds``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import open_planet, with_options

if TYPE_CHECKING:
    from ecliptic.engine import Listed


@click.group(
    "feeds",
    epilog="Example: ecliptic feeds add https://blog.example/ --config planet.toml",
)
def command() -> None:
    """List, add, remove, pause or resume feeds.

    `list` reads any configuration we know; the others edit planet.toml and
    keep its comments and order.
    """


@command.command("list", epilog="Example: ecliptic feeds list --config config.ini --json")
@with_options("config", "state", "json")
def list_feeds(*, config: str, as_json: bool, **options: Any) -> None:
    """Show the feeds of a configuration, and how each stands."""
    from ecliptic.cli.report import print_json

    listed = open_planet(config, **options).listed()
    if as_json:
        print_json(listed)
        return
    for feed in listed:
        click.echo(_line(feed))
    click.echo(_number(len(listed), "feed", "feeds"), err=True)


def _line(feed: Listed) -> str:
    parts = [feed.url]
    if feed.name:
        parts.append(f"  {feed.name}")
    marks = [feed.source, feed.stands]
    if feed.paused:
        marks.insert(0, "paused")
    if feed.entries:
        marks.append(_number(feed.entries, "entry", "entries"))
    if told := ", ".join(mark for mark in marks if mark):
        parts.append(f"  ({told})")
    return "".join(parts)


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


@command.command("add", epilog="Example: ecliptic feeds add https://blog.example/ --name 'A blog'")
@click.argument("address")
@click.option("--name", default="", help="The name to show [default: the feed's own title].")
@click.option("--link", default="", help="The site to link [default: the feed's own link].")
@with_options("config", "now", "allow_network", "json")
def add_feed(
    *, address: str, name: str, link: str, config: str, as_json: bool, **options: Any
) -> None:
    """Subscribe to the feed at ADDRESS, or to the one that the page there names.

    The feed is read first; what is wrong with it is told, and an address that
    leads to no feed is not added.
    """
    from ecliptic.cli.report import print_json

    added = open_planet(config, **options).add_feed(address, name=name, link=link)
    if as_json:
        print_json(added)
        return
    number = _number(added.entries, "entry", "entries")
    by = f", by the plugin {added.source}" if added.source else ""
    click.echo(f"added {added.url}: {added.name or '(no title)'}, {number}{by}")
    for finding in added.findings:
        click.echo(f"  {finding.severity}: {finding.message} [{finding.code}]")


@command.command("remove", epilog="Example: ecliptic feeds remove https://blog.example/feed.xml")
@click.argument("address")
@with_options("config", "json")
def remove_feed(*, address: str, config: str, as_json: bool) -> None:
    """Unsubscribe from a feed; its entries leave the pages and stay in the store."""
    open_planet(config).remove_feed(address)
    _done("removed", address, as_json=as_json)


@command.command("pause", epilog="Example: ecliptic feeds pause https://blog.example/feed.xml")
@click.argument("address")
@with_options("config", "json")
def pause_feed(*, address: str, config: str, as_json: bool) -> None:
    """Stop asking a feed; the entries it has stay on the pages."""
    open_planet(config).pause_feed(address, paused=True)
    _done("paused", address, as_json=as_json)


@command.command("resume", epilog="Example: ecliptic feeds resume https://blog.example/feed.xml")
@click.argument("address")
@with_options("config", "json")
def resume_feed(*, address: str, config: str, as_json: bool) -> None:
    """Ask a paused feed again from the next run on."""
    open_planet(config).pause_feed(address, paused=False)
    _done("resumed", address, as_json=as_json)


def _done(what: str, address: str, *, as_json: bool) -> None:
    from ecliptic.cli.report import print_json

    if as_json:
        print_json({"action": what, "url": address})
    else:
        click.echo(f"{what} {address}")
