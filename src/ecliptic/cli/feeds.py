"""``ecliptic feeds``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import open_planet, with_options

if TYPE_CHECKING:
    from ecliptic.flows.listed import DeadFeed, Listed, Moved
    from ecliptic.flows.releasing import Released


class _Elsewhere(click.ParamType[dict[str, str]]):
    name = "place"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, str]:
        kind, _, where = str(value).partition(":")
        if kind not in {"env", "file"} or not where:
            self.fail("it is written as env:NAME or file:PATH, not as it is", param, ctx)
        return {kind: where}


class _Header(click.ParamType[tuple[str, dict[str, str]]]):
    name = "header"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, dict[str, str]]:
        name, _, place = str(value).partition("=")
        return name, _Elsewhere().convert(place, param, ctx)


@click.group(
    "feeds",
    epilog="Example: ecliptic feeds add https://blog.example/ --config planet.toml",
)
def command() -> None:
    """List, add, remove, pause or resume feeds; follow, release or bury them.

    `list`, `moved`, `dead` and `release` read any configuration we know; the
    others, and --write, edit planet.toml and keep its comments and order.
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
    marks = [feed.source, "" if feed.dead else feed.stands]
    if feed.insecure:
        marks.insert(1, "its certificate is not checked")
    if feed.paused:
        marks.insert(0, "paused")
    if feed.listed_in:
        marks.insert(0, f"from {feed.listed_in}")
    marks += [feed.quarantine, feed.dead, feed.moved, feed.duplicate]
    if feed.entries:
        held = f", {feed.held:,} held" if feed.held else ""
        marks.append(f"{_number(feed.entries, 'entry', 'entries')}{held}")
    if told := "; ".join(mark for mark in marks if mark):
        parts.append(f"  ({told})")
    return "".join(parts)


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


@command.command("add", epilog="Example: ecliptic feeds add https://blog.example/ --name 'A blog'")
@click.argument("address")
@click.option("--name", default="", help="The name to show [default: the feed's own title].")
@click.option("--link", default="", help="The site to link [default: the feed's own link].")
@click.option("--username", default="", help="The name that its server asks for.")
@click.option(
    "--password",
    type=_Elsewhere(),
    metavar="PLACE",
    help="Where its password stands: env:NAME or file:PATH.",
)
@click.option(
    "--header",
    "headers",
    type=_Header(),
    metavar="NAME=PLACE",
    multiple=True,
    help="A header field that its server asks for, and where its value stands (repeatable).",
)
@click.option("--proxy", default="", metavar="ADDRESS", help="Its proxy; none: not the planet's.")
@click.option("--insecure", is_flag=True, help="Do not check the certificate of its server.")
@with_options("config", "now", "allow_network", "json")
def add_feed(
    *,
    address: str,
    name: str,
    link: str,
    username: str,
    password: dict[str, str] | None,
    headers: tuple[tuple[str, dict[str, str]], ...],
    proxy: str,
    insecure: bool,
    config: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Subscribe to the feed at ADDRESS, or to the one that the page there names.

    The feed is read first; what is wrong with it is told, and an address that
    leads to no feed is not added. What lets it be read is written into the
    configuration; of a password and of headers, only where they stand.
    """
    from ecliptic.cli.report import print_json

    given = {
        "username": username,
        "password": password,
        "headers": dict(headers),
        "proxy": proxy,
        "insecure": insecure,
    }
    settings = {key: value for key, value in given.items() if value}
    planet = open_planet(config, **options)
    added = planet.add_feed(address, name=name, link=link, settings=settings)
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


@command.command("moved", epilog="Example: ecliptic feeds moved --config planet.toml --write")
@click.option("--write", is_flag=True, help="Write the new addresses into planet.toml.")
@with_options("config", "state", "now", "json")
def moved_feeds(*, write: bool, config: str, as_json: bool, **options: Any) -> None:
    """Show the feeds that have moved for good, and where to.

    They are asked at the new address already. --write puts it into the
    configuration; the feeds keep their entries and everything else.
    """
    from ecliptic.cli.report import print_json

    planet = open_planet(config, **options)
    moves = planet.moved()
    if as_json:
        print_json(moves)
    else:
        for move in moves:
            click.echo(_moved_line(move))
    written = planet.write_moves() if write and moves else []
    if not moves:
        click.echo("no feed has moved", err=True)
    elif write:
        click.echo(f"{config}: {_number(len(written), 'address', 'addresses')} written", err=True)
    else:
        click.echo("--write puts the new addresses into a planet.toml", err=True)


def _moved_line(move: Moved) -> str:
    line = f"{move.url} → {move.to}  (since {move.at:%Y-%m-%d})"
    return f"{line}: both are subscribed; remove one of them" if move.subscribed else line


@command.command("release", epilog="Example: ecliptic feeds release https://blog.example/feed.xml")
@click.argument("feed", default="")
@click.option("--all", "every", is_flag=True, help="Every entry that is held, not the newest few.")
@with_options("config", "now", "state", "json")
def release_feed(*, feed: str, every: bool, config: str, as_json: bool, **options: Any) -> None:
    """Show entries of FEED that were held: of a flood, a back catalogue, a quarantine.

    FEED is an address or a name; without it, those of all feeds come. The
    newest are shown, as many as a feed may show at once (flood_items), or --all.
    A feed in quarantine is trusted again, and all is shown that was held for it.
    `ecliptic entries hide` takes single ones back.
    """
    from ecliptic.cli.report import print_json

    if not feed and not every:
        raise click.UsageError("name a FEED, or give --all for what is held of all feeds")
    found = open_planet(config, **options).release(feed, every=every)
    if as_json:
        print_json(found)
        return
    for each in found:
        click.echo(_released_line(each))
    if not found:
        click.echo("nothing is held", err=True)


def _released_line(released: Released) -> str:
    line = f"{released.url}: {_number(released.released, 'entry', 'entries')} released"
    if released.held:
        line += f", {released.held:,} still held (--all releases them)"
    return f"{line}; trusted again" if released.was_in_quarantine else line


@command.command("dead", epilog="Example: ecliptic feeds dead --config planet.toml --write")
@click.option("--write", is_flag=True, help="Pause them in planet.toml, with the reason.")
@with_options("config", "state", "now", "json")
def dead_feeds(*, write: bool, config: str, as_json: bool, **options: Any) -> None:
    """Show the feeds that fail or are silent for too long, and since when.

    They are still asked, less and less often, and are well by themselves when
    they answer. --write pauses them; `ecliptic feeds resume` asks one again.
    """
    from ecliptic.cli.report import print_json

    planet = open_planet(config, **options)
    found = planet.pause_dead_feeds() if write else planet.dead_feeds()
    if as_json:
        print_json(found)
    else:
        for feed in found:
            click.echo(_dead_line(feed))
    if not found:
        click.echo("no feed is dead", err=True)
    elif write:
        click.echo(f"{config}: {_number(len(found), 'feed', 'feeds')} paused", err=True)
    else:
        click.echo("--write pauses them in a planet.toml", err=True)


def _dead_line(feed: DeadFeed) -> str:
    return f"{feed.url}  {feed.name}: {feed.why}"


def _done(what: str, address: str, *, as_json: bool) -> None:
    from ecliptic.cli.report import print_json
    from ecliptic.model.access import without_password

    address = without_password(address)
    if as_json:
        print_json({"action": what, "url": address})
    else:
        click.echo(f"{what} {address}")
