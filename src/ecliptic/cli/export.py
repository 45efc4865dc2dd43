"""``ecliptic export``."""

from __future__ import annotations

from typing import Any, Literal

import click

from ecliptic.cli.options import open_planet, with_options


@click.command("export", epilog="Example: ecliptic export opml --output subscriptions.opml")
@click.argument("form", type=click.Choice(("opml", "ini", "toml")))
@with_options("config", "state")
@click.option("--output", metavar="FILE", default="", help="Write it there [default: to stdout].")
@click.option("--force", is_flag=True, help="Replace FILE if it is there already.")
def command(
    *, form: Literal["opml", "ini", "toml"], config: str, output: str, force: bool, **options: Any
) -> None:
    """Write the feeds as OPML, or all settings as an ini file of Venus or a planet.toml.

    What the form cannot say is a comment in it, and told on stderr. Passwords are
    left out of all of them.
    """
    from ecliptic.engine.exporting import export_planet

    made = export_planet(open_planet(config, **options).site, form, output, force=force)
    for sentence in made.look:
        click.echo(f"look: {sentence}", err=True)
    if output:
        click.echo(f"wrote {output}")
    else:
        click.echo(made.text, nl=False)
