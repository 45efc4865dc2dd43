"""``ecliptic init``."""

from __future__ import annotations

import click


@click.command(
    "init", epilog="Example: ecliptic init my-planet --feed https://blog.example/feed.xml"
)
@click.argument("folder", metavar="FOLDER")
@click.option("--name", default="", help="The planet's name [default: from the folder's].")
@click.option(
    "--link",
    default="https://planet.example/",
    show_default=True,
    help="The address the site will have.",
)
@click.option(
    "--feed",
    default="https://planetpython.org/rss20.xml",
    show_default=True,
    help="A first subscription.",
)
def command(*, folder: str, name: str, link: str, feed: str) -> None:
    """Make a new planet in FOLDER: a commented planet.toml and a theme folder to override.

    Nothing that is there already is overwritten.
    """
    from shlex import quote

    from ecliptic.flows.starting import init_planet

    made = init_planet(folder, name=name, link=link, feed=feed)
    for path in made:
        click.echo(f"made {path}")
    click.echo(f"Next: edit {made[0]}, then run: ecliptic build {quote(made[0])}")
