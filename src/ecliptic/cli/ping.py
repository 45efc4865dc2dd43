"""``ecliptic ping``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import config_argument, with_options


@click.command("ping", epilog="Example: ecliptic ping planet.toml")
@config_argument
@with_options("now", "state", "allow_network", "json", "quiet", "verbose")
def command(**options: Any) -> None:
    """Tell the hub of CONFIG which output feeds changed; `build` does so itself.

    For sites that are uploaded after they were published: refresh, publish,
    upload, ping. A hub that fails is told later, and that is no error.
    """
    from ecliptic.cli.report import run

    run("ping", strict=False, **options)
