"""``ecliptic serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import config_argument, open_planet, with_options

if TYPE_CHECKING:
    from ecliptic.model.site import Site


@click.command("serve", epilog="Example: ecliptic serve planet.toml --port 8080")
@config_argument
@with_options("now", "state", "output", "verbose")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any free one.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
def command(*, config: str, host: str, port: int, open_browser: bool, **options: Any) -> None:
    """Preview the site of CONFIG, and publish it again when theme or settings change.

    Nothing is fetched: run `ecliptic refresh` beside it, and the new entries are
    published when it has ended. This is a preview for one person; any web
    server can serve the folder for all.
    """
    import threading

    from ecliptic.errors import EclipticError, UsageError
    from ecliptic.web.preview import Preview, Watch, keep_published

    planet = open_planet(config, **options)
    watch = Watch(planet.site)
    planet.publish()
    try:
        preview = Preview(planet.site, host=host, port=port)
    except OSError as error:
        raise UsageError(
            "serve.port", f"cannot listen on {host}:{port}: {error.strerror}; try --port 0"
        ) from error

    def publish() -> Site:
        again = open_planet(config, **options)
        summary = again.publish()
        if summary.pages.written or summary.pages.removed:
            click.echo(f"published: {summary.pages.written} files written", err=True)
        return again.site

    def complain(error: EclipticError) -> None:
        click.echo(f"not published: {error.message}", err=True)

    with preview:
        click.echo(f"{planet.site.name} is at {preview.url} (Ctrl-C stops it)")
        if open_browser:
            click.launch(preview.url)
        keep_published(watch, publish, stop=threading.Event(), on_error=complain)
