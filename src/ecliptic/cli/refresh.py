"""``ecliptic refresh``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import config_argument, open_planet, with_options


@click.command("refresh", epilog="Example: ecliptic refresh planet.toml --strict")
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
    """Ask the feeds of CONFIG and store what is new; the site stays as it is."""
    from ecliptic.cli import report

    planet = open_planet(config, **options)
    report.notices(planet.site, quiet=quiet)
    summary = planet.refresh(report.watcher(quiet=quiet))
    report.finish(summary, json=as_json, quiet=quiet, strict=strict)
