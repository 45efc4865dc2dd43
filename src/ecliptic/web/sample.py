"""A sample planet in a theme, served while its maker works on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ecliptic.errors import EclipticError, UsageError
from ecliptic.flows.sample import sample_site
from ecliptic.flows.theming import theme_named, write_sample
from ecliptic.model.site import Site
from ecliptic.web.preview import Files, Preview, Watch, keep_published
from ecliptic.web.reloading import Editions


def serve_sample(
    theme: str,
    *,
    host: str,
    port: int,
    on_start: Callable[[str], object],
    on_error: Callable[[str], object],
) -> None:
    """Serve a sample planet until interrupted; a fault in the theme is told, not fatal.

    Raises ``UsageError`` when there is no such theme, or the port is taken.
    """
    folder, editions = theme_named(theme), Editions()

    def complain(error: EclipticError) -> None:
        on_error(f"not made: {error.message}")

    with TemporaryDirectory(prefix="ecliptic-theme-") as made:
        site = _site(folder, made)
        watch = Watch(site)

        def publish() -> Site:
            write_sample(folder, Path(made))
            editions.publish()
            return site

        try:
            publish()
        except EclipticError as error:
            complain(error)
        try:
            preview = Preview(site, host=host, port=port, handler=partial(Files, editions=editions))
        except OSError as error:
            raise UsageError(
                "serve.port", f"cannot listen on {host}:{port}: {error.strerror}; try --port 0"
            ) from error
        with preview:
            on_start(preview.url)
            keep_published(watch, publish, stop=threading.Event(), on_error=complain)


def _site(theme: str, output: str) -> Site:
    sample = sample_site()
    return Site(name=sample.name, theme=theme, output=output)
