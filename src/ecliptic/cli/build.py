"""``ecliptic build``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import refresh_options


@click.command(
    "build",
    epilog="Example: ecliptic build planet.toml --output /var/www/planet",
    short_help="Refresh and publish: the main job.",
)
@refresh_options
def command(**options: Any) -> None:
    """Refresh and publish: ask the feeds of CONFIG that are due, store what is new, write the site.

    CONFIG is a planet.toml, an OPML file, or the configuration of a Planet 2.0,
    Venus, Pluto or Perlanet planet as it is. One feed that fails never stops the others;
    a run with nothing new writes nothing.
    """
    from ecliptic.cli.report import run

    run("build", **options)
