"""A small, fast HTTP server of documents, for loopback only."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from ecliptic.testing.documents import MISSING, Document, SeenRequest, read_request

_MAX_HEAD = 64 * 1024


class FeedServer:
    """Serves documents from memory in a thread of its own.

    It speaks HTTP/1.1 with keep-alive, conditional requests and gzip. A
    document may be added, changed or removed at any time, under the same path
    on every host of ``hosts``, which are loopback addresses on one port.
    ``connections`` counts those that were ever made.

    >>> with FeedServer() as server:
    ...     address = server.add("/feed.xml", b"<rss/>")
    >>> address.endswith("/feed.xml")
    True
    """

    def __init__(
        self,
        *,
        hosts: Sequence[str] = ("127.0.0.1",),
        port: int = 0,
        keep_alive: bool = True,
        record: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.hosts = tuple(hosts)
        self.port = port
        self.keep_alive = keep_alive
        self.record = record
        self._tls = tls
        self._documents: dict[str, Document] = {}
        self._seen: list[tuple[str, bytes]] = []
        self.connections = 0
        self._open: set[_Connection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="feed-server", daemon=True)
        self._listening = threading.Event()
        self._error: OSError | None = None
        self._stop = asyncio.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to listen; the port is known when this returns."""
        self._thread.start()
        self._listening.wait()
        if self._error is not None:
            self._thread.join()
            raise self._error

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def url(self, path: str, host: str = "") -> str:
        """Return the address of ``path`` on ``host`` (default: the first one)."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{host or self.hosts[0]}:{self.port}{path}"

    def add(
        self,
        path: str,
        body: bytes | str = b"",
        *,
        content_type: str = "application/xml",
        etag: bool | str = True,
        last_modified: datetime | str = "",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        delay: float = 0.0,
        redirect: str = "",
        compress: bool = True,
    ) -> str:
        """Serve ``body`` at ``path``, in place of what was there, and return its address.

        ``etag`` is made from the body unless it is given or ``False``;
        ``delay`` is in seconds; ``redirect`` is a Location, sent with
        ``status`` or else 302.
        """
        content = body.encode() if isinstance(body, str) else body
        fields = dict(headers or {})
        if content_type:
            fields["Content-Type"] = content_type
        if redirect:
            fields["Location"] = redirect
            status = status if status != HTTPStatus.OK else HTTPStatus.FOUND
        if etag is True:
            etag = (
                f'"{hashlib.sha256(content).hexdigest()[:20]}"' if status == HTTPStatus.OK else ""
            )
        if isinstance(last_modified, datetime):
            last_modified = format_datetime(last_modified, usegmt=True)
        self._documents[path] = Document(
            body=content,
            status=status,
            fields=fields,
            etag=etag or "",
            last_modified=last_modified,
            delay=delay,
            compress=compress and status == HTTPStatus.OK,
        )
        return self.url(path)

    def remove(self, path: str) -> None:
        """Answer 404 at ``path`` from now on."""
        self._documents.pop(path, None)

    def requests(self, path: str = "") -> list[SeenRequest]:
        """Return what was asked of ``path``, or of every path, in order."""
        return [read_request(head) for asked, head in list(self._seen) if path in ("", asked)]

    def count(self, path: str = "") -> int:
        """Return how often ``path``, or any path, was asked for."""
        return sum(path in ("", asked) for asked, _ in list(self._seen))

    def forget_requests(self) -> None:
        """Start counting again."""
        self._seen.clear()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        servers: list[asyncio.Server] = []
        try:
            for host in self.hosts:
                servers.append(await self._listen(host))
                self.port = servers[0].sockets[0].getsockname()[1]
        except OSError as error:
            self._error = error
            self._stop.set()
        self._listening.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        for connection in list(self._open):
            connection.transport.abort()
        await asyncio.sleep(0)

    async def _listen(self, host: str) -> asyncio.Server:
        return await self._loop.create_server(
            self._connect, host, self.port, ssl=self._tls, backlog=512
        )

    def _connect(self) -> _Connection:
        self.connections += 1
        return _Connection(self._find, self._open, keep_alive=self.keep_alive)

    def _find(self, path: str, head: bytes) -> Document:
        if self.record:
            self._seen.append((path, head))
        return self._documents.get(path, MISSING)


class _Connection(asyncio.Protocol):
    """One client, answered in order."""

    transport: asyncio.Transport

    def __init__(
        self,
        find: Callable[[str, bytes], Document],
        open_connections: set[_Connection],
        *,
        keep_alive: bool,
    ) -> None:
        self._find = find
        self._open = open_connections
        self._keep_alive = keep_alive
        self._buffer = b""
        self._is_waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._open.discard(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_waiting:
            self._answer_next()

    def _answer_next(self) -> None:
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
            path = [*head.split(b" ", 2), b""][1].decode("latin-1")
            document = self._find(path, head)
            if document.delay:
                self._is_waiting = True
                asyncio.get_running_loop().call_later(document.delay, self._resume, document, head)
                return
            self._write(document, head)
        if self._buffer and not self._buffer[:1].isupper():  # TLS, or worse
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()
        elif len(self._buffer) > _MAX_HEAD:
            self.transport.abort()

    def _resume(self, document: Document, head: bytes) -> None:
        self._is_waiting = False
        self._write(document, head)
        self._answer_next()

    def _write(self, document: Document, head: bytes) -> None:
        answer = document.answer(head)
        if not self._keep_alive:
            answer = answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        self.transport.write(answer)
        if not self._keep_alive:
            self.transport.close()
