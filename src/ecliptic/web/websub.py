"""The part of the preview server that hubs talk to, and the thread that does what follows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit

from ecliptic.engine import Planet, user_agent
from ecliptic.errors import EclipticError, UsageError
from ecliptic.flows.pushes import BUSY, GONE, NOT_OURS, Subscriber
from ecliptic.log import get_logger
from ecliptic.web.preview import Files

log = get_logger(__name__)

_BAD_REQUEST: Final = 400
_LENGTH_REQUIRED: Final = 411
_TOO_LARGE: Final = 413
_BAD_CODING: Final = 415
_AT_ONCE: Final = 8
_AFTER_ERROR: Final = 60.0
_PATIENCE: Final = 20.0
"""Seconds that a hub may take to send a document."""


class Hubs:
    """Listens to hubs under ``callback``, an address of ours that they can reach.

    Used as a context manager, it also asks them and keeps what they send, in
    rounds that are ``every`` so many seconds apart.
    """

    def __init__(
        self,
        planet: Planet,
        callback: str,
        *,
        on_error: Callable[[EclipticError], object],
        every: float = 1.0,
    ) -> None:
        address = urlsplit(callback)
        is_web = address.scheme in {"http", "https"} and address.hostname
        if not is_web or address.query or not address.path.strip("/"):
            raise UsageError(
                "serve.websub",
                f"{callback!r} cannot be given to hubs: write it as https://planet.example/hubs/",
            )
        callback = callback.rstrip("/") + "/"
        self.path: Final = urlsplit(callback).path
        self.most_bytes: Final = planet.site.fetch.max_bytes
        self.now: Final = planet.now
        self.places: Final = threading.BoundedSemaphore(_AT_ONCE)
        self.subscriber: Final = Subscriber(
            planet.site, callback, user_agent=user_agent(planet.site)
        )
        self._on_error = on_error
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="hubs", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self.subscriber.close(self.now())

    def _work(self) -> None:
        while not self._stop.wait(self._every):
            try:
                self.subscriber.work(self.now())
            except EclipticError as error:
                self._on_error(error)
                self._stop.wait(_AFTER_ERROR)
            except Exception:  # nobody would notice that we stopped listening
                log.exception("hubs_failed")
                self._stop.wait(_AFTER_ERROR)


class HubFiles(Files):
    """The published folder, and under the path of ``hubs`` an address for each subscription."""

    timeout = int(_PATIENCE)

    def __init__(self, *arguments: Any, hubs: Hubs, **options: Any) -> None:
        self._hubs = hubs
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:  # noqa: N802 - its name in the base
        """Answer a hub that asks whether it was us, or show a file."""
        if (token := self._token()) is None:
            super().do_GET()
            return
        query = parse_qs(urlsplit(self.path).query, max_num_fields=20)
        asked = {name: values[0] for name, values in query.items()}
        self._say(*self._hubs.subscriber.confirm(token, asked, self._hubs.now()))

    def do_POST(self) -> None:  # noqa: N802 - its name in the base
        """Take what a hub sends; it is dealt with later."""
        token = self._token()
        if token is None:
            self._say(NOT_OURS)
        elif not self._hubs.subscriber.is_open(token, self._hubs.now()):
            self._say(GONE)
        elif not self._hubs.places.acquire(blocking=False):
            self._say(BUSY)
        else:
            try:
                self._say(self._take(token))
            finally:
                self._hubs.places.release()

    def _take(self, token: str) -> int:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            return _LENGTH_REQUIRED
        if int(length[:12]) > self._hubs.most_bytes:
            return _TOO_LARGE
        if self.headers.get("Content-Encoding", "identity").lower() != "identity":
            return _BAD_CODING
        body = self._body(int(length))
        if body is None:
            return _BAD_REQUEST
        return self._hubs.subscriber.take(
            token,
            body,
            signature=self.headers.get("X-Hub-Signature", ""),
            content_type=self.headers.get("Content-Type", "")[:200],
            now=self._hubs.now(),
        )

    def _body(self, length: int) -> bytes | None:
        """Return the body, or ``None`` if it did not come whole and in time."""
        end, parts = monotonic() + _PATIENCE, []
        while length:
            remaining = end - monotonic()
            if remaining <= 0:
                return None
            self.connection.settimeout(remaining)
            try:
                part = self.rfile.read1(min(length, 65_536))
            except OSError:
                return None
            if not part:
                return None
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _token(self) -> str | None:
        """Return what follows our path in the address, or ``None`` if it is not under it."""
        path = self.path.partition("?")[0]
        return path.removeprefix(self._hubs.path) if path.startswith(self._hubs.path) else None

    def _say(self, status: int, text: str = "") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if status == BUSY:
            self.send_header("Retry-After", "60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the base
        """Log requests for files only: the addresses of subscriptions are secret."""
        if self._token() is None:
            super().log_message(format, *args)
