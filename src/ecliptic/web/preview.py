"""A preview of the published folder, kept up to date with settings and theme."""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self
from urllib.parse import urlsplit

from ecliptic.errors import Busy, EclipticError
from ecliptic.flows.theming import looks_of
from ecliptic.log import get_logger
from ecliptic.model.site import Site
from ecliptic.web.images import HEADERS, IMAGES, answer
from ecliptic.web.reloading import PREFIX, Editions

if TYPE_CHECKING:
    from ecliptic.flows.proxied import Served
    from ecliptic.web.searching import Answering

log = get_logger(__name__)

SEARCHES: Final = frozenset({"/search", "/search.html"})
"""Where searches are answered, if they are: the page that searches by itself gives way."""

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    "atom.xml": "application/atom+xml",
    "rss20.xml": "application/rss+xml",
    "rss10.xml": "application/rdf+xml",
    ".xml": "application/xml",
    "feed.json": "application/feed+json",
    ".json": "application/json",
}


class Files(SimpleHTTPRequestHandler):
    """Files of the published folder; a new generation is seen at the next request."""

    # Parts of the index of words are many small files: one connection carries several, and no
    # body waits until its head was received.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    server_version = "Ecliptic"
    sys_version = ""

    def __init__(
        self,
        *arguments: Any,
        answering: Answering | None = None,
        editions: Editions | None = None,
        imaging: Callable[[str, str], Served] | None = None,
        **options: Any,
    ) -> None:
        self._answering = answering
        self._editions = editions
        self._imaging = imaging
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Answer a search, or show an image or a file; a page that changes loads itself again."""
        asked = urlsplit(self.path)
        if self._imaging is not None and asked.path.startswith(IMAGES):
            self._show_image(answer(asked.path, self._imaging))
        elif self._answering is not None and asked.path in SEARCHES:
            accepted = self.headers.get("Accept", "")
            is_json = "application/json" in accepted
            status, kind, body = self._answering(asked.query, is_json=is_json)
            if self._editions is not None and not is_json:
                body = self._editions.marked(body)
            self._send(status, kind, body)
        elif self._editions is not None and asked.path.startswith(PREFIX):
            script = self._editions.answer(asked.path, asked.query)
            self._send(200 if script is not None else 404, "text/javascript", script or b"")
        elif self._editions is not None and (page := self._page(asked.path)) is not None:
            self._send(200, _TYPES[".html"], self._editions.marked(page))
        else:
            super().do_GET()

    def _page(self, path: str) -> bytes | None:
        """Return a page of the site, ``None`` for what is no page or is not there."""
        name = f"{path}index.html" if path.endswith("/") else path
        if not name.endswith(".html") or not self.path.startswith(path):  # of another host
            return None
        try:
            return Path(self.translate_path(name)).read_bytes()
        except (OSError, ValueError):
            return None

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _show_image(self, image: Served) -> None:
        if image.status != HTTPStatus.OK:
            self.send_error(image.status, "No image here")
            return
        self.send_response(image.status)
        for name, value in HEADERS:
            self.send_header(name, value)
        self.send_header("Content-Type", image.kind)
        self.send_header("Content-Length", str(len(image.body)))
        self.end_headers()
        self.wfile.write(image.body)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the media type of a file, feeds by their names."""
        name = os.fspath(path)
        for ending, kind in _TYPES.items():
            if name.endswith(ending):
                return kind
        return super().guess_type(path)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with the head; a path that no file can have leads to no page."""
        try:
            return super().send_head()
        except ValueError:
            self.send_error(404, "No page here")
            return None

    def end_headers(self) -> None:
        """End the head with what holds for every answer."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Show no listing of a folder that has no page."""
        del path
        self.send_error(404, "No page here")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the base
        """Log a request, where anyone listens."""
        log.debug("request_served %s", format % args)


class _Server(ThreadingHTTPServer):
    """A thread for each connection; one that breaks off is nothing to tell the operator."""

    def __init__(self, host: str, port: int, directory: str, handler: Callable[..., Files]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), partial(handler, directory=directory))

    def handle_error(self, request: object, client_address: object) -> None:
        del request
        log.debug("request_failed client=%s error=%r", client_address, sys.exc_info()[1])


class Preview:
    """A server of ``site.output`` on ``host:port``; 0 takes any free port.

    ``handler`` answers requests, given the ``directory`` to serve.
    """

    def __init__(
        self,
        site: Site,
        *,
        host: str = "127.0.0.1",
        port: int = 8000,
        handler: Callable[..., Files] = Files,
    ) -> None:
        self._server = _Server(host, port, site.output, handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        shown = "localhost" if host in {"127.0.0.1", ""} else f"[{host}]" if ":" in host else host
        self.url: Final = f"http://{shown}:{self._server.server_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Watch:
    """Tells, when asked, whether what shapes a site has changed: settings, theme, state."""

    def __init__(self, site: Site) -> None:
        self.follow(site)
        self._seen = self._look()

    def follow(self, site: Site) -> None:
        """Look at the files of ``site`` from now on: the settings say which these are."""
        own = [Path(path) for path in (site.config, site.state) if path]
        self._roots = [*own, *looks_of(site)]

    def changed(self) -> bool:
        """Whether a file was changed, added or removed since the last time of asking."""
        now = self._look()
        moved = now != self._seen
        self._seen = now
        return moved

    def _look(self) -> dict[Path, int]:
        return {path: time for root in self._roots for path, time in _times(root)}


def _times(root: Path) -> Iterator[tuple[Path, int]]:
    files = (root, *root.rglob("*")) if root.is_dir() else (root,)
    for path in files:
        try:
            yield path, path.stat().st_mtime_ns
        except OSError:  # removed between the two looks
            continue


def keep_published(
    watch: Watch,
    publish: Callable[[], Site],
    *,
    stop: threading.Event,
    on_error: Callable[[EclipticError], object],
    every: float = 0.5,
) -> None:
    """Publish again after each change until ``stop``; a faulty file is told, not fatal.

    ``publish`` returns the site as its settings are now. While another run is at
    work the change waits. ``every`` is the time between two looks, in seconds.
    """
    is_due = False
    while not stop.wait(every):
        is_due = watch.changed() or is_due
        if not is_due:
            continue
        try:
            watch.follow(publish())
        except Busy:
            continue
        except EclipticError as error:
            on_error(error)
        is_due = False
