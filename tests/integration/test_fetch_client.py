from __future__ import annotations

import asyncio
import base64
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecliptic.fetch import Client
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 9))
SETTINGS = FetchSettings(timeout=5.0, host_spacing=0.0, allow_networks=("127.0.0.0/8",))
RSS = b"<rss>" + b"Some text. " * 3000 + b"</rss>"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(hosts=HOSTS) as running:
        yield running


def client(settings: FetchSettings = SETTINGS) -> Client:
    return Client(settings, user_agent="Ecliptic/0 (+https://planet.example/)", now=NOW)


def ask(request: Request | str, settings: FetchSettings = SETTINGS) -> Outcome:
    async def run() -> Outcome:
        async with client(settings) as opened:
            return await opened.fetch(Request(url=request) if isinstance(request, str) else request)

    return asyncio.run(run())


def ask_all(urls: list[str], settings: FetchSettings = SETTINGS) -> list[tuple[Request, Outcome]]:
    async def run() -> list[tuple[Request, Outcome]]:
        async with client(settings) as opened:
            requests = (Request(url=url, tag=number) for number, url in enumerate(urls))
            return [each async for answered in opened.fetch_all(requests) for each in answered]

    return asyncio.run(run())


# One address


def test_fetch_when_there_is_a_document_then_all_that_the_answer_said(server: FeedServer) -> None:
    url = server.add(
        "/feed",
        RSS,
        content_type="application/rss+xml; charset=utf-8",
        etag='W/"odd \xe9"',
        last_modified="Sat, 1 Feb 2026 00:00:00 +0000 (odd)",
        headers={"Content-Location": "/other"},
    )
    outcome = ask(url)
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS
    assert (outcome.url, outcome.permanent_url) == (url, "")
    assert outcome.status == 200
    assert outcome.content_type == "application/rss+xml; charset=utf-8"
    assert outcome.content_location == "/other"
    assert outcome.etag == 'W/"odd \xe9-gzip"'
    assert outcome.last_modified == "Sat, 1 Feb 2026 00:00:00 +0000 (odd)"
    assert 100 < outcome.received < 2000  # compressed, with its head
    assert 0 < outcome.seconds < 1


def test_fetch_when_asked_again_then_validators_go_back_byte_for_byte(server: FeedServer) -> None:
    url = server.add("/feed", RSS, etag='"\xe9 x"', last_modified="some time ago", compress=False)
    outcome = ask(Request(url=url, etag='"\xe9 x"', last_modified="some time ago"))
    assert isinstance(outcome, NotModified)
    assert (outcome.etag, outcome.last_modified) == ('"\xe9 x"', "some time ago")
    headers = server.requests("/feed")[0].headers
    assert headers["if-none-match"] == '"\xe9 x"'
    assert headers["if-modified-since"] == "some time ago"


def test_fetch_then_an_honest_request_and_nothing_else(server: FeedServer) -> None:
    ask(server.add("/feed", RSS))
    seen = server.requests("/feed")[0]
    assert seen.method == "GET"
    assert seen.headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}
    assert seen.headers["user-agent"] == "Ecliptic/0 (+https://planet.example/)"
    assert "application/atom+xml" in seen.headers["accept"]
    assert seen.headers["accept-encoding"] == "gzip, deflate, br, zstd"


def test_fetch_when_a_server_sets_a_cookie_then_it_is_not_sent_back(server: FeedServer) -> None:
    url = server.add("/feed", RSS, headers={"Set-Cookie": "a=b; Path=/"})
    ask_all([url, url, server.add("/moved", redirect="/feed", headers={"Set-Cookie": "c=d"})])
    assert not any({"cookie", "referer"} & seen.headers.keys() for seen in server.requests())


def test_fetch_when_304_was_not_asked_for_then_failed(server: FeedServer) -> None:
    outcome = ask(server.add("/feed", status=304))
    assert isinstance(outcome, Failed)
    assert outcome.code == "fetch.http_304"


def test_fetch_when_validators_are_of_another_address_then_they_are_not_sent(
    server: FeedServer,
) -> None:
    feed = server.add("/feed", RSS, etag='"x"', compress=False)
    moved = server.add("/moved", redirect="/feed")
    ask(Request(url=moved, etag='"x"', validators_url=feed))
    assert "if-none-match" not in server.requests("/moved")[0].headers
    assert server.requests("/feed")[0].headers["if-none-match"] == '"x"'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + timedelta(minutes=2)),
        ("Fri, 02 Jan 2026 05:04:05 GMT", NOW + timedelta(hours=2)),
        ("soon", None),
    ],
)
def test_fetch_when_the_server_asks_for_patience_then_until_when(
    server: FeedServer, value: str, expected: datetime | None
) -> None:
    outcome = ask(server.add("/feed", status=503, headers={"Retry-After": value}))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.status) == ("fetch.http_503", 503)
    assert outcome.retry_at == expected


