"""A small, fast HTTP server of documents, for loopback only."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import ssl
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from types import TracebackType
from typing import Self

import msgspec

_MAX_HEAD = 64 * 1024
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class SeenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request that came in; the names in ``headers`` are in lower case."""

    method: str
    path: str
    headers: dict[str, str]


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
        self._documents: dict[str, _Document] = {}
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
        self._documents[path] = _Document(
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
        return [_read_request(head) for asked, head in list(self._seen) if path in ("", asked)]

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
            lambda: _Connection(self), host, self.port, ssl=self._tls, backlog=512
        )


class _Document(msgspec.Struct, kw_only=True, dict=True):
    body: bytes
    status: int
    fields: dict[str, str]
    etag: str
    last_modified: str
    delay: float
    compress: bool

    @cached_property
    def plain(self) -> bytes:
        return self._answer(self.status, self.body, self.etag)

    @cached_property
    def zipped(self) -> bytes:
        coded = gzip.compress(self.body, compresslevel=6, mtime=0)
        # Another coding is another representation (RFC 9110, 8.8.3.3).
        etag = f'{self.etag[:-1]}-gzip"' if self.etag.endswith('"') else self.etag
        return self._answer(self.status, coded, etag, "Content-Encoding: gzip\r\n")

    @cached_property
    def unchanged(self) -> bytes:
        return self._head(304, self.etag) + b"\r\n"

    def _answer(self, status: int, body: bytes, etag: str, coding: str = "") -> bytes:
        fields = "".join(f"{name}: {value}\r\n" for name, value in self.fields.items())
        fields += f"{coding}Content-Length: {len(body)}\r\n\r\n"
        return self._head(status, etag) + fields.encode("latin-1", "replace") + body

    def _head(self, status: int, etag: str) -> bytes:
        head = f"HTTP/1.1 {status} {_PHRASES.get(status, 'Unknown')}\r\n"
        if etag:
            head += f"ETag: {etag}\r\n"
        if self.last_modified:
            head += f"Last-Modified: {self.last_modified}\r\n"
        if self.compress:
            head += "Vary: Accept-Encoding\r\n"
        return head.encode("latin-1", "replace")

    def answer(self, head: bytes) -> bytes:
        """Choose between 304, the gzip coding and the plain body."""
        if b"\r\nif-" in head.lower() and self._is_current(_read_request(head).headers):
            return self.unchanged
        return self.zipped if self.compress and _accepts_gzip(head) else self.plain

    def _is_current(self, headers: dict[str, str]) -> bool:
        if self.status != HTTPStatus.OK:
            return False
        if known := headers.get("if-none-match"):  # it outranks the date: RFC 9110, 13.1.3
            return bool(self.etag) and (self.etag in known or f'{self.etag[:-1]}-gzip"' in known)
        since = headers.get("if-modified-since", "")
        return bool(self.last_modified and since) and not _is_later(self.last_modified, since)


_MISSING = _Document(
    body=b"not found\n",
    status=404,
    fields={"Content-Type": "text/plain"},
    etag="",
    last_modified="",
    delay=0.0,
    compress=False,
)


class _Connection(asyncio.Protocol):
    """One client, answered in order."""

    transport: asyncio.Transport

    def __init__(self, server: FeedServer) -> None:
        self._server = server
        self._buffer = b""
        self._is_waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._server.connections += 1
        self._server._open.add(self)  # noqa: SLF001 - the two are one module's halves

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._server._open.discard(self)  # noqa: SLF001 - see above

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_waiting:
            self._answer_next()

    def _answer_next(self) -> None:
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
            path = head.split(b" ", 2)[1].decode("latin-1") if head.count(b" ") > 1 else ""
            document = self._server._documents.get(path, _MISSING)  # noqa: SLF001 - see above
            if self._server.record:
                self._server._seen.append((path, head))  # noqa: SLF001 - see above
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

    def _resume(self, document: _Document, head: bytes) -> None:
        self._is_waiting = False
        self._write(document, head)
        self._answer_next()

    def _write(self, document: _Document, head: bytes) -> None:
        answer = document.answer(head)
        if head.startswith(b"HEAD "):
            answer = answer[: answer.find(b"\r\n\r\n") + 4]
        if not self._server.keep_alive:
            answer = answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        self.transport.write(answer)
        if not self._server.keep_alive:
            self.transport.close()


def _read_request(head: bytes) -> SeenRequest:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path = [*first.split(" "), "", ""][:2]
    fields = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    return SeenRequest(method=method, path=path, headers=headers)


def _accepts_gzip(head: bytes) -> bool:
    start = head.lower().find(b"\r\naccept-encoding:")
    return start >= 0 and b"gzip" in head[start + 18 :].split(b"\r\n", 1)[0]


def _is_later(date: str, other: str) -> bool:
    try:
        return parsedate_to_datetime(date) > parsedate_to_datetime(other)
    except ValueError:
        return date != other
