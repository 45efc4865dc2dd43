"""``ecliptic import``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ecliptic.cli.options import DEFAULT_CONFIG, chosen_dialect, with_options

if TYPE_CHECKING:
    from ecliptic.engine.importing import Imported


@click.command("import", epilog="Example: ecliptic import config/config.ini --output planet.toml")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--output",
    metavar="FILE",
    default=DEFAULT_CONFIG,
    show_default=True,
    help="The settings file to write.",
)
@click.option("--force", is_flag=True, help="Replace it if it is there already.")
@with_options("dialect", "json")
def command(*, files: tuple[str, ...], output: str, force: bool, as_json: bool) -> None:
    """Write a planet.toml from the configuration of another program, or a list of feeds.

    FILE is an ini file of Planet 2.0, Venus or Pluto, a perlanetrc, an OPML list, or a
    planet.toml. Several ini files are read as one; of other further files the feeds are
    added. Then it is told what was translated, and what needs a look.
    """
    from ecliptic.cli.report import print_json
    from ecliptic.engine.importing import import_planet

    made = import_planet(files, output, dialect=chosen_dialect(), force=force)
    if as_json:
        print_json(made)
        return
    for line in _report(made):
        click.echo(line)


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
    if made.look:
        lines.append("These need a look:")
        lines += [f"  - {sentence}" for sentence in made.look]
    return [*lines, f"Next: ecliptic check {made.path}"]