def test_fetch_when_offline_then_nothing_is_asked(server: FeedServer) -> None:
    url = server.add("/feed", RSS)
    outcome = ask(url, FetchSettings(offline=True, allow_networks=("127.0.0.0/8",)))
    assert isinstance(outcome, Failed)
    assert outcome.code == "fetch.offline"
    assert server.count() == 0


def test_fetch_when_larger_than_allowed_then_refused_before_and_after_decoding(
    server: FeedServer,
) -> None:
    settings = FetchSettings(max_bytes=len(RSS) - 1, allow_networks=("127.0.0.0/8",))
    for compress in (True, False):
        outcome = ask(server.add("/feed", RSS, compress=compress), settings)
        assert isinstance(outcome, Failed)
        assert (outcome.code, outcome.detail) == ("fetch.too_large", "the document")


def test_fetch_when_exactly_as_large_as_allowed_then_fetched(server: FeedServer) -> None:
    settings = FetchSettings(max_bytes=len(RSS), allow_networks=("127.0.0.0/8",))
    for compress in (True, False):
        assert isinstance(ask(server.add("/feed", RSS, compress=compress), settings), Fetched)


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_fetch_when_the_environment_names_a_proxy_then_it_is_not_used(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    url = server.add("/feed", RSS)
    monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert isinstance(ask(url), Fetched)


def test_fetch_when_the_address_holds_a_password_then_sent_and_never_told(
    server: FeedServer,
) -> None:
    server.add("/feed", RSS)
    url = server.url("/feed").replace("http://", "http://me:s%3Acret@")
    outcome = ask(url)
    assert isinstance(outcome, Fetched)
    assert outcome.url == server.url("/feed")
    sent = server.requests("/feed")[0].headers["authorization"]
    assert base64.b64decode(sent.removeprefix("Basic ")) == b"me:s:cret"


def test_fetch_when_redirected_to_another_host_then_the_password_stays(
    server: FeedServer,
) -> None:
    server.add("/feed", RSS)
    server.add("/away", redirect=server.url("/feed", HOSTS[1]))
    server.add("/near", redirect="/feed")
    urls = [server.url(path).replace("http://", "http://me:secret@") for path in ("/away", "/near")]
    one = SETTINGS.connections_per_host  # each handle serves both kinds in turn
    outcomes = ask_all([*urls * 3 * one, server.url("/feed")])
    assert all(isinstance(outcome, Fetched) for _, outcome in outcomes)
    shown = [
        (seen.headers["host"].split(":")[0], "authorization" in seen.headers)
        for seen in server.requests("/feed")
    ]
    assert Counter(shown) == {
        (HOSTS[1], False): 3 * one,
        (HOSTS[0], True): 3 * one,
        (HOSTS[0], False): 1,
    }


# Redirects


@pytest.mark.parametrize(
    ("status", "is_permanent"), [(301, True), (308, True), (302, False), (303, False), (307, False)]
)
def test_fetch_when_redirected_then_followed_and_its_kind_known(
    server: FeedServer, status: int, *, is_permanent: bool
) -> None:
    feed = server.add("/feed", RSS)
    moved = server.add("/moved", status=status, redirect="/feed")
    outcome = ask(moved)
    assert isinstance(outcome, Fetched)
    assert outcome.url == feed
    assert outcome.permanent_url == (feed if is_permanent else "")
    assert outcome.received > 200  # of both answers


def test_fetch_when_redirected_as_often_as_allowed_then_fetched(server: FeedServer) -> None:
    for number in range(6):
        server.add(f"/{number}", redirect=f"/{number + 1}", status=301)
    server.add("/6", RSS)
    assert isinstance(ask(server.url("/1")), Fetched)
    outcome = ask(server.url("/0"))
    assert isinstance(outcome, Failed)
    assert outcome.code == "fetch.too_many_redirects"


def test_fetch_when_redirected_to_a_guarded_address_then_it_is_never_reached(
    server: FeedServer,
) -> None:
    settings = FetchSettings(timeout=5.0, allow_networks=("127.0.0.1/32",))
    server.add("/secret", b"secret")
    forms = [
        server.url("/secret", HOSTS[1]),
        f"http://127.2:{server.port}/secret",
        f"http://2130706434:{server.port}/secret",
        f"http://0x7f000002:{server.port}/secret",
        f"http://0177.0.0.2:{server.port}/secret",
        f"http://[::ffff:127.0.0.2]:{server.port}/secret",
    ]
    for form in forms:
        outcome = ask(server.add("/moved", redirect=form), settings)
        assert isinstance(outcome, Failed)
        assert outcome.code == "fetch.refused_address"
    assert server.count("/secret") == 0


def test_fetch_when_a_name_leads_to_loopback_then_refused(server: FeedServer) -> None:
    settings = FetchSettings(timeout=5.0)
    for host in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]", "127.1"):
        outcome = ask(f"http://{host}:{server.port}/feed", settings)
        assert isinstance(outcome, Failed)
        assert outcome.code == "fetch.refused_address"
    assert server.count() == 0


