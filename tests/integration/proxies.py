"""Two real proxies for tests: SOCKS5 (RFC 1928, RFC 1929) and HTTP CONNECT (RFC 9110, 9.3.6).

Both resolve names by a table of their own, and count what they were asked.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

_NOT_LET_IN = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'Proxy-Authenticate: Basic realm="x"\r\nContent-Length: 4\r\n\r\nno!\n'
)
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """Listens on loopback in a thread of its own.

    ``asked`` has the host and port of each tunnel that was wanted, ``received``
    all that was said before it stood, ``refused`` counts those not let in.
    """

    scheme = ""

    def __init__(
        self,
        *,
        names: Mapping[str, str] | None = None,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.names = dict(names or {})
        self.login = login
        self.asked: list[tuple[str, int]] = []
        self.received = b""
        self.connections = self.refused = 0
        self.port = 0
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._is_up.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def url(self, login: str = "", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{login}{host}:{self.port}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._is_up.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self.talk(reader, writer)
        writer.transport.abort()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError

    async def hear(self, reader: asyncio.StreamReader, size: int) -> bytes:
        data = await reader.readexactly(size)
        self.received += data
        return data

    async def connect(self, host: str, port: int) -> Streams | None:
        self.asked.append((host, port))
        try:
            return await asyncio.open_connection(self.names.get(host, host), port)
        except OSError:
            return None

    async def tunnel(self, near: Streams, far: Streams) -> None:
        pumps = [asyncio.create_task(_pump(near[0], far[1])),
                 asyncio.create_task(_pump(far[0], near[1]))]  # fmt: skip
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            far[1].transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


class Socks5(Proxy):
    """RFC 1928 with CONNECT alone; RFC 1929 where there is a ``login``."""

    scheme = "socks5h"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await self.hear(reader, 2)
        methods = await self.hear(reader, count)
        wanted = 2 if self.login else 0
        if wanted not in methods:
            self.refused += 1
            writer.write(b"\x05\xff")
            await writer.drain()
            return
        writer.write(bytes((5, wanted)))
        if self.login and not await self._let_in(reader, writer):
            return
        version, command, _, kind = await self.hear(reader, 4)
        assert (version, command) == (5, 1)
        host = await self._host(reader, kind)
        port = int.from_bytes(await self.hear(reader, 2))
        far = await self.connect(host, port)
        writer.write(bytes((5, 0 if far else 4, 0, 1, 0, 0, 0, 0, 0, 0)))
        await writer.drain()
        if far:
            await self.tunnel((reader, writer), far)

    async def _let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        given = []
        await self.hear(reader, 1)
        for _ in range(2):
            (length,) = await self.hear(reader, 1)
            given.append((await self.hear(reader, length)).decode())
        is_right = tuple(given) == self.login
        self.refused += not is_right
        writer.write(bytes((1, not is_right)))
        await writer.drain()
        return is_right

    async def _host(self, reader: asyncio.StreamReader, kind: int) -> str:
        if kind == 3:
            (length,) = await self.hear(reader, 1)
            return (await self.hear(reader, length)).decode()
        return str(ipaddress.ip_address(await self.hear(reader, 4 if kind == 1 else 16)))


class Connect(Proxy):
    """CONNECT alone; Basic credentials (RFC 7617) where there is a ``login``."""

    scheme = "http"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.received += head
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        if method != "CONNECT":
            writer.write(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
        elif not self._lets_in(head):
            self.refused += 1
            writer.write(_NOT_LET_IN)
        else:
            host, _, port = target.rpartition(":")
            far = await self.connect(host.strip("[]"), int(port))
            writer.write(b"HTTP/1.1 200 OK\r\nX-Proxy: yes\r\nETag: \"the proxy's\"\r\n\r\n" if far
                         else b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")  # fmt: skip
            await writer.drain()
            if far:
                await self.tunnel((reader, writer), far)
        await writer.drain()

    def _lets_in(self, head: bytes) -> bool:
        if not self.login:
            return True
        basic = base64.b64encode(":".join(self.login).encode())
        return b"Proxy-Authorization: Basic " + basic + b"\r\n" in head


class SecureConnect(Connect):
    """The same over TLS."""

    scheme = "https"


class Odd(Proxy):
    """Answers whatever it is told to, and then nothing."""

    scheme = "http"
    answer = b""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.received += await reader.readuntil(b"\r\n\r\n")
        writer.write(self.answer)
        await writer.drain()
        await asyncio.sleep(0 if self.answer else 3600)
