"""``ecliptic publish``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import run_options


@click.command("publish", epilog="Example: ecliptic publish planet.toml --output public")
@run_options
def command(**options: Any) -> None:
    """Write the site of CONFIG from what is stored; asks no network.

    Only pages that may differ are made, and only files that differ are touched.
    """
    from ecliptic.cli.report import run

    run("publish", **options)