# Many addresses


def test_fetch_all_then_every_request_once_with_its_own_answer(server: FeedServer) -> None:
    urls = []
    for number in range(300):
        path = f"/{number}"
        server.add(path, f"<rss>{number}</rss>")
        urls.append(server.url(path, HOSTS[number % len(HOSTS)]))
    answered = ask_all(urls)
    assert sorted(request.tag for request, _ in answered) == list(range(300))
    for request, outcome in answered:
        assert isinstance(outcome, Fetched)
        assert outcome.body == f"<rss>{request.tag}</rss>".encode()
        assert outcome.url == request.url
    assert server.count() == 300


def test_fetch_all_when_nothing_is_asked_then_nothing_comes() -> None:
    assert ask_all([]) == []


def test_fetch_all_when_addresses_are_bad_then_outcomes_too(server: FeedServer) -> None:
    good = server.add("/feed", RSS)
    answered = ask_all(["ftp://x/", good, "", "http://a b/", good, "nonsense"])
    codes = Counter(getattr(outcome, "code", "") for _, outcome in answered)
    assert codes == {"fetch.bad_url": 4, "": 2}


def test_fetch_all_when_a_host_is_slow_then_it_costs_the_others_no_time(
    server: FeedServer,
) -> None:
    server.add("/slow", RSS, delay=0.2)
    server.add("/fast", RSS)
    slow = [server.url("/slow")] * 8
    fast = [server.url("/fast", host) for host in HOSTS[1:]] * 5
    start = time.monotonic()
    answered = ask_all([*slow, *fast])
    took = time.monotonic() - start
    order = [request.url.rsplit("/", 1)[1] for request, _ in answered]
    assert order[: len(fast)] == ["fast"] * len(fast)
    assert took >= 0.8  # eight answers of 0.2 s, two at a time


def test_fetch_all_when_there_are_more_hosts_than_connections_then_each_is_connected_to_once() -> (
    None
):
    hosts = [f"127.0.1.{number}" for number in range(1, 21)]
    settings = FetchSettings(connections=8, allow_networks=("127.0.0.0/8",))
    with FeedServer(hosts=hosts) as server:
        urls = [server.url(f"/{turn}", host) for turn in range(3) for host in hosts]
        for turn in range(3):
            server.add(f"/{turn}", RSS)
        answered = ask_all(urls, settings)
        assert all(isinstance(outcome, Fetched) for _, outcome in answered)
        assert (len(answered), server.connections) == (60, 20)


def test_fetch_all_when_a_host_has_many_feeds_then_few_connections(server: FeedServer) -> None:
    server.add("/feed", RSS)
    ask_all([server.url("/feed")] * 50)
    assert server.count("/feed") == 50
    assert server.connections <= 2


def test_fetch_all_then_requests_are_read_only_as_needed(server: FeedServer) -> None:
    server.add("/feed", RSS)
    read = 0

    def requests() -> Iterator[Request]:
        nonlocal read
        for number in range(10_000):
            read += 1
            yield Request(url=server.url("/feed", HOSTS[number % len(HOSTS)]))

    async def run() -> None:
        settings = FetchSettings(connections=8, allow_networks=("127.0.0.0/8",))
        async with client(settings) as opened:
            count = 0
            async for _ in opened.fetch_all(requests()):
                count += 1
                await asyncio.sleep(0.002)  # a busy consumer
                if count == 20:
                    break

    asyncio.run(run())
    assert read <= 20 + 2 * 8 + 1
    assert server.count() <= 20 + 2 * 8 + 1


def test_fetch_all_when_the_consumer_is_busy_then_nothing_is_lost(server: FeedServer) -> None:
    server.add("/feed", RSS)
    urls = [server.url("/feed", host) for host in HOSTS] * 10

    async def run() -> int:
        count = 0
        async with client() as opened:
            async for answered in opened.fetch_all(Request(url=url) for url in urls):
                time.sleep(0.003)  # noqa: ASYNC251 - blocks the loop, as parsing would
                count += sum(isinstance(outcome, Fetched) for _, outcome in answered)
        return count

    assert asyncio.run(run()) == 80


def test_fetch_all_then_other_tasks_run_meanwhile(server: FeedServer) -> None:
    server.add("/feed", RSS)
    urls = [server.url("/feed", host) for host in HOSTS] * 60
    turns = 0

    async def tick() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def run() -> None:
        ticker = asyncio.create_task(tick())
        async with client() as opened:
            async for _ in opened.fetch_all(Request(url=url) for url in urls):
                pass
        ticker.cancel()

    asyncio.run(run())
    assert turns > 10


