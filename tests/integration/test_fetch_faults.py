from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.fetch import Client
from ecliptic.model.codes import WORDS
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from faults import CHUNKED, FAULTS, WHOLE, FaultServer
from in_thread import InThread
from stopwatch import LEEWAY

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = FetchSettings(
    timeout=1.5,
    connect_timeout=1.0,
    max_bytes=2_000_000,
    connections_per_host=64,
    host_spacing=0.0,
    allow_networks=("127.0.0.1/32",),
)

EXPECTED = {
    "/silent": "fetch.timeout",
    "/slow_head": "fetch.timeout",
    "/slow_body": "fetch.timeout",
    "/silent_in_body": "fetch.timeout",
    "/endless_body": "fetch.too_large",
    "/endless_chunks": "fetch.too_large",
    "/endless_chunk_size": "fetch.protocol",
    "/endless_chunk_extension": "fetch.timeout",
    "/endless_head": "fetch.too_large",
    "/endless_head_line": "fetch.too_large",
    "/endless_status_line": "fetch.too_large",
    "/endless_interim": "fetch.too_large",
    "/endless_trailers": "fetch.too_large",
    "/endless_not_found": "fetch.http_404",
    "/huge_length": "fetch.too_large",
    "/close_at_once": "fetch.empty",
    "/reset_at_once": "fetch.reset",
    "/reset_in_body": "fetch.reset",
    "/closed_in_head": "fetch.truncated",
    "/short_body": "fetch.truncated",
    "/short_chunks": "fetch.truncated",
    "/garbage": "fetch.protocol",
    "/http_0_9": "fetch.protocol",
    "/ssh": "fetch.protocol",
    "/bad_chunks": "fetch.protocol",
    "/bad_length": "fetch.protocol",
    "/two_lengths": "fetch.protocol",
    "/long_body": "fetch.http_404",
    "/bomb_gzip": "fetch.too_large",
    "/bomb_deflate": "fetch.too_large",
    "/bomb_brotli": "fetch.too_large",
    "/bomb_zstd": "fetch.too_large",
    "/bomb_nested": "fetch.too_large",
    "/bomb_nested_in_two_fields": "fetch.too_large",
    "/bomb_in_between": "fetch.too_large",
    "/bomb_of_parts": "fetch.bad_coding",
    "/bomb_of_a_window": "fetch.bad_coding",
    "/endless_behind_gzip": "fetch.too_large",
    "/endless_in_gzip_head": "fetch.too_large",
    "/coding_corrupt": "fetch.bad_coding",
    "/coding_untrue_gzip": "fetch.bad_coding",
    "/coding_untrue_deflate": "fetch.bad_coding",
    "/coding_untrue_br": "fetch.bad_coding",
    "/coding_untrue_zstd": "fetch.bad_coding",
    "/coding_brotli_with_more_after_it": "fetch.bad_coding",
    "/coding_unknown": "fetch.bad_coding",
    "/coding_five_times": "fetch.bad_coding",
    "/coding_cut": "fetch.truncated",
    "/coding_cut_zstd": "fetch.truncated",
    "/redirect_loop": "fetch.too_many_redirects",
    "/redirect_there_and_back": "fetch.too_many_redirects",
    "/redirect_back_and_there": "fetch.too_many_redirects",
    "/redirect_to_file": "fetch.bad_redirect",
    "/redirect_to_ftp": "fetch.bad_redirect",
    "/redirect_to_metadata": "fetch.refused_address",
    "/redirect_to_decimal": "fetch.refused_address",
    "/redirect_to_mapped": "fetch.refused_address",
    "/redirect_nowhere": "fetch.bad_redirect",
    "/redirect_in_slow_body": "fetch.bad_redirect",
}


@pytest.fixture(scope="module")
def faults() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


async def ask(url: str, settings: FetchSettings = SETTINGS) -> Outcome:
    async with Client(settings, user_agent="test", now=NOW) as client:
        return await client.fetch(Request(url=url))


def test_faults_all_have_an_expectation() -> None:
    assert EXPECTED.keys() == FAULTS.keys()


@pytest.mark.parametrize("path", sorted(EXPECTED))
def test_fetch_when_the_server_is_at_fault_then_its_own_code_within_the_limit(
    path: str, faults: FaultServer
) -> None:
    start = time.monotonic()
    outcome = asyncio.run(ask(faults.url(path)))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == (EXPECTED[path], outcome.detail)
    assert outcome.code in WORDS
    assert time.monotonic() - start < SETTINGS.timeout + LEEWAY


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _memory(field: str) -> int:
    """Return a line of the process's memory account, in bytes."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(field)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="not Linux")
def test_fetch_all_when_all_faults_come_at_once_then_good_feeds_are_unharmed(
    faults: FaultServer,
) -> None:
    body = "<rss>" + "All is well here. " * 2000 + "</rss>"
    arrived: dict[str, float] = {}
    settings = replace(SETTINGS, timeout=6.0)

    async def run(good: list[str], bad: list[str]) -> dict[str, Outcome]:
        outcomes = {}
        requests = [Request(url=url) for pair in zip(bad, good, strict=True) for url in pair]
        start = time.monotonic()
        async with Client(settings, user_agent="test", now=NOW) as client:
            async for answered in client.fetch_all(requests):
                for request, outcome in answered:
                    outcomes[request.url] = outcome
                    arrived[request.url] = time.monotonic() - start
        return outcomes

    with FeedServer() as server:
        bad = [faults.url(path) for path in sorted(EXPECTED)]
        good = [server.add(f"/{number}", body) for number in range(len(bad))]
        _reset_peak()
        before = _memory("VmRSS")
        outcomes = asyncio.run(run(good, bad))
        growth = _memory("VmHWM") - before
    fetched = [outcomes[url] for url in good]
    assert all(isinstance(one, Fetched) and one.body.decode() == body for one in fetched)
    assert max(arrived[url] for url in good) < settings.timeout
    assert max(arrived.values()) < settings.timeout + LEEWAY
    codes = {url: outcome.code for url in bad if isinstance(outcome := outcomes[url], Failed)}
    assert codes == {faults.url(path): code for path, code in EXPECTED.items()}
    assert growth < 100_000_000


class _TinyChunks(BaseHTTPRequestHandler):
    """Sends a document two bytes at a time."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        chunks = b"2\r\naa\r\n" * 1_000
        for _ in range(1 if self.path == "/short" else 300):
            self.wfile.write(chunks)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *given: object) -> None:
        """Say nothing."""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="not Linux")
