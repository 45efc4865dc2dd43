"""HTTP clients on the work of a planet: few requests to many hosts.

    python bench/http_clients.py [--requests 3000] [--rounds 3] [--json]

Every client asks the same server, in another process, at 200 loopback
addresses, without keep-alive: one request a connection, 64 at a time. Each run
is a process of its own; rounds are interleaved and the best of them is shown.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pycurl

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from ecliptic.fetch import Client, Guard
from ecliptic.model.outcome import Fetched, NotModified, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer

HOSTS: Final = tuple(f"127.0.{number // 250}.{number % 250 + 1}" for number in range(200))
CONNECTIONS: Final = 64
BODY: Final = b"<rss>" + b"All work and no play makes a dull feed.\n" * 875 + b"</rss>"
ETAG: Final = '"the-etag"'
AGENT: Final = "ecliptic-bench"
LOOPBACK: Final = "127.0.0.0/8"


def addresses(port: int, count: int, path: str) -> list[str]:
    """Return ``count`` addresses, spread over all hosts."""
    return [f"http://{HOSTS[number % len(HOSTS)]}:{port}{path}" for number in range(count)]


def conditional(path: str) -> list[str]:
    """Return the header lines that make the answer a 304."""
    return [f"If-None-Match: {ETAG}"] if path == "/unchanged" else []


# Each client returns how many answers it got and how many bytes of bodies.


def bare_pycurl(urls: list[str], headers: list[str]) -> tuple[int, int]:
    """Libcurl's own loop, a pool of handles, and nothing else: the floor."""
    multi = pycurl.CurlMulti()
    size, count, left = 0, 0, iter(urls)

    def write(chunk: bytes) -> None:
        nonlocal size
        size += len(chunk)

    def start(curl: pycurl.Curl) -> None:
        url = next(left, None)
        if url is not None:
            curl.setopt(pycurl.URL, url)
            multi.add_handle(curl)

    for _ in range(CONNECTIONS):
        curl = pycurl.Curl()
        curl.setopt(pycurl.WRITEFUNCTION, write)
        curl.setopt(pycurl.HTTPHEADER, headers)
        curl.setopt(pycurl.TIMEOUT, 30)
        start(curl)
    running = 1
    while running or count < len(urls):
        _, running = multi.perform()
        _, succeeded, failed = multi.info_read()
        for curl in succeeded:
            count += 1
            multi.remove_handle(curl)
            start(curl)
        assert not failed, failed
        if not succeeded and running:
            multi.select(1.0)
    return count, size


async def pycurl_asyncio(urls: list[str], headers: list[str]) -> tuple[int, int]:
    """Pycurl's own AsyncCurlMulti, with a future for each transfer and a guarded socket."""
    size, count = 0, 0
    left = iter(urls)
    guard = Guard([LOOPBACK])

    def write(chunk: bytes) -> None:
        nonlocal size
        size += len(chunk)

    async def worker(multi: pycurl.AsyncCurlMulti) -> None:
        nonlocal count
        opened: list[object] = []
        curl = pycurl.Curl()
        curl.setopt(pycurl.WRITEFUNCTION, write)
        curl.setopt(pycurl.HTTPHEADER, headers)
        curl.setopt(pycurl.TIMEOUT, 30)
        curl.setopt(pycurl.OPENSOCKETFUNCTION, guarded_socket(guard, opened))
        for url in left:
            curl.setopt(pycurl.URL, url)
            await multi.perform(curl)
            opened.clear()
            count += 1

    async with pycurl.AsyncCurlMulti() as multi:
        await asyncio.gather(*(worker(multi) for _ in range(CONNECTIONS)))
    return count, size


def guarded_socket(guard: Guard, opened: list[object]) -> Callable[..., object]:
    """Return a socket opener for libcurl that asks the guard."""

    def open_socket(_purpose: int, address: tuple[int, int, int, tuple[str, int]]) -> object:
        family, kind, protocol, where = address
        if not guard.permits(where[0]):
            return pycurl.SOCKET_BAD
        opened.append(socket.socket(family, kind, protocol))
        return opened[-1]

    return open_socket


async def ecliptic_client(urls: list[str], headers: list[str]) -> tuple[int, int]:
    """Our own client, with its guard, limits, redirects and outcomes."""
    settings = FetchSettings(
        allow_networks=(LOOPBACK,), connections=CONNECTIONS, connections_per_host=2
    )
    etag = ETAG if headers else ""
    count = size = 0
    async with Client(settings, user_agent=AGENT, now=datetime.now(UTC)) as client:
        async for answers in client.fetch_all(Request(url=url, etag=etag) for url in urls):
            for _, outcome in answers:
                assert isinstance(outcome, Fetched | NotModified), outcome
                count += 1
                size += len(outcome.body) if isinstance(outcome, Fetched) else 0
    return count, size


