from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from datetime import UTC, datetime

from ecliptic.fetch import Client
from ecliptic.fetch.resolver import Resolver, look_up
from ecliptic.model.outcome import Failed, Fetched, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from stopwatch import LEEWAY

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
Answer = tuple[str, ...] | None


def find_all(resolver: Resolver, hosts: list[str]) -> list[asyncio.Future[Answer]]:
    futures = []
    for host in hosts:
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        resolver.find(host, future.set_result)
        futures.append(future)
    return futures


def test_look_up_when_the_name_is_known_then_its_addresses() -> None:
    assert set(look_up("localhost")) <= {"127.0.0.1", "::1"}
    assert look_up("localhost")


def test_look_up_when_the_name_cannot_be_then_none() -> None:
    assert look_up("no-such-host.invalid") == ()
    assert look_up("a" * 64 + ".invalid") == ()


def test_find_when_names_are_asked_for_again_then_looked_up_once() -> None:
    asked: Counter[str] = Counter()

    def slow(host: str) -> tuple[str, ...]:
        asked[host] += 1
        time.sleep(0.02)
        return (f"address of {host}",)

    async def run() -> None:
        resolver = Resolver(patience=5.0, look_up=slow)
        hosts = ["a", "b", "a", "c", "a"]
        answers = await asyncio.gather(*find_all(resolver, hosts))
        assert answers == [(f"address of {host}",) for host in hosts]
        assert await asyncio.gather(*find_all(resolver, ["a"])) == [("address of a",)]
        resolver.close()

    asyncio.run(run())
    assert asked == {"a": 1, "b": 1, "c": 1}


def test_find_when_many_names_hang_then_others_are_found_and_nobody_waits() -> None:
    release = threading.Event()

    def hang(host: str) -> tuple[str, ...]:
        if host.startswith("dead"):
            release.wait(30)
        return ("1.1.1.1",)

    async def run() -> float:
        start = time.monotonic()
        resolver = Resolver(patience=3.0, look_up=hang)
        dead = find_all(resolver, [f"dead{number}" for number in range(50)])
        good = find_all(resolver, [f"good{number}" for number in range(50)])
        assert await asyncio.gather(*good) == [("1.1.1.1",)] * 50
        assert time.monotonic() - start < 3.0
        assert await asyncio.gather(*dead) == [None] * 50
        more = find_all(resolver, [f"more{number}" for number in range(50)])
        assert await asyncio.gather(*more) == [("1.1.1.1",)] * 50
        resolver.close()
        return time.monotonic() - start

    try:
        assert asyncio.run(run()) < 3.0 + LEEWAY
    finally:
        release.set()


def test_find_when_closed_then_its_threads_end() -> None:
    release = threading.Event()

    def hang(host: str) -> tuple[str, ...]:
        if host == "dead":
            release.wait(30)
        return ()

    before = set(threading.enumerate())

    async def run() -> set[threading.Thread]:
        resolver = Resolver(patience=0.05, look_up=hang)
        await asyncio.gather(*find_all(resolver, ["dead", *"abcdef"]))
        resolver.close()
        return set(threading.enumerate()) - before

    threads = asyncio.run(run())
    release.set()
    for thread in threads:
        thread.join(5)
    assert threads
    assert not any(thread.is_alive() for thread in threads)


def test_fetch_all_when_hosts_are_names_then_found_connected_and_guarded() -> None:
    async def run(urls: list[str], networks: tuple[str, ...]) -> list[object]:
        settings = FetchSettings(timeout=5.0, allow_networks=networks)
        async with Client(settings, user_agent="test", now=NOW) as client:
            requests = (Request(url=url) for url in urls)
            return [
                outcome async for answered in client.fetch_all(requests) for _, outcome in answered
            ]

    with FeedServer() as server:
        server.add("/feed", b"<rss/>")
        server.add("/moved", redirect=server.url("/feed", "localhost"))
        urls = [server.url(path, "localhost") for path in ("/feed", "/moved")] * 10
        outcomes = asyncio.run(run(urls, ("127.0.0.0/8", "::1")))
        assert [type(outcome) for outcome in outcomes] == [Fetched] * 20
        server.forget_requests()
        refused = asyncio.run(run(urls, ()))
        assert {one.code for one in refused if isinstance(one, Failed)} == {"fetch.refused_address"}
        assert server.count() == 0


def test_look_up_when_a_name_is_under_localhost_then_it_is_this_machine() -> None:
    """RFC 6761, section 6.3."""
    assert look_up("feed-7.localhost") == ("127.0.0.1", "::1")
    assert look_up("feed-7.localhost.") == ("127.0.0.1", "::1")
    assert look_up("localhost.invalid") == ()