def test_fetch_when_chunks_are_tiny_then_memory_is_that_of_the_document() -> None:
    with InThread(_TinyChunks) as server:
        url = f"http://127.0.0.1:{server.port}/"
        settings = replace(SETTINGS, timeout=30.0)
        asyncio.run(ask(url + "short", settings))  # what is loaded once is there then
        _reset_peak()
        before = _memory("VmRSS")
        outcome = asyncio.run(ask(url, settings))
        growth = _memory("VmHWM") - before
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"aa" * 300_000
    assert growth < 10_000_000


@pytest.mark.parametrize("how", ["close", "reset"])
@pytest.mark.parametrize(
    ("name", "whole"), [("whole", WHOLE), ("chunked", CHUNKED)], ids=["whole", "chunked"]
)
def test_fetch_all_when_broken_off_at_each_byte_then_whole_or_failed(
    faults: FaultServer, name: str, whole: bytes, how: str
) -> None:
    async def run() -> dict[int, Outcome]:
        sizes = range(len(whole) + 1)
        requests = (Request(url=faults.url(f"/cut/{name}/{how}/{n}"), tag=n) for n in sizes)
        async with Client(SETTINGS, user_agent="test", now=NOW) as client:
            return {
                request.tag: outcome
                async for answered in client.fetch_all(requests)
                for request, outcome in answered
            }

    outcomes = asyncio.run(run())
    fetched = {size: one.body for size, one in outcomes.items() if isinstance(one, Fetched)}
    failed = {one.code for one in outcomes.values() if isinstance(one, Failed)}
    assert set(fetched.values()) == {b"<rss/>"}
    assert min(fetched) >= len(whole) - 2
    assert failed <= {"fetch.empty", "fetch.reset", "fetch.truncated", "fetch.protocol"}


def test_fetch_when_silent_between_bytes_then_ended_at_half_of_the_time(
    faults: FaultServer,
) -> None:
    settings = replace(SETTINGS, timeout=8.0)
    start = time.monotonic()
    outcome = asyncio.run(ask(faults.url("/silent_in_body"), settings))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == ("fetch.timeout", "body")
    assert time.monotonic() - start < 7.9


def test_fetch_all_when_more_came_than_was_said_then_it_answers_no_other_question(
    faults: FaultServer,
) -> None:
    urls = [
        faults.url(path) for path in ("/long_body", "/short_body", "/long_body", "/close_at_once")
    ]

    async def run() -> list[Outcome]:
        settings = replace(SETTINGS, connections_per_host=1)
        async with Client(settings, user_agent="test", now=NOW) as client:
            return [await client.fetch(Request(url=url)) for url in urls]

    codes = [one.code for one in asyncio.run(run()) if isinstance(one, Failed)]
    assert codes == ["fetch.http_404", "fetch.truncated", "fetch.http_404", "fetch.empty"]


def test_fetch_all_when_bombs_and_floods_come_again_and_again_then_memory_is_bounded(
    faults: FaultServer,
) -> None:
    """In a process of its own, whose peak is its own: eight at a time, of 2 MB at most."""
    paths = [path for path in EXPECTED if path.startswith(("/bomb", "/endless", "/huge"))]
    paths.remove("/endless_chunk_extension")  # it takes its time, and is bounded as the others
    child = Path(__file__).with_name("memory_child.py")
    done = subprocess.run(
        [sys.executable, str(child), *(faults.url(path) for path in paths)],
        capture_output=True,
        check=True,
        text=True,
        timeout=50,
    )
    before, after, codes = json.loads(done.stdout)
    assert set(codes) == {EXPECTED[path] for path in paths}
    assert after - before < 50_000_000


def test_fetch_when_nothing_listens_then_connect() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        outcome = asyncio.run(ask(f"http://127.0.0.1:{closed.getsockname()[1]}/"))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == ("fetch.connect", "Connection refused")


@pytest.mark.skipif(not Path("/proc").exists(), reason="how a full queue behaves is Linux's way")
def test_fetch_when_the_connection_stalls_then_timeout_of_the_connection() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        start = time.monotonic()
        outcome = asyncio.run(ask(f"http://127.0.0.1:{full.getsockname()[1]}/"))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == ("fetch.timeout", "connection")
    assert time.monotonic() - start < SETTINGS.connect_timeout + LEEWAY


def test_fetch_when_the_name_is_unknown_then_dns() -> None:
    outcome = asyncio.run(ask("http://no-such-host.invalid/"))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == ("fetch.dns", "no-such-host.invalid")


def test_fetch_when_it_fails_twice_then_in_the_same_words(faults: FaultServer) -> None:
    async def twice(url: str) -> list[Outcome]:
        return [await ask(url), await ask(url)]

    for path in ("/slow_body", "/reset_in_body", "/bad_chunks", "/coding_untrue", "/short_body"):
        first, second = asyncio.run(twice(faults.url(path)))
        assert isinstance(first, Failed)
        assert isinstance(second, Failed)
        assert first.detail == second.detail
