"""``ecliptic build``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import config_argument, open_planet, with_options


@click.command(
    "build",
    epilog="Example: ecliptic build planet.toml --output /var/www/planet",
    short_help="Refresh and publish: the main job.",
)
@config_argument
@with_options(
    "now",
    "state",
    "output",
    "allow_network",
    "offline",
    "jobs",
    "json",
    "quiet",
    "verbose",
    "strict",
)
def command(*, config: str, as_json: bool, quiet: bool, strict: bool, **options: Any) -> None:
    """Refresh and publish: ask the feeds of CONFIG, store what is new, write the site.

    CONFIG is a planet.toml, an OPML file, or the configuration of a Planet 2.0,
    Venus or Pluto planet as it is. One feed that fails never stops the others;
    a run with nothing new writes nothing.
    """
    from ecliptic.cli import report

    planet = open_planet(config, **options)
    report.notices(planet.site, quiet=quiet)
    summary = planet.build(report.watcher(quiet=quiet))
    where = f"{planet.site.output}/index.html"
    report.finish(summary, json=as_json, quiet=quiet, strict=strict, where=where)