async def aiohttp_client(urls: list[str], headers: list[str]) -> tuple[int, int]:
    """aiohttp, with a guarded socket."""
    import aiohttp  # noqa: PLC0415 - measured where it is installed

    guard = Guard([LOOPBACK])

    def factory(info: tuple[int, int, int, str, tuple[str, int]]) -> socket.socket:
        family, kind, protocol, _, where = info
        if not guard.permits(where[0]):
            raise OSError("refused")
        return socket.socket(family, kind, protocol)

    count = size = 0
    left = iter(urls)
    connector = aiohttp.TCPConnector(limit=CONNECTIONS, socket_factory=factory, force_close=True)
    fields = dict(line.split(": ") for line in headers)

    async with aiohttp.ClientSession(connector=connector, headers=fields) as session:

        async def worker() -> None:
            nonlocal count, size
            for url in left:
                async with session.get(url) as answer:
                    size += len(await answer.read())
                    count += 1

        await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))
    return count, size


async def httpx_client(urls: list[str], headers: list[str]) -> tuple[int, int]:
    """httpx, which has no public way to check the address connected to."""
    import httpx  # noqa: PLC0415 - measured where it is installed

    count = size = 0
    left = iter(urls)
    limits = httpx.Limits(max_connections=CONNECTIONS)
    fields = dict(line.split(": ") for line in headers)
    async with httpx.AsyncClient(limits=limits, headers=fields, trust_env=False) as client:

        async def worker() -> None:
            nonlocal count, size
            for url in left:
                answer = await client.get(url)
                size += len(answer.content)
                count += 1

        await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))
    return count, size


CLIENTS: Final[dict[str, Callable[[list[str], list[str]], object]]] = {
    "pycurl, bare": bare_pycurl,
    "ecliptic": ecliptic_client,
    "pycurl, asyncio": pycurl_asyncio,
    "aiohttp": aiohttp_client,
    "httpx": httpx_client,
}
NEEDS: Final = {"aiohttp": "aiohttp", "httpx": "httpx"}


def run_one(name: str, path: str, port: int, count: int) -> None:
    """Run one client in this process and print what it took, as JSON."""
    urls, headers = addresses(port, count, path), conditional(path)
    client = CLIENTS[name]
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    result = client(urls, headers)
    if isinstance(result, Awaitable):
        result = asyncio.run(result)  # type: ignore[arg-type]
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    expected = (count, 0 if headers else count * len(BODY))
    assert result == expected, f"{name}: {result}, not {expected}"
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    growth = after.ru_maxrss - before.ru_maxrss
    print(json.dumps({"cpu": cpu / count * 1e3, "wall": wall / count * 1e3, "kb": growth}))


def serve() -> None:
    """Serve both documents until standard input ends; the port goes to standard output."""
    with FeedServer(hosts=HOSTS, keep_alive=False, record=False) as server:
        for path in ("/body", "/unchanged"):
            server.add(path, BODY, etag=ETAG, compress=False)
        print(server.port, flush=True)
        sys.stdin.read()


def measure(count: int, rounds: int) -> Iterator[dict[str, object]]:
    """Yield one row a client and kind of work: the best of all rounds."""
    command = [sys.executable, __file__]
    with subprocess.Popen(
        [*command, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        assert server.stdin
        port = server.stdout.readline().strip()
        names = [name for name in CLIENTS if importlib.util.find_spec(NEEDS.get(name, "pycurl"))]
        for path in ("/unchanged", "/body"):
            runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
            for _ in range(rounds):
                for name in names:
                    arguments = ["--one", name, "--path", path, "--port", port]
                    done = subprocess.run(
                        [*command, *arguments, "--requests", str(count)],
                        stdout=subprocess.PIPE, check=True, text=True,
                    )  # fmt: skip
                    runs[name].append(json.loads(done.stdout))
            for name in names:
                best = {key: min(run[key] for run in runs[name]) for key in ("cpu", "wall", "kb")}
                yield {"work": path[1:], "client": name, **best}
        server.stdin.close()


def show(rows: list[dict[str, object]]) -> None:
    """Print the rows as a table, with ratios to the first client of each kind of work."""
    columns = ("CPU ms", "ratio", "wall ms", "ratio", "MB more")
    print(f"{'work':10} {'client':16} " + " ".join(f"{name:>8}" for name in columns))
    floor: dict[str, dict[str, object]] = {}
    for row in rows:
        base = floor.setdefault(str(row["work"]), row)
        cpu, wall = float(str(row["cpu"])), float(str(row["wall"]))
        print(
            f"{row['work']:10} {row['client']:16} {cpu:8.3f} {cpu / float(str(base['cpu'])):8.2f}"
            f" {wall:8.3f} {wall / float(str(base['wall'])):8.2f}"
            f" {float(str(row['kb'])) / 1024:8.1f}"
        )


def main() -> None:
    """Read the arguments and do one part, or the whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    for hidden in ("--one", "--path", "--port"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve()
    elif chosen.one:
        run_one(chosen.one, chosen.path, int(chosen.port), chosen.requests)
    else:
        rows = list(measure(chosen.requests, chosen.rounds))
        if chosen.json:
            print(json.dumps(rows, indent=1))
        else:
            show(rows)


if __name__ == "__main__":
    main()