def test_fetch_all_when_two_run_at_once_then_each_gets_its_own(server: FeedServer) -> None:
    server.add("/a", b"a")
    server.add("/b", b"b")

    async def collect(opened: Client, path: str) -> set[bytes]:
        requests = (Request(url=server.url(path, host)) for host in HOSTS * 5)
        return {
            outcome.body
            async for answered in opened.fetch_all(requests)
            for _, outcome in answered
            if isinstance(outcome, Fetched)
        }

    async def run() -> tuple[set[bytes], set[bytes]]:
        async with client() as opened:
            first, second = await asyncio.gather(collect(opened, "/a"), collect(opened, "/b"))
            return first, second

    assert asyncio.run(run()) == ({b"a"}, {b"b"})


def test_fetch_all_when_cancelled_then_the_client_still_works(server: FeedServer) -> None:
    server.add("/slow", RSS, delay=10)
    server.add("/fast", RSS)

    async def run() -> Outcome:
        async with client() as opened:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await opened.fetch(Request(url=server.url("/slow")))
            return await opened.fetch(Request(url=server.url("/fast")))

    assert isinstance(asyncio.run(run()), Fetched)


def test_fetch_all_when_reading_the_requests_fails_then_that_error_comes_out(
    server: FeedServer,
) -> None:
    def requests() -> Iterator[Request]:
        yield Request(url=server.url("/feed"))
        raise LookupError("a fault of the caller")

    async def run() -> None:
        async with client() as opened:
            async for _ in opened.fetch_all(requests()):
                pass

    with pytest.raises(LookupError):
        asyncio.run(run())


def test_client_when_not_entered_then_says_so(server: FeedServer) -> None:
    with pytest.raises(RuntimeError, match="async with"):
        asyncio.run(_collect(client(), server.url("/")))


async def _collect(opened: Client, url: str) -> Outcome:
    return await opened.fetch(Request(url=url))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="not Linux")
def test_client_when_closed_then_nothing_is_left_open(server: FeedServer) -> None:
    server.add("/feed", RSS)
    urls = [server.url("/feed", host) for host in HOSTS] * 4

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    async def run() -> tuple[int, int]:
        before = open_files()
        async with client() as opened:
            async for _ in opened.fetch_all(Request(url=url) for url in urls):
                pass
        await asyncio.sleep(0.05)  # the server's side of the connections
        return before, open_files()

    before, after = asyncio.run(run())
    assert after <= before


# Servers that close kept connections without a word


@pytest.fixture
def closing_port() -> Iterator[int]:
    """Port of a server that promises keep-alive and closes after each answer."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()
        writer.close()

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    server.close()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_fetch_all_when_kept_connections_die_unannounced_then_asked_again(
    closing_port: int,
) -> None:
    settings = FetchSettings(
        connections_per_host=16, host_spacing=0.0, allow_networks=("127.0.0.1/32",)
    )
    answered = ask_all([f"http://127.0.0.1:{closing_port}/"] * 3000, settings)
    assert Counter(type(outcome) for _, outcome in answered) == {Fetched: 3000}


def test_fetch_when_judging_an_answer_breaks_down_then_it_fails_and_the_others_go_on(
    server: FeedServer,
) -> None:
    broken = server.add("/broken", status=503, headers={"Retry-After": "99999"})
    fine = server.add("/fine", RSS)

    async def run() -> dict[str, Outcome]:
        end_of_time = datetime.max.replace(tzinfo=UTC)  # a wait cannot be added to it
        async with Client(SETTINGS, user_agent="Ecliptic/0", now=end_of_time) as opened:
            requests = [Request(url=broken), Request(url=fine)]
            return {
                asked.url: outcome
                async for answered in opened.fetch_all(requests)
                for asked, outcome in answered
            }

    outcomes = asyncio.run(asyncio.wait_for(run(), 10))
    failed = outcomes[broken]
    assert isinstance(failed, Failed)
    assert (failed.code, failed.detail[:13]) == ("fetch.crash", "OverflowError")
    assert isinstance(outcomes[fine], Fetched)


def test_fetch_when_a_connection_used_again_falls_silent_then_it_is_the_answer_that_is_missed(
    server: FeedServer,
) -> None:
    urls = [server.add("/fine", RSS), server.add("/silent", RSS, delay=30)]
    settings = FetchSettings(timeout=1.0, connections_per_host=1, allow_networks=("127.0.0.0/8",))
    (_, fine), (_, silent) = ask_all(urls, settings)
    assert isinstance(fine, Fetched)
    assert isinstance(silent, Failed)
    assert (silent.code, silent.detail) == ("fetch.timeout", "answer")
    assert server.connections == 1
