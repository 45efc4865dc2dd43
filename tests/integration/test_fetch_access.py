from __future__ import annotations

import asyncio
import base64
import os
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import trustme

from ecliptic.fetch import Client
from ecliptic.model import access as model
from ecliptic.model.access import Access
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from proxies import Connect

Make = Callable[[str], Request]
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = FetchSettings(timeout=5.0, max_bytes=100_000, allow_networks=("127.0.0.0/8",))
RSS = b"<rss>Some text.</rss>"
HEADERS = (("X-Token", "t0ken"), ("Authorization", "Bearer t0ken"))
BASIC = "Basic " + base64.b64encode("me:pä:ss".encode()).decode()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2")) as running:
        yield running


@pytest.fixture
def secure() -> Iterator[FeedServer]:
    """A server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2"), tls=context) as running:
        yield running


def ask_all(requests: list[Request], settings: FetchSettings = SETTINGS) -> list[Outcome]:
    """Ask one after the other, so that handles and connections could be used again."""

    async def run() -> list[Outcome]:
        async with Client(settings, user_agent="test", now=NOW) as client:
            return [await client.fetch(each) for each in requests]

    return asyncio.run(run())


def ask(request: Request, settings: FetchSettings = SETTINGS) -> Outcome:
    return ask_all([request], settings)[0]


def with_headers(url: str) -> Request:
    return Request(url=url, etag='"x"', access=Access(home=url, headers=HEADERS))


def with_password(url: str) -> Request:
    return Request(url=url, access=Access(home=url, credentials="me:pä:ss"))


def also(request: Request, **fields: object) -> Request:
    assert request.access is not None
    access = msgspec.structs.replace(request.access, **fields)
    return msgspec.structs.replace(request, access=access)


def failure(outcome: Outcome) -> tuple[str, str]:
    assert isinstance(outcome, Failed)
    return outcome.code, outcome.detail


# Headers and credentials


def test_fetch_when_a_feed_has_headers_then_they_are_sent_beside_ours(server: FeedServer) -> None:
    url = server.add("/feed", RSS)
    plain = Request(url=url)
    ask_all([plain, with_headers(url), plain])
    before, mine, after = (request.headers for request in server.requests())
    own = {
        "x-token": "t0ken",
        "authorization": "Bearer t0ken",
        "if-none-match": '"x"',
        "a-im": "feed",
    }
    assert mine == {**before, **own}
    assert before == after


def test_fetch_when_a_feed_has_a_password_then_only_it_is_sent_that(server: FeedServer) -> None:
    url = server.add("/feed", RSS)
    plain = Request(url=url)
    outcomes = ask_all([plain, with_password(url), plain])
    sent = [request.headers.get("authorization") for request in server.requests()]
    assert sent == [None, BASIC, None]
    assert "pä" not in repr(outcomes)


@pytest.mark.parametrize("make", [with_headers, with_password])
def test_fetch_when_redirected_then_secrets_stay_with_their_place(
    server: FeedServer, make: Make
) -> None:
    with FeedServer() as elsewhere:
        server.add("/end", RSS)
        server.add("/same", redirect="/end")
        server.add("/host", redirect=server.url("/end", "127.0.0.2"))
        server.add("/port", redirect=elsewhere.add("/end", RSS))
        server.add("/away", redirect=elsewhere.add("/back", redirect=server.url("/end")))
        for path, kept in (("/same", True), ("/host", False), ("/port", False), ("/away", False)):
            server.forget_requests()
            elsewhere.forget_requests()
            assert isinstance(ask(make(server.url(path))), Fetched)
            first, *rest = [*server.requests(path), *server.requests("/end"),
                            *elsewhere.requests()]  # fmt: skip
            assert "authorization" in first.headers
            assert rest
            assert {"authorization" in request.headers for request in rest} == {kept}
            assert {"x-token" in request.headers for request in rest} <= {kept, False}


@pytest.mark.parametrize("make", [with_headers, with_password])
def test_fetch_when_redirected_from_https_to_http_then_secrets_are_not_sent(
    secure: FeedServer, make: Make
) -> None:
    with FeedServer() as plain:
        url = secure.add("/feed", redirect=plain.add("/end", RSS))
        outcome = ask(also(make(url), insecure=True))
        assert isinstance(outcome, Fetched)
        assert "authorization" in secure.requests()[0].headers
        assert "authorization" not in plain.requests()[0].headers


@pytest.mark.parametrize("make", [with_headers, with_password])
def test_fetch_when_the_request_is_for_another_place_than_the_feeds_then_no_secrets(
    server: FeedServer, make: Make
) -> None:
    server.add("/feed", RSS)
    request = make(server.url("/feed"))
    moved = msgspec.structs.replace(request, url=server.url("/feed", "127.0.0.2"))
    assert isinstance(ask(moved), Fetched)
    assert "authorization" not in server.requests()[0].headers


@pytest.mark.parametrize("make", [with_headers, with_password])
def test_fetch_when_through_a_proxy_then_it_is_not_told_the_feeds_secrets(
    secure: FeedServer, make: Make
) -> None:
    url = secure.add("/feed", RSS)
    with Connect() as proxy:
        request = also(make(url), insecure=True, proxy=model.Proxy(proxy.url()))
        assert isinstance(ask(request), Fetched)
        assert "authorization" in secure.requests()[0].headers
        assert proxy.asked == [("127.0.0.1", secure.port)]
        assert b"authorization" not in proxy.received.lower()
        assert b"x-token" not in proxy.received.lower()


def test_access_when_shown_then_without_its_secrets() -> None:
    access = Access(home="http://a.example/", headers=HEADERS, credentials="me:pä",
                    proxy=model.Proxy("http://me:pä@proxy.example:3128"))  # fmt: skip
    settings = FetchSettings(proxy=model.Proxy("http://me:pä@proxy.example:3128"))
    shown = repr(access) + str(access) + repr(settings) + repr(access.proxy)
    assert "pä" not in shown
    assert "t0ken" not in shown
    assert "http://proxy.example:3128" in repr(settings)


# Certificates


def test_fetch_when_a_certificate_is_not_to_be_checked_then_for_that_feed_only(
    secure: FeedServer,
) -> None:
    url = secure.add("/feed", RSS)
    excepted = Request(url=url, access=Access(home=url, insecure=True))
    checked = Request(url=url)
    outcomes = ask_all([checked, excepted, checked, excepted, checked])
    assert [isinstance(outcome, Fetched) for outcome in outcomes] == [False, True] * 2 + [False]
    assert {failure(outcome)[0] for outcome in outcomes[::2]} == {"fetch.tls"}
    assert secure.count() == 2


def test_fetch_when_an_excepted_feed_leads_elsewhere_then_the_certificate_there_is_checked(
    secure: FeedServer,
) -> None:
    secure.add("/end", RSS)
    for path, to, is_read in (
        ("/same", "/end", True),
        ("/other", secure.url("/end", "127.0.0.2"), False),
    ):
        url = secure.add(path, redirect=to)
        outcome = ask(Request(url=url, access=Access(home=url, insecure=True)))
        assert isinstance(outcome, Fetched) is is_read
        assert is_read or failure(outcome)[0] == "fetch.tls"
    assert secure.count("/end") == 1


def test_fetch_when_another_feed_leads_to_an_excepted_place_then_it_is_checked(
    secure: FeedServer, server: FeedServer
) -> None:
    url = secure.add("/feed", RSS)
    start = server.add("/start", redirect=url)
    outcome = ask(Request(url=start, access=Access(home=start, insecure=True)))
    assert failure(outcome)[0] == "fetch.tls"


# Files


def local(path: Path | str, etag: str = "") -> Request:
    url = path if isinstance(path, str) else path.as_uri()
    return Request(url=url, etag=etag, access=Access(home=url, local=True))


def test_fetch_when_the_operator_names_a_file_then_read_and_unchanged_the_next_time(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a feed.xml"
    path.write_bytes(RSS)
    first = ask(local(path))
    assert isinstance(first, Fetched)
    assert (first.body, first.url, first.received) == (RSS, path.as_uri(), len(RSS))
    assert isinstance(ask(local(path, first.etag)), NotModified)
    path.write_bytes(RSS + b" ")
    assert isinstance(ask(local(path, first.etag)), Fetched)
    path.write_bytes(RSS)
    os.utime(path, ns=(1, 1))
    assert isinstance(ask(local(path, first.etag)), Fetched)


def test_fetch_when_a_file_is_too_large_then_failed(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"x" * SETTINGS.max_bytes)
    assert isinstance(ask(local(path)), Fetched)
    path.write_bytes(b"x" * (SETTINGS.max_bytes + 1))
    assert failure(ask(local(path))) == ("fetch.too_large", "the document")


def test_fetch_when_it_is_no_regular_file_then_failed_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/dev/null")):
        assert failure(ask(local(path))) == ("fetch.file", "it is no regular file")
    assert failure(ask(local(tmp_path / "none")))[1] == "No such file or directory"
    assert failure(ask(local("file:///a%00b")))[0] == "fetch.file"


def test_fetch_when_a_file_is_not_the_operators_then_it_is_never_read(
    tmp_path: Path, server: FeedServer
) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    url = path.as_uri()
    assert failure(ask(Request(url=url)))[0] == "fetch.bad_url"
    assert failure(ask(Request(url=url, access=Access(home=url))))[0] == "fetch.bad_url"
    start = server.add("/feed", redirect=url)
    for access in (None, Access(home=start), Access(home=url)):
        code, _ = failure(ask(Request(url=start, access=access)))
        assert code in {"fetch.bad_redirect", "fetch.bad_url"}


def test_fetch_all_when_files_and_addresses_are_mixed_then_each_has_its_answer(
    tmp_path: Path, server: FeedServer
) -> None:
    requests = []
    for number in range(40):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(b"%d" % number)
        requests.append(msgspec.structs.replace(local(path), tag=number))
        url = server.add(f"/{number}", b"%d" % (100 + number))
        requests.append(Request(url=url, tag=100 + number))

    async def run() -> dict[int, bytes]:
        found = {}
        async with Client(SETTINGS, user_agent="test", now=NOW) as client:
            async for answers in client.fetch_all(requests):
                for request, outcome in answers:
                    assert isinstance(outcome, Fetched)
                    found[request.tag] = outcome.body
        return found

    assert asyncio.run(run()) == {request.tag: b"%d" % request.tag for request in requests}
