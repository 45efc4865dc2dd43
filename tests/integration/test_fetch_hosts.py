"""Hosts with many feeds, asked slowly, and not at all when they want to be left alone."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecliptic import Planet
from ecliptic.fetch import Client
from ecliptic.fetch.host import AT_ONCE
from ecliptic.model.outcome import Failed, Fetched, Held, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from planets import Planet as Command
from planets import posts, rss

NOW = datetime(2018, 4, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE, THERE = "127.0.0.1", "127.0.0.2"
SETTINGS = FetchSettings(host_spacing=0.0, allow_networks=("127.0.0.0/8",))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(hosts=(HERE, THERE)) as running:
        yield running


def ask_all(urls: list[str], settings: FetchSettings = SETTINGS) -> dict[str, Outcome]:
    async def run() -> dict[str, Outcome]:
        async with Client(settings, user_agent="test", now=NOW) as client:
            requests = [Request(url=url) for url in urls]
            return {
                request.url: outcome
                async for answered in client.fetch_all(requests)
                for request, outcome in answered
            }

    return asyncio.run(run())


def add_feeds(server: FeedServer, count: int) -> list[str]:
    return [
        server.add(f"/{number}", rss(f"Blog {number}", "https://blog.example/", posts(number, 1)))
        for number in range(count)
    ]


def test_fetch_all_when_a_host_has_many_feeds_then_spaced_and_other_hosts_wait_for_nothing(
    server: FeedServer,
) -> None:
    urls = [url.replace(HERE, "blogs.localhost") for url in add_feeds(server, AT_ONCE + 6)]
    others = [server.url(f"/{number}", THERE) for number in range(10)]
    settings = FetchSettings(host_spacing=0.1, allow_networks=("127.0.0.0/8",))
    start = time.monotonic()
    outcomes = ask_all([*urls, *others], settings)
    assert time.monotonic() - start >= 0.6
    assert all(isinstance(outcome, Fetched) for outcome in outcomes.values())
    assert list(outcomes)[-6:] == urls[-6:]


@pytest.mark.parametrize("host", [HERE, "localhost"])
def test_fetch_all_when_a_host_is_the_operators_own_then_it_needs_no_spacing(
    server: FeedServer, host: str
) -> None:
    urls = [url.replace(HERE, host) for url in add_feeds(server, AT_ONCE + 6)]
    settings = FetchSettings(host_spacing=30.0, allow_networks=("127.0.0.0/8",))
    start = time.monotonic()
    assert len(ask_all(urls, settings)) == len(urls)
    assert time.monotonic() - start < 20


def test_fetch_all_when_two_feeds_are_refused_then_their_host_rests_and_no_other(
    server: FeedServer,
) -> None:
    urls = add_feeds(server, 40)
    for path in ("/0", "/1"):
        server.add(path, status=429, headers={"Retry-After": "7200"})
    others = [server.url(f"/{number}", THERE) for number in range(2, 40)]
    outcomes = ask_all([*urls, *others])
    held = {url: one for url, one in outcomes.items() if isinstance(one, Held)}
    assert set(held) == set(urls[2:])
    assert {one.until for one in held.values()} == {NOW + 2 * HOUR}
    assert all(isinstance(outcomes[url], Fetched) for url in others)
    assert server.count() == 2 + len(others)


def test_fetch_all_when_one_feed_is_refused_then_every_other_is_asked(server: FeedServer) -> None:
    urls = add_feeds(server, 15)
    server.add("/0", status=503, headers={"Retry-After": "999999"})
    settings = FetchSettings(
        host_spacing=0.0, connections_per_host=1, allow_networks=("127.0.0.0/8",)
    )
    start = time.monotonic()
    outcomes = ask_all(urls[:4], settings)
    assert time.monotonic() - start >= 3  # slowly, for the host may mean itself
    assert [type(outcomes[url]) for url in urls[:4]] == [Failed, Fetched, Fetched, Fetched]


def test_fetch_all_when_redirects_lead_to_a_refusing_host_then_its_own_feeds_are_asked(
    server: FeedServer,
) -> None:
    urls = [url.replace(HERE, THERE) for url in add_feeds(server, 10)]
    busy = server.add("/busy", status=429).replace(HERE, THERE)
    away = [server.add(f"/away{number}", redirect=busy) for number in range(5)]
    outcomes = ask_all([*away, *urls])
    assert all(isinstance(outcomes[url], Failed) for url in away)
    assert all(isinstance(outcomes[url], Fetched) for url in urls)


def test_fetch_all_when_nothing_listens_then_three_feeds_try_and_the_others_are_held(
    server: FeedServer,
) -> None:
    with socket.socket() as closed:
        closed.bind((HERE, 0))
        dead = [f"http://{HERE}:{closed.getsockname()[1]}/{number}" for number in range(20)]
        outcomes = ask_all([*dead, *add_feeds(server, 5)])
    failed = [one for one in outcomes.values() if isinstance(one, Failed)]
    held = [one for one in outcomes.values() if isinstance(one, Held)]
    assert 3 <= len(failed) <= 4  # two may be under way
    assert {one.code for one in failed} == {"fetch.connect"}
    assert len(held) == 20 - len(failed)
    assert all(one.is_unreached and one.until == NOW + HOUR / 2 for one in held)
    assert sum(isinstance(one, Fetched) for one in outcomes.values()) == 5


def test_fetch_all_when_a_host_lets_nobody_in_then_it_costs_two_timeouts_and_not_ten() -> None:
    settings = FetchSettings(connect_timeout=1.0, allow_networks=("127.0.0.0/8",))
    with socket.socket() as deaf:
        deaf.bind((HERE, 0))
        deaf.listen(50)  # connections come, and nobody answers the handshake
        urls = [f"https://{HERE}:{deaf.getsockname()[1]}/{number}" for number in range(20)]
        start = time.monotonic()
        outcomes = ask_all(urls, settings)
    assert time.monotonic() - start < 8
    failed = [one for one in outcomes.values() if isinstance(one, Failed)]
    assert {(one.code, one.detail) for one in failed} == {("fetch.timeout", "connection")}
    assert len(failed) + sum(isinstance(one, Held) for one in outcomes.values()) == 20


def test_refresh_when_a_host_is_dead_then_its_feeds_are_skipped_with_the_reason(
    tmp_path: Path, server: FeedServer
) -> None:
    with socket.socket() as closed:
        closed.bind((HERE, 0))
        dead = [f"http://{HERE}:{closed.getsockname()[1]}/{number}" for number in range(9)]
        config = write_settings(tmp_path, [*dead, *add_feeds(server, 2)])
        planet = Planet.open(config, now=NOW, allow_networks=["127.0.0.0/8"], jobs=1)
        counts = planet.refresh().feeds
    assert (counts.fetched, counts.failed + counts.skipped) == (2, 9)
    assert counts.failed <= 4
    (feed,) = planet.why(dead[8]).feeds
    assert feed.next_check.code == "decide.host_unreached"
    assert "could not be reached" in feed.next_check.words
    assert [check.code for check in feed.checks] == ["fetch.unreached"]


def write_settings(folder: Path, urls: list[str]) -> Path:
    lines = ['[planet]\nname = "P"\nlink = "https://planet.example/"\n[fetch]\nhost_spacing = 0\n']
    lines += [f'[[feed]]\nurl = "{url}"\n' for url in urls]
    config = folder / "planet.toml"
    config.write_text("\n".join(lines), "utf-8")
    return config


def test_refresh_when_a_host_rests_then_its_feeds_are_skipped_with_the_reason_and_go_first(
    tmp_path: Path, server: FeedServer
) -> None:
    urls = add_feeds(server, 6)
    documents = [server.url(f"/{number}") for number in range(6)]
    for path in ("/0", "/1"):
        server.add(path, status=429)
    config = write_settings(tmp_path, documents)

    def at(moment: datetime) -> Planet:
        return Planet.open(config, now=moment, allow_networks=["127.0.0.0/8"], jobs=1)

    first = at(NOW).refresh()
    assert (first.feeds.failed, first.feeds.skipped, first.feeds.fetched) == (2, 4, 0)
    (feed,) = at(NOW).why(urls[5]).feeds
    assert feed.next_check.code == "decide.host_busy"
    assert "2018-04-25 13:00" in feed.next_check.words
    assert [check.code for check in feed.checks] == ["fetch.held"]

    assert at(NOW + HOUR / 2).refresh().feeds.skipped == 6
    server.forget_requests()
    again = at(NOW + HOUR).refresh()
    assert (again.feeds.failed, again.feeds.skipped, again.feeds.fetched) == (2, 0, 4)
    assert [seen.path for seen in server.requests()][-2:] == ["/0", "/1"]


def test_refresh_when_a_host_rests_then_the_command_says_skipped_and_not_failed(
    tmp_path: Path, server: FeedServer
) -> None:
    urls = add_feeds(server, 6)
    for path in ("/0", "/1"):
        server.add(path, status=503)
    done = Command(tmp_path, urls).run("refresh")
    assert done.returncode == 0
    assert "2 failed" in done.stdout
    assert "4 skipped" in done.stdout
    assert "fetch.http_503" in done.stderr
    assert "fetch.held" not in done.stderr
