"""A form is sent once, to a place that may be asked, and what is said about it costs little."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from ecliptic.fetch import Client
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from hubs import Answer, Hub

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = FetchSettings(timeout=2.0, allow_networks=("127.0.0.0/8",))
FORM = (("hub.mode", "publish"), ("hub.url", "https://planet.example/a?b=ä&c=1"))


def send(*requests: Request, settings: FetchSettings = SETTINGS) -> list[Outcome]:
    async def run() -> list[Outcome]:
        async with Client(
            settings, user_agent="Ecliptic/0 (+https://p.example/)", now=NOW
        ) as client:
            return [await client.fetch(request) for request in requests]

    return asyncio.run(run())


def post(hub: Hub, settings: FetchSettings = SETTINGS) -> Outcome:
    (outcome,) = send(Request(url=hub.url, form=FORM), settings=settings)
    return outcome


def test_form_when_sent_then_it_arrives_whole_with_our_name() -> None:
    with Hub() as hub:
        outcome = post(hub)
        assert isinstance(outcome, Fetched)
        assert outcome.status == 204
        (seen,) = hub.seen
    assert (seen.method, seen.path) == ("POST", "/hub")
    assert seen.fields["Content-Type"] == "application/x-www-form-urlencoded"
    assert seen.fields["User-Agent"] == "Ecliptic/0 (+https://p.example/)"
    assert "Expect" not in seen.fields
    assert seen.form == dict(FORM)


def test_form_when_a_document_is_asked_for_after_it_then_that_is_a_plain_get() -> None:
    with Hub() as hub, FeedServer() as server:
        feed = Request(url=server.add("/feed", b"<rss/>"))
        first, _, second = send(feed, Request(url=hub.url, form=FORM), feed)
        assert isinstance(first, Fetched)
        assert isinstance(second, Fetched)
        assert second.body == b"<rss/>"
        assert [seen.method for seen in server.requests()] == ["GET", "GET"]


@pytest.mark.parametrize("answer", [
    Answer(202, {}, b"x" * 1_000_000),
    Answer(200, {"Content-Encoding": "gzip"}, b"this is not gzip"),
    Answer(200, {}, b"slow", pause=6.0),
], ids=["huge", "garbled", "slow"])  # fmt: skip
def test_form_when_it_was_taken_then_what_is_said_about_it_does_not_matter(answer: Answer) -> None:
    with Hub(answer) as hub:
        outcome = post(hub)
        assert isinstance(outcome, Fetched)
        assert outcome.body == b""
        assert outcome.received < 500_000
        assert len(hub.seen) == 1


def test_form_when_the_hub_does_not_answer_then_it_fails_in_time() -> None:
    with Hub(Answer(delay=6.0)) as hub:
        start = time.monotonic()
        outcome = post(hub)
        assert time.monotonic() - start < 5.9
    assert isinstance(outcome, Failed)
    assert outcome.code == "fetch.timeout"


@pytest.mark.parametrize("status", [400, 404, 500])
def test_form_when_it_is_refused_then_that_is_its_code(status: int) -> None:
    with Hub(Answer(status, {}, b"no")) as hub:
        outcome = post(hub)
    assert isinstance(outcome, Failed)
    assert outcome.code == f"fetch.http_{status}"


def test_form_when_the_hub_asks_to_wait_then_that_is_kept() -> None:
    with Hub(Answer(503, {"Retry-After": "7200"})) as hub:
        outcome = post(hub)
    assert isinstance(outcome, Failed)
    assert outcome.retry_at == NOW + timedelta(hours=2)


@pytest.mark.parametrize("status", [301, 302, 303])
def test_form_when_a_redirect_would_make_it_a_get_then_it_is_not_followed(status: int) -> None:
    with Hub() as other, Hub(Answer(status, {"Location": other.url})) as hub:
        outcome = post(hub)
        assert other.seen == []
    assert isinstance(outcome, Failed)
    assert outcome.code == f"fetch.http_{status}"


@pytest.mark.parametrize("status", [307, 308])
def test_form_when_a_redirect_keeps_the_method_then_it_goes_along(status: int) -> None:
    with Hub() as other, Hub(Answer(status, {"Location": other.url})) as hub:
        assert isinstance(post(hub), Fetched)
        assert [(seen.method, seen.form) for seen in other.seen] == [("POST", dict(FORM))]


def test_form_when_redirected_to_a_private_address_then_it_is_not_sent_there() -> None:
    only = FetchSettings(timeout=2.0, allow_networks=("127.0.0.1/32",))
    with FeedServer(hosts=("127.0.0.2",)) as private:
        to = private.url("/admin")
        with Hub(Answer(307, {"Location": to})) as hub:
            outcome = post(hub, only)
        assert private.connections == 0
    assert isinstance(outcome, Failed)
    assert outcome.code == "fetch.refused_address"


def test_form_when_the_hub_itself_is_private_then_it_is_not_asked() -> None:
    with Hub() as hub:
        outcome = post(hub, FetchSettings(timeout=2.0))
        assert hub.seen == []
    assert isinstance(outcome, Failed)
    assert outcome.code == "fetch.refused_address"
