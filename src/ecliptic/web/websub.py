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

_PATIENCE_WITH_REFUSED: Final = 2.0
_MOST_DRAINED: Final = 1_000_000


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

    protocol_version = "HTTP/1.0"  # what was not read of one request would begin the next
    timeout = int(_PATIENCE)

    def __init__(self, *arguments: Any, hubs: Hubs, **options: Any) -> None:
        self._hubs = hubs
        self._unread = 0
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
        token, hubs = self._token(), self._hubs
        self._unread = max(self._length(), 0)
        if token is None:
            status = NOT_OURS
        elif not hubs.subscriber.is_open(token, hubs.now()):
            status = GONE
        elif not hubs.places.acquire(blocking=False):
            status = BUSY
        else:
            try:
                status = self._take(token)
            finally:
                hubs.places.release()
        if status >= _BAD_REQUEST:  # an answer is lost on who is still sending when we close
            self._read(min(self._unread, _MOST_DRAINED), _PATIENCE_WITH_REFUSED)
        self._say(status)

    def _take(self, token: str) -> int:
        length = self._length()
        if length < 0:
            return _LENGTH_REQUIRED
        if length > self._hubs.most_bytes:
            return _TOO_LARGE
        if self.headers.get("Content-Encoding", "identity").lower() != "identity":
            return _BAD_CODING
        body = self._read(length, _PATIENCE)
        if len(body) < length:
            return _BAD_REQUEST
        return self._hubs.subscriber.take(
            token,
            body,
            signature=self.headers.get("X-Hub-Signature", ""),
            content_type=self.headers.get("Content-Type", "")[:200],
            now=self._hubs.now(),
        )

    def _length(self) -> int:
        """Return how long the body is said to be, -1 if nothing is said."""
        said = self.headers.get("Content-Length", "")
        return int(said[:12]) if said.isascii() and said.isdigit() else -1

    def _read(self, length: int, seconds: float) -> bytes:
        """Return so much of the body, or what came of it in time."""
        end, parts = monotonic() + seconds, []
        while length > 0 and (remaining := end - monotonic()) > 0:
            self.connection.settimeout(remaining)
            try:
                part = self.rfile.read1(min(length, 65_536))
            except OSError:
                break
            if not part:
                break
            parts.append(part)
            length -= len(part)
            self._unread -= len(part)
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
