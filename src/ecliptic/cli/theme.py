"""``ecliptic theme``."""

from __future__ import annotations

import click

from ecliptic.cli.options import with_options

_BASES = ("default", "classic", "cards")


@click.group("theme", epilog="Example: ecliptic theme new my-theme --extends classic")
def command() -> None:
    """Make, check and look at themes; those that come along are default, classic and cards.

    `theme = "classic"` in planet.toml uses one, `theme = "my-theme"` a folder.
    """


@command.command("new", epilog="Example: ecliptic theme new my-theme --extends cards")
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--extends",
    type=click.Choice(_BASES),
    default="default",
    show_default=True,
    help="The theme that it builds on.",
)
def new(*, folder: str, extends: str) -> None:
    """Make a small commented theme in FOLDER, which must be empty or not there."""
    from ecliptic.flows.theming import new_theme

    for path in new_theme(folder, extends=extends):
        click.echo(f"made {path}")
    click.echo(f'Next: set theme = "{folder}" in planet.toml, or: ecliptic theme preview {folder}')


@command.command("check", epilog="Example: ecliptic theme check my-theme --json")
@click.argument("theme", metavar="FOLDER|NAME")
@with_options("json", "strict")
def check(*, theme: str, as_json: bool, strict: bool) -> None:
    """Make every kind of page with a theme, from posts made up, and say what is wrong.

    Told are faults of templates with file and line, links to files that are not
    there, what the policy of pages forbids, and what keeps readers off. Exits
    with 1 for errors; --strict makes warnings exit 1.
    """
    from ecliptic.cli.report import print_checked
    from ecliptic.flows.theming import check_theme

    print_checked(check_theme(theme), as_json=as_json, strict=strict)


@command.command("preview", epilog="Example: ecliptic theme preview my-theme --port 8080")
@click.argument("theme", metavar="FOLDER|NAME")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any free one.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
def preview(*, theme: str, host: str, port: int, open_browser: bool) -> None:
    """Show a planet of posts made up in a theme, and again at each change of it.

    `ecliptic serve` does the same with a planet of your own.
    """
    from ecliptic.web.sample import serve_sample

    def started(url: str) -> None:
        click.echo(f"{theme} is at {url} (Ctrl-C stops it)")
        if open_browser:
            click.launch(url)

    def told(problem: str) -> None:
        click.echo(problem, err=True)

    serve_sample(theme, host=host, port=port, on_start=started, on_error=told)
