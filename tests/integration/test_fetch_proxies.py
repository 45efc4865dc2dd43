from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import trustme

from ecliptic.fetch import Client
from ecliptic.model import access as model
from ecliptic.model.access import Access
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from proxies import Connect, Odd, Proxy, SecureConnect, Socks5

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = FetchSettings(timeout=5.0)
LOOPBACK = FetchSettings(timeout=5.0, allow_networks=("127.0.0.0/8",))
RSS = b"<rss>" + b"Some text. " * 300 + b"</rss>"
NAMES = {"feed.example": "127.0.0.1", "other.example": "127.0.0.1", "dead.example": "127.0.0.9"}
LOGIN = ("me@home", "p:s s")
IN_URL = "me%40home:p%3As%20s@"


@pytest.fixture(params=[Socks5, Connect])
def proxy(request: pytest.FixtureRequest) -> Iterator[Proxy]:
    with request.param(names=NAMES) as running:
        yield running


def through(proxy: Proxy | str, settings: FetchSettings = SETTINGS) -> FetchSettings:
    url = proxy if isinstance(proxy, str) else proxy.url()
    return msgspec.structs.replace(settings, proxy=model.Proxy(url))


def ask_all(requests: list[Request], settings: FetchSettings = SETTINGS) -> dict[int, Outcome]:
    """Ask one after the other, so that connections could be used again."""

    async def run() -> dict[int, Outcome]:
        async with Client(settings, user_agent="test", now=NOW) as client:
            return {number: await client.fetch(each) for number, each in enumerate(requests)}

    return asyncio.run(run())


def ask(request: Request | str, settings: FetchSettings = SETTINGS) -> Outcome:
    return ask_all([Request(url=request) if isinstance(request, str) else request], settings)[0]


def failure(outcome: Outcome) -> tuple[str, str]:
    assert isinstance(outcome, Failed)
    return outcome.code, outcome.detail


# A proxy for all feeds


def test_fetch_when_the_planet_has_a_proxy_then_it_resolves_the_name_and_carries_all(
    server: FeedServer, proxy: Proxy
) -> None:
    server.add("/feed", RSS, etag='"own"', compress=False)
    outcome = ask(server.url("/feed", "feed.example"), through(proxy))
    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.etag) == (RSS, '"own"')
    assert proxy.asked == [("feed.example", server.port)]
    assert server.count() == 1


def test_fetch_when_the_proxy_is_a_name_then_it_is_found(server: FeedServer, proxy: Proxy) -> None:
    server.add("/feed", RSS)
    named = through(proxy.url(host="localhost"))
    assert isinstance(ask(server.url("/feed", "feed.example"), named), Fetched)


@pytest.mark.parametrize("kind", [Socks5, Connect])
def test_fetch_when_the_proxy_wants_a_login_then_it_gets_it(
    server: FeedServer, kind: type[Proxy]
) -> None:
    server.add("/feed", RSS)
    with kind(names=NAMES, login=LOGIN) as proxy:
        url = server.url("/feed", "feed.example")
        assert isinstance(ask(url, through(proxy.url(IN_URL))), Fetched)
        assert (proxy.refused, len(proxy.asked)) == (0, 1)
        for wrong in ("", "me%40home:secret-guess@"):
            outcome = ask(url, through(proxy.url(wrong)))
            code, detail = failure(outcome)
            assert code == "fetch.proxy"
            assert "secret-guess" not in detail
        assert (proxy.refused, len(proxy.asked)) == (2, 1)
    assert "proxy-authorization" not in server.requests()[0].headers


