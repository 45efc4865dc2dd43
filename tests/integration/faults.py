"""A server that gets HTTP wrong on purpose, in every way a hostile host may."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Self

from coded import BROTLI_BOMB, SKIPPED, gzip, gzip_bomb, pack, zstd_bomb, zstd_of_window

Fault = Callable[[asyncio.StreamWriter], Awaitable[None]]
FAULTS: dict[str, Fault] = {}

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"


def fault(function: Fault) -> Fault:
    """Serve a fault at the path of its name."""
    FAULTS[f"/{function.__name__}"] = function
    return function


async def forever(writer: asyncio.StreamWriter, piece: bytes, pause: float = 0.0) -> None:
    while True:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(pause)


# Slow and silent


@fault
async def silent(writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    await asyncio.sleep(3600)


@fault
async def slow_head(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await forever(writer, b"a", 0.05)


@fault
async def slow_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 1000000\r\n\r\n")
    await forever(writer, b"a", 0.05)


@fault
async def silent_in_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 1000\r\n\r\n<rss>")
    await writer.drain()
    await asyncio.sleep(3600)


# Without end


@fault
async def endless_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"\r\n")
    await forever(writer, b"a" * 65_536)


@fault
async def endless_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    await forever(writer, b"10000\r\n" + b"a" * 65_536 + b"\r\n")


@fault
async def endless_chunk_size(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    await forever(writer, b"0" * 65_536)


@fault
async def endless_chunk_extension(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n5;")
    await forever(writer, b"a" * 65_536)


@fault
async def endless_head(writer: asyncio.StreamWriter) -> None:
    writer.write(OK)
    await forever(writer, b"X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 100)


@fault
async def endless_head_line(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"X-Flood: ")
    await forever(writer, b"a" * 65_536)


@fault
async def endless_status_line(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 ")
    await forever(writer, b"a" * 65_536)


@fault
async def endless_interim(writer: asyncio.StreamWriter) -> None:
    await forever(writer, b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)


@fault
async def endless_trailers(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n")
    await forever(writer, b"X-Trailer: aaaaaaaaaaaaaaaa\r\n" * 100)


@fault
async def endless_not_found(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 404 Not Found\r\n\r\n")
    await forever(writer, b"a" * 65_536)


@fault
async def huge_length(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 9223372036854775807\r\n\r\n")
    await forever(writer, b"a" * 65_536)


# Broken off


def abort(writer: asyncio.StreamWriter) -> None:
    """Close with a reset instead of an orderly end."""
    opened = writer.get_extra_info("socket")
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()


@fault
async def close_at_once(writer: asyncio.StreamWriter) -> None:
    writer.close()


@fault
async def reset_at_once(writer: asyncio.StreamWriter) -> None:
    abort(writer)


@fault
async def reset_in_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 1000\r\n\r\n<rss>")
    await writer.drain()
    await asyncio.sleep(0.05)
    abort(writer)


@fault
async def closed_in_head(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Ty")


@fault
async def short_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 1000\r\n\r\n<rss>")


@fault
async def short_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")


WHOLE = OK + b'Content-Length: 6\r\nETag: "x"\r\nLocation: /\r\n\r\n<rss/>'
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<rs\r\n3\r\ns/>\r\n0\r\n\r\n"


async def cut(writer: asyncio.StreamWriter, whole: bytes, size: int, *, is_reset: bool) -> None:
    """Send the first ``size`` bytes of an answer and break off."""
    writer.write(whole[:size])
    await writer.drain()
    if is_reset:
        await asyncio.sleep(0.01)
        abort(writer)


def _add_cuts() -> None:
    for name, whole in (("whole", WHOLE), ("chunked", CHUNKED)):
        for is_reset in (False, True):
            for size in range(len(whole) + 1):
                path = f"/cut/{name}/{'reset' if is_reset else 'close'}/{size}"
                CUTS[path] = partial(cut, whole=whole, size=size, is_reset=is_reset)


CUTS: dict[str, Fault] = {}
_add_cuts()


# Not HTTP


@fault
async def garbage(writer: asyncio.StreamWriter) -> None:
    writer.write(bytes(range(256)) * 8)


@fault
async def http_0_9(writer: asyncio.StreamWriter) -> None:
    writer.write(b"<rss><channel/></rss>")


@fault
async def ssh(writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")


@fault
async def bad_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n<rss>\r\n")


@fault
async def bad_length(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: -5\r\n\r\n<rss>")


@fault
async def two_lengths(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 5\r\nContent-Length: 1000\r\n\r\n<rss>")


@fault
async def long_body(writer: asyncio.StreamWriter) -> None:
    """Send more than was said; the rest looks like the answer to the next question."""
    said = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
    writer.write(said + OK + b"Content-Length: 6\r\n\r\n<evil>")  # in one piece
    await writer.drain()
    await asyncio.sleep(0.5)


# Content codings


async def coded(writer: asyncio.StreamWriter, coding: str, body: bytes) -> None:
    head = f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(OK + head.encode() + body)
    await writer.drain()


@fault
async def bomb_gzip(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "gzip", gzip_bomb())


@fault
async def bomb_deflate(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "deflate", b"\x78\x9c" + gzip_bomb()[10:-8])


@fault
async def bomb_brotli(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "br", BROTLI_BOMB)


@fault
async def bomb_zstd(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "zstd", zstd_bomb())


@fault
async def bomb_nested(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "gzip, gzip", gzip(gzip_bomb()))


@fault
async def bomb_nested_in_two_fields(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "zstd\r\nContent-Encoding: br", pack("br", zstd_bomb()))


@fault
async def bomb_in_between(writer: asyncio.StreamWriter) -> None:
    """Send gzip that unpacks to a gigabyte of zstd, of which nothing comes."""
    skipped = SKIPPED[:4] + (1 << 30).to_bytes(4, "little")
    await coded(writer, "zstd, gzip", gzip_bomb(start=skipped))


@fault
async def bomb_of_parts(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "zstd", pack("zstd", b"") * 100_000)


@fault
async def bomb_of_a_window(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "zstd", zstd_of_window(31))


@fault
async def endless_behind_gzip(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip(b"<rss/>"))
    await forever(writer, b"a" * 65_536)


@fault
async def endless_in_gzip_head(writer: asyncio.StreamWriter) -> None:
    """Send the name of a file without end (RFC 1952, 2.3.1), of which nothing comes."""
    writer.write(OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff")
    await forever(writer, b"a" * 65_536)


@fault
async def coding_corrupt(writer: asyncio.StreamWriter) -> None:
    whole = gzip(b"<rss/>" * 1000)
    await coded(writer, "gzip", whole[:15] + b"\xff\xff\xff" + whole[18:])


for coding in ("gzip", "deflate", "br", "zstd"):
    FAULTS[f"/coding_untrue_{coding}"] = partial(
        coded, coding=coding, body=b"<rss><channel/></rss>"
    )


@fault
async def coding_brotli_with_more_after_it(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "br", pack("br", b"<rss/>") + b"more")


@fault
async def coding_unknown(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "x-made-up", b"<rss/>")


@fault
async def coding_five_times(writer: asyncio.StreamWriter) -> None:
    codings = ", ".join(["gzip"] * 5)
    await coded(writer, codings, pack(codings, b"<rss/>"))


@fault
async def coding_cut(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "gzip", gzip(b"<rss/>" * 1000)[:-9])


@fault
async def coding_cut_zstd(writer: asyncio.StreamWriter) -> None:
    await coded(writer, "zstd", pack("zstd", b"<rss/>" * 1000)[:-1])


# Redirects


async def redirect(writer: asyncio.StreamWriter, location: bytes) -> None:
    writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")


@fault
async def redirect_loop(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"/redirect_loop")


@fault
async def redirect_there_and_back(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"/redirect_back_and_there")


@fault
async def redirect_back_and_there(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"/redirect_there_and_back")


@fault
async def redirect_to_file(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"file:///etc/passwd")


@fault
async def redirect_to_ftp(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"ftp://127.0.0.1/")


@fault
async def redirect_to_metadata(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"http://169.254.169.254/latest/meta-data/")


@fault
async def redirect_to_decimal(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"http://2852039166/latest/meta-data/")


@fault
async def redirect_to_mapped(writer: asyncio.StreamWriter) -> None:
    await redirect(writer, b"http://[::ffff:127.0.0.1]:8080/")


@fault
async def redirect_nowhere(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\n\r\n")


@fault
async def redirect_in_slow_body(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 9\r\nLocation: ftp://x/\r\n\r\n")
    await forever(writer, b"", 0.05)


class FaultServer:
    """Serves every fault at its own path, on 127.0.0.1."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            self.asked.append(path)
            await (FAULTS.get(path) or CUTS[path])(writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client had enough, as it should
        except asyncio.CancelledError:
            pass  # the server is stopping
        finally:
            writer.close()
