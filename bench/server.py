"""The server of the corpus: everything from memory, a process of its own.

Started as ``python -m bench.server --feeds 1000``; prints one line of JSON with
its port when it is ready. It listens on every address, because each feed has a
loopback host of its own, and hangs up on callers that are not on loopback.

``/control/counts`` answers what was asked so far; ``/control/change`` switches
the news of some feeds on, ``/control/reset`` switches them off and forgets the counts.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from bench.corpus import Corpus, Document

DATE = b"Sat, 31 Jan 2026 21:00:00 GMT"
LONGEST_REQUEST = 65_536


class Counts(msgspec.Struct):
    """What the server was asked for since the last reset."""

    requests: int = 0
    whole: int = 0
    not_modified: int = 0
    unknown: int = 0


class Answer(msgspec.Struct, frozen=True):
    """A document as whole responses, ready to be sent, and its validators."""

    whole: bytes
    not_modified: bytes
    etag: bytes
    last_modified: bytes


def answer(document: Document) -> Answer:
    """Write both responses of a document once, so that a request costs a look-up."""
    validators = (
        f"ETag: {document.etag}\r\nLast-Modified: {document.last_modified}\r\n"
        f"Date: {DATE.decode()}\r\nCache-Control: max-age=0\r\n"
    ).encode()
    head = f"Content-Type: {document.content_type}\r\nContent-Length: {len(document.body)}\r\n\r\n"
    return Answer(
        whole=b"HTTP/1.1 200 OK\r\n" + validators + head.encode() + document.body,
        not_modified=b"HTTP/1.1 304 Not Modified\r\n" + validators + b"\r\n",
        etag=document.etag.encode(),
        last_modified=document.last_modified.encode(),
    )


class Shelf:
    """All answers by path, before and after the news."""

    def __init__(self, corpus: Corpus) -> None:
        self.usual: dict[bytes, Answer] = {}
        self.changed: dict[bytes, Answer] = {}
        for index in range(corpus.feeds):
            path = corpus.path(index).encode()
            self.usual[path] = answer(corpus.document(index))
            if news := corpus.news(index):
                self.changed[path] = answer(corpus.document(index, news))
        self.current = self.usual
        self.counts = Counts()

    def response(self, request: bytes) -> bytes:
        """Return the response to one request."""
        path = request[4 : request.index(b" ", 4)]
        if path.startswith(b"/control/"):
            return self.control(path[9:])
        counts = self.counts
        counts.requests += 1
        found = self.current.get(path)
        if found is None:
            counts.unknown += 1
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if is_current(request, found):
            counts.not_modified += 1
            return found.not_modified
        counts.whole += 1
        return found.whole

    def control(self, command: bytes) -> bytes:
        """Do what the harness asks and answer with the counts."""
        if command == b"change":
            self.current = self.usual | self.changed
        elif command == b"reset":
            self.current = self.usual
            self.counts = Counts()
        body = msgspec.json.encode(self.counts)
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def is_current(request: bytes, found: Answer) -> bool:
    """Whether the caller has this version: RFC 9110, 13.2.2, If-None-Match goes first."""
    tag = field(request, b"\r\nif-none-match:")
    if tag:
        return found.etag in tag
    return field(request, b"\r\nif-modified-since:") == found.last_modified


def field(request: bytes, name: bytes) -> bytes:
    """Return the value of a header field, looked up without regard to case."""
    start = request.lower().find(name)
    if start < 0:
        return b""
    start += len(name)
    return request[start : request.index(b"\r\n", start)].strip()


class Faults(msgspec.Struct, frozen=True):
    """Which shared hosts, of each hundred, answer late and which break off."""

    slow: int = 0
    broken: int = 0
    delay: float = 3.0

    def kind(self, host: str) -> str:
        """Return ``slow``, ``broken`` or ``""`` for a host of ``corpus.shared_host``."""
        number = (int(host.rpartition(".")[2]) - 1) % 100
        if number < self.slow:
            return "slow"
        return "broken" if number < self.slow + self.broken else ""


class Connection(asyncio.Protocol):
    """One connection, kept open; requests have no body."""

    def __init__(self, shelf: Shelf, faults: Faults) -> None:
        self.shelf = shelf
        self.faults = faults
        self.fault = ""
        self.transport: asyncio.Transport | None = None
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Accept callers on loopback only."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        host = str(transport.get_extra_info("sockname")[0])
        if not host.startswith("127."):
            transport.abort()
        if host.startswith("127.20."):
            self.fault = self.faults.kind(host)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        assert self.transport is not None
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            request, self.waiting = self.waiting[: end + 4], self.waiting[end + 4 :]
            if not request.startswith(b"GET "):
                self.transport.abort()
                return
            response = self.shelf.response(request)
            if self.fault == "broken":
                self.transport.abort()
                return
            if self.fault:
                loop = asyncio.get_running_loop()
                loop.call_later(self.faults.delay, self.transport.write, response)
            else:
                self.transport.write(response)
        if len(self.waiting) > LONGEST_REQUEST:
            self.transport.abort()


async def serve(corpus: Corpus, faults: Faults) -> None:
    """Serve until the process is ended."""
    shelf = Shelf(corpus)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(shelf, faults), "0.0.0.0", 0, backlog=1_024
    )
    print(msgspec.json.encode({"port": server.sockets[0].getsockname()[1]}).decode(), flush=True)
    await server.serve_forever()


class Remote:
    """The running server, seen from the harness."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, command: str) -> Counts:
        """Send ``counts``, ``change`` or ``reset``; return the counts after it."""
        address = f"http://127.0.0.1:{self.port}/control/{command}"
        with urllib.request.urlopen(address, timeout=10) as response:
            return msgspec.json.decode(response.read(), type=Counts)


@contextmanager
def running(corpus: Corpus, faults: Faults | None = None) -> Iterator[Remote]:
    """Run the server in a process of its own."""
    faults = faults or Faults()
    command = [
        *(sys.executable, "-m", "bench.server"),
        *("--feeds", str(corpus.feeds), "--entries", str(corpus.entries)),
        *("--seed", str(corpus.seed), "--hosts", str(corpus.hosts)),
        *("--slow", str(faults.slow), "--broken", str(faults.broken)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield Remote(msgspec.json.decode(process.stdout.readline(), type=dict[str, int])["port"])
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description="Serve the generated corpus on loopback.")
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hosts", type=int, default=0, help="hosts that share all feeds")
    parser.add_argument("--slow", type=int, default=0, help="late hosts of each hundred")
    parser.add_argument(
        "--broken", type=int, default=0, help="hosts that break off of each hundred"
    )
    asked = parser.parse_args()
    corpus = Corpus(feeds=asked.feeds, entries=asked.entries, seed=asked.seed, hosts=asked.hosts)
    asyncio.run(serve(corpus, Faults(slow=asked.slow, broken=asked.broken)))


if __name__ == "__main__":
    main()
