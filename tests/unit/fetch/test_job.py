from __future__ import annotations

import pytest

from ecliptic.fetch.job import Job
from ecliptic.fetch.target import read_target
from ecliptic.model.access import Access, Proxy
from ecliptic.model.outcome import Request

A, B, C = "http://a.example/feed", "http://b.example/feed", "http://c.example/feed"


def job(**fields: str) -> Job:
    request = Request(**{"url": A, **fields})  # type: ignore[arg-type] # all are text
    return Job(request, read_target(request.url))


def test_validators_then_sent_byte_for_byte() -> None:
    lines = job(etag='W/"\xe9 x"', last_modified="some day").validators()
    assert lines == [
        b'If-None-Match: W/"\xe9 x"',
        b"A-IM: feed",
        b"If-Modified-Since: some day",
    ]


def test_validators_when_there_is_no_etag_then_no_delta_is_asked_for() -> None:
    asked = job(last_modified="some day")
    assert asked.validators() == [b"If-Modified-Since: some day"]
    assert not asked.asks_delta
    whole = Job(Request(url=A, etag='"x"', whole=True), read_target(A))
    assert whole.validators() == [b'If-None-Match: "x"']
    assert not whole.asks_delta
    moved = job(etag='"x"')
    moved.validators()
    assert moved.asks_delta
    moved.follow(B, 301)
    moved.validators()
    assert not moved.asks_delta


def test_validators_when_none_then_no_lines() -> None:
    assert job().validators() == []


@pytest.mark.parametrize("value", ["a\r\nHost: evil", "a\nb", "\u20ac", "\x00"])
def test_validators_when_they_cannot_stand_in_a_header_then_not_sent(value: str) -> None:
    assert job(etag=value, last_modified=value).validators() == []


def test_validators_when_of_another_address_then_sent_only_there() -> None:
    moved = job(etag='"x"', validators_url=B)
    assert moved.validators() == []
    moved.follow(B, 302)
    assert moved.validators() == [b'If-None-Match: "x"', b"A-IM: feed"]
    moved.follow(C, 302)
    assert moved.validators() == []


def test_validators_when_redirected_then_not_sent_on() -> None:
    moved = job(etag='"x"')
    moved.follow(B, 301)
    assert moved.validators() == []


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        ([], ""),
        ([(B, 301)], B),
        ([(B, 308), (C, 301)], C),
        ([(B, 302)], ""),
        ([(B, 301), (C, 302)], ""),
        ([(B, 307), (C, 301)], ""),
        ([(B, 301), (A, 301)], ""),
    ],
)
def test_permanent_url_then_given_only_if_every_hop_was_permanent(
    hops: list[tuple[str, int]], expected: str
) -> None:
    moved = job()
    for location, status in hops:
        moved.follow(location, status)
    assert moved.permanent_url() == expected


def test_permanent_url_when_it_needs_credentials_then_none() -> None:
    url = "http://me:secret@a.example/feed"
    moved = job(url=url)
    moved.follow("/new", 301)
    assert moved.permanent_url() == ""
    assert moved.target.credentials == "me:secret"


def at_home(url: str, home: str = A) -> Job:
    request = Request(url=url, access=Access(home=home, credentials="me:secret"))
    return Job(request, read_target(request.url))


def test_job_when_at_its_feeds_own_place_then_it_has_the_credentials() -> None:
    found = at_home(A)
    assert found.is_home
    assert found.target.credentials == "me:secret"
    assert not job().is_home


@pytest.mark.parametrize(
    ("url", "home"),
    [(B, A), (A, A.replace("http:", "https:")), (A.replace("a.example", "a.example:81"), A)],
)
def test_job_when_at_another_place_then_it_has_no_credentials(url: str, home: str) -> None:
    found = at_home(url, home)
    assert not found.is_home
    assert found.target.credentials == ""


@pytest.mark.parametrize(
    ("hops", "is_home"),
    [(["/other"], True), ([A.replace("http:", "https:")], True), ([B], False), ([B, A], False),
     ([A.replace("http:", "https:"), A], False)],
)  # fmt: skip
def test_job_when_it_follows_redirects_then_it_is_home_until_it_leaves(
    hops: list[str],
    is_home: bool,  # noqa: FBT001 - what is expected
) -> None:
    found = at_home(A)
    for hop in hops:
        found.follow(hop, 302)
    assert found.is_home is is_home
    assert found.target.credentials == ("me:secret" if is_home else "")


@pytest.mark.parametrize(
    ("access", "within"),
    [
        (Access(home=A, credentials="me:secret"), ""),  # they may stand in the address
        (Access(home=A, headers=(("X-Token", "secret"),)), "http://a.example/other"),
    ],
)
def test_permanent_url_when_secrets_would_be_lost_then_none(access: Access, within: str) -> None:
    for location, expected in (("/other", within), (B, "")):
        moved = Job(Request(url=A, access=access), read_target(A))
        moved.follow(location, 301)
        assert moved.permanent_url() == expected


def test_permanent_url_when_only_the_way_is_special_then_as_for_any_feed() -> None:
    request = Request(url=A, access=Access(home=A, proxy=Proxy("http://proxy.example:3128")))
    moved = Job(request, read_target(A))
    moved.follow(B, 301)
    assert moved.permanent_url() == B
