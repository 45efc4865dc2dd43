"""``ecliptic publish``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import config_argument, open_planet, with_options


@click.command("publish", epilog="Example: ecliptic publish planet.toml --output public")
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
    """Write the site of CONFIG from what is stored; asks no network.

    Only pages that may differ are made, and only files that differ are touched.
    """
    from ecliptic.cli import report

    planet = open_planet(config, **options)
    report.notices(planet.site, quiet=quiet)
    summary = planet.publish(report.watcher(quiet=quiet))
    where = f"{planet.site.output}/index.html"
    report.finish(summary, json=as_json, quiet=quiet, strict=strict, where=where)
