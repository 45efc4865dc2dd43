"""``ecliptic refresh``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import refresh_options


@click.command("refresh", epilog="Example: ecliptic refresh planet.toml --strict")
@refresh_options
def command(**options: Any) -> None:
    """Ask the feeds of CONFIG that are due and store what is new; the site stays as it is.

    `ecliptic why FEED` says when a feed is due, and why then; --all asks them all.
    """
    from ecliptic.cli.report import run

    run("refresh", **options)
