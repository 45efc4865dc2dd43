"""``ecliptic serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import config_argument, open_planet, with_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecliptic.engine import Planet
    from ecliptic.model.site import Site
    from ecliptic.web.preview import Files
    from ecliptic.web.reloading import Editions
    from ecliptic.web.websub import Hubs


@click.command("serve", epilog="Example: ecliptic serve planet.toml --port 8080")
@config_argument
@with_options("now", "state", "output", "allow_network", "verbose")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any free one.",
)
@click.option(
    "--websub",
    metavar="ADDRESS",
    help="Let the hubs of feeds send what is new to ADDRESS, which leads here.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
def command(
    *,
    config: str | tuple[str, ...],
    host: str,
    port: int,
    websub: str | None,
    open_browser: bool,
    **options: Any,
) -> None:
    """Preview the site of CONFIG, and publish it again when theme or settings change.

    Pages that are open in a browser then load themselves again. Nothing is
    fetched: run `ecliptic refresh` beside it, and the new entries are published
    when it has ended. With --websub, hubs send some of them as soon as they are
    written. The page that searches takes filters here, as `ecliptic filter`
    does. This is a preview for one person; any web server can serve the folder
    for all.
    """
    import threading
    from contextlib import ExitStack

    from ecliptic.errors import EclipticError, UsageError
    from ecliptic.web.preview import Preview, Watch, keep_published
    from ecliptic.web.reloading import Editions

    def complain(error: EclipticError) -> None:
        click.echo(f"not published: {error.message}", err=True)

    planet = open_planet(config, **options)
    hubs = _hubs(planet, websub) if websub else None
    editions = Editions()
    watch = Watch(planet.site)
    planet.publish()
    try:
        preview = Preview(
            planet.site, host=host, port=port, handler=_handler(planet, hubs, editions)
        )
    except OSError as error:
        raise UsageError(
            "serve.port", f"cannot listen on {host}:{port}: {error.strerror}; try --port 0"
        ) from error

    def publish() -> Site:
        again = open_planet(config, **options)
        summary = again.publish()
        planet.site = again.site  # searches and images are answered by what holds now
        if summary.pages.written or summary.pages.removed:
            click.echo(f"published: {summary.pages.written} files written", err=True)
            editions.publish()
        if hubs is not None and again.site.hub:
            _tell_hub(again)
        return again.site

    with ExitStack() as running:
        running.enter_context(preview)
        if hubs is not None:
            running.enter_context(hubs)
        click.echo(f"{planet.site.name} is at {preview.url} (Ctrl-C stops it)")
        if open_browser:
            click.launch(preview.url)
        keep_published(watch, publish, stop=threading.Event(), on_error=complain)


def _tell_hub(planet: Planet) -> None:
    """Tell the planet's own hub what changed; what it would not hear is tried by later runs."""
    told = planet.ping().hub
    if told.told:
        click.echo(f"hub: told of {told.told} feeds", err=True)
    for untold in told.untold:
        click.echo(f"hub: not told of {untold.topic}: {untold.why} [{untold.code}]", err=True)


def _hubs(planet: Planet, address: str) -> Hubs:
    from ecliptic.flows.listed import exposed_state
    from ecliptic.web.websub import Hubs

    if exposed := exposed_state(planet.site):
        click.echo(f"{exposed.severity}: {exposed.message} [{exposed.code}]", err=True)
    return Hubs(
        planet,
        address,
        on_error=lambda error: click.echo(f"not kept: {error.message}", err=True),
    )


def _handler(planet: Planet, hubs: Hubs | None, editions: Editions) -> Callable[..., Files]:
    """Return what answers requests: for files, searches, and of hubs if they are heard."""
    from functools import partial

    from ecliptic.web.preview import Files
    from ecliptic.web.searching import Searching

    searching = Searching(planet)
    if hubs is None:
        return partial(Files, answering=searching, editions=editions, imaging=planet.image)
    from ecliptic.web.websub import HubFiles

    return partial(
        HubFiles, hubs=hubs, answering=searching, editions=editions, imaging=planet.image
    )