def test_fetch_when_the_proxy_speaks_tls_then_its_certificate_is_checked(
    server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.add("/feed", RSS)
    url = server.url("/feed", "feed.example")
    with SecureConnect(names=NAMES, tls=context) as proxy:
        # The exception of a feed is not one for the proxy.
        mine = Request(url=url, access=Access(home=url, insecure=True))
        assert failure(ask(mine, through(proxy)))[0] == "fetch.tls"
        assert proxy.asked == []
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        assert isinstance(ask(url, through(proxy)), Fetched)


def test_fetch_when_the_environment_says_otherwise_then_the_proxy_is_used_all_the_same(
    server: FeedServer, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "*")
    url = server.url("/feed", "feed.example")
    server.add("/feed", RSS)
    assert isinstance(ask(url, through(proxy)), Fetched)
    assert len(proxy.asked) == 1


def test_fetch_when_the_proxy_does_not_listen_then_that_is_said() -> None:
    with Connect() as gone:
        pass
    outcome = ask("http://feed.example/", through(gone))
    assert failure(outcome) == ("fetch.proxy", "Connection refused")


def test_fetch_when_the_proxys_name_is_unknown_then_that_is_said() -> None:
    outcome = ask("http://feed.example/", through("socks5h://nowhere.invalid:1080"))
    assert failure(outcome) == ("fetch.proxy", "no address is known for nowhere.invalid")


def test_fetch_when_the_proxy_cannot_reach_the_host_then_that_is_said(proxy: Proxy) -> None:
    assert failure(ask("http://dead.example:9/", through(proxy)))[0] == "fetch.bad_url"
    assert failure(ask("http://dead.example:999/", through(proxy)))[0] == "fetch.proxy"
    assert proxy.asked == [("dead.example", 999)]


@pytest.mark.parametrize(
    "status",
    ["301 Moved Permanently", "304 Not Modified", "401 Unauthorized", "410 Gone", "503 Busy"],
)
def test_fetch_when_the_proxy_answers_itself_then_that_is_not_the_feeds_answer(status: str) -> None:
    fields = "Location: http://other.example/\r\nRetry-After: 99\r\nETag: x\r\nContent-Length: 0"
    with Odd() as proxy:
        proxy.answer = f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode()
        outcome = ask(Request(url="http://feed.example/", etag='"x"'), through(proxy))
    assert failure(outcome) == ("fetch.proxy", f"it answered {status[:3]}")
    assert isinstance(outcome, Failed)
    assert (outcome.status, outcome.retry_at) == (0, None)
    assert proxy.connections == 1


def test_fetch_when_the_proxy_is_silent_then_it_ends_in_time() -> None:
    with Odd() as proxy:
        settings = msgspec.structs.replace(through(proxy), timeout=1.0)
        assert failure(ask("http://feed.example/", settings))[0] == "fetch.timeout"
        assert proxy.connections == 1


def test_fetch_when_the_host_behind_a_proxy_is_silent_then_it_is_its_answer_that_is_missed(
    server: FeedServer, proxy: Proxy
) -> None:
    server.add("/feed", RSS, delay=5.0)
    settings = msgspec.structs.replace(through(proxy), timeout=1.0)
    outcome = ask(server.url("/feed", "feed.example"), settings)
    assert failure(outcome) == ("fetch.timeout", "answer")


# The guard


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
        "017700000001", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0", "1.2.3.4.5",
        "4294967297", "256.256.256.256", "08.0.0.1",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fd00::1]", "[fe80::1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost", "localhost.", "LOCALHOST",
        "any.localhost", "localhost.localdomain", "\uff11\uff12\uff17.0.0.1",
        "127\u30020\u30020\u30021",
    ],
)  # fmt: skip
def test_fetch_when_the_target_is_guarded_then_no_proxy_hears_of_it(
    server: FeedServer, proxy: Proxy, host: str
) -> None:
    server.add("/feed", RSS)
    outcome = ask(server.url("/feed", host), through(proxy))
    assert failure(outcome)[0] == "fetch.refused_address"
    assert (proxy.connections, server.count()) == (0, 0)


def test_fetch_when_redirected_to_a_guarded_target_then_the_proxy_hears_of_the_first_only(
    server: FeedServer, proxy: Proxy
) -> None:
    server.add("/secret", RSS)
    for number, host in enumerate(("127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost")):
        server.add(f"/{number}", redirect=server.url("/secret", host))
        outcome = ask(server.url(f"/{number}", "feed.example"), through(proxy))
        assert failure(outcome)[0] == "fetch.refused_address"
    assert {host for host, _ in proxy.asked} == {"feed.example"}
    assert server.count("/secret") == 0


def test_fetch_when_the_operator_allows_the_network_then_the_proxy_is_asked(
    server: FeedServer, proxy: Proxy
) -> None:
    server.add("/feed", RSS)
    assert isinstance(ask(server.url("/feed"), through(proxy, LOOPBACK)), Fetched)
    assert proxy.asked == [("127.0.0.1", server.port)]


def test_fetch_when_a_feed_has_a_proxy_then_its_address_is_open_to_that_feed_only(
    server: FeedServer, proxy: Proxy
) -> None:
    server.add("/feed", RSS)
    mine = server.url("/feed", "feed.example")
    access = Access(home=mine, proxy=model.Proxy(proxy.url()))
    asked = [
        Request(url=mine, access=access),
        Request(url=f"http://127.0.0.1:{proxy.port}/"),
        Request(url=server.url("/feed")),
        Request(url=mine, access=access),
    ]
    outcomes = ask_all(asked)
    assert [isinstance(outcome, Fetched) for outcome in outcomes.values()] == [
        True, False, False, True,
    ]  # fmt: skip
    assert {failure(outcomes[number])[0] for number in (1, 2)} == {"fetch.refused_address"}
    assert (proxy.connections, server.count()) == (2, 2)


def test_fetch_when_a_feed_goes_direct_then_the_planets_proxy_hears_nothing(
    server: FeedServer, proxy: Proxy
) -> None:
    url = server.add("/feed", RSS)
    direct = Request(url=url, access=Access(home=url, proxy=model.Proxy()))
    settings = through(proxy, LOOPBACK)
    first, second = ask_all([direct, Request(url=url)], settings).values()
    assert isinstance(first, Fetched)
    assert isinstance(second, Fetched)
    assert len(proxy.asked) == 1
    assert failure(ask(direct, through(proxy)))[0] == "fetch.refused_address"


def test_fetch_when_two_feeds_have_proxies_of_their_own_then_neither_uses_the_others(
    server: FeedServer,
) -> None:
    server.add("/feed", RSS)
    url = server.url("/feed", "feed.example")
    with Socks5(names=NAMES, login=LOGIN) as one, Socks5(names=NAMES) as other:
        first = Access(home=url, proxy=model.Proxy(one.url(IN_URL)))
        second = Access(home=url, proxy=model.Proxy(other.url()))
        unknown = Access(home=url, proxy=model.Proxy(one.url()))
        asked = [Request(url=url, access=access) for access in (first, second, unknown)]
        outcomes = ask_all(asked)
        assert isinstance(outcomes[0], Fetched)
        assert isinstance(outcomes[1], Fetched)
        assert failure(outcomes[2])[0] == "fetch.proxy"
        assert (len(one.asked), len(other.asked)) == (1, 1)
        assert (one.refused, other.refused) == (1, 0)
        assert b"me@home" not in other.received
