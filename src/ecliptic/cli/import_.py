"""``ecliptic import``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import DEFAULT_CONFIG, chosen_dialect, open_planet, with_options

if TYPE_CHECKING:
    from ecliptic.engine.importing import Imported
    from ecliptic.flows.old_cache import CacheRead


@click.command("import", epilog="Example: ecliptic import config/config.ini --output planet.toml")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option(
    "--output",
    metavar="FILE",
    default=DEFAULT_CONFIG,
    show_default=True,
    help="The settings file to write.",
)
@click.option("--force", is_flag=True, help="Replace it if it is there already.")
@click.option(
    "--cache", metavar="DIR", default="", help="Read the entries in this cache of Venus, too."
)
@with_options("config", "now", "state", "jobs", "json")
def command(
    *,
    files: tuple[str, ...],
    output: str,
    force: bool,
    cache: str,
    config: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Write a planet.toml from the configuration of another program, or a list of feeds.

    FILE is an ini file of Planet 2.0, Venus or Pluto, a perlanetrc, an OPML list, or a
    planet.toml. Several ini files are read as one; of other further files the feeds are
    added. Then it is told what was translated, and what needs a look. Templates of
    Genshi and Django are converted into the folder theme beside the new file; all others
    are copied there, with what they include.

    With --cache, the entries that Venus kept are read into the planet's state, with
    their dates; without FILE into that of the planet of --config, which may be as old
    as the cache. Nothing is fetched, and what is known already stays as it is.
    """
    from ecliptic.cli.report import print_json

    if not files and not cache:
        raise click.UsageError("name a FILE, or give --cache")
    made = _settings(files, output, force=force) if files else None
    if files:  # the new file is of no dialect
        config, options = output, {**options, "dialect": ""}
    read = _entries(cache, config, options) if cache else None
    if as_json:
        from ecliptic.engine.importing import Brought

        print_json(Brought(settings=made, cache=read))
        return
    for line in [*(_report(made) if made else ()), *(_cache_report(read) if read else ())]:
        click.echo(line)
    click.echo(f"Next: ecliptic check {made.path}" if made else f"Next: ecliptic build {config}")


def _settings(files: tuple[str, ...], output: str, *, force: bool) -> Imported:
    from ecliptic.engine.importing import import_planet

    return import_planet(files, output, dialect=chosen_dialect(), force=force)


def _entries(cache: str, config: str, options: dict[str, Any]) -> CacheRead:
    from ecliptic.engine.importing import import_cache

    return import_cache(open_planet(config, **options), cache)


def _report(made: Imported) -> list[str]:
    parts = [
        f"{count:,} {what if count == 1 else what + 's'}"
        for count, what in (
            (made.feeds, "feed"),
            (made.settings, "setting"),
            (made.filters, "filter"),
            (made.templates, "template"),
            (made.files, "file"),
        )
        if count
    ]
    lines = [f"wrote {made.path}: {', '.join(parts)}; read as {made.read_as}"]
    if made.converted:
        files = "file" if made.converted == 1 else "files"
        lines.append(
            f"wrote {made.converted:,} {files} of converted templates into {made.theme};"
            f" {made.report} says what needs a look"
        )
    if made.copied:
        files = "file" if made.copied == 1 else "files"
        said = f"; {made.report} says from where" if made.report and not made.converted else ""
        lines.append(f"copied {made.copied:,} {files} as they are into {made.theme}{said}")
    if made.look:
        lines.append("These need a look:")
        lines += [f"  - {sentence}" for sentence in made.look]
    return lines


def _cache_report(read: CacheRead) -> list[str]:
    lines = [
        f"cache: {read.new:,} entries of {read.feeds:,} feeds read, {read.known:,} known already"
    ]
    if read.hidden:
        lines.append(f"  - {read.hidden:,} of them are hidden by the planet's filters")
    if read.strange:
        lines.append(f"  - {read.strange:,} entries are of no feed that is subscribed, and left")
    if read.blocked:
        lines.append(f"  - {read.blocked:,} entries are on the blacklist, and left")
    if read.unreadable:
        lines.append(f"  - {read.unreadable:,} files are no entries")
    return lines
