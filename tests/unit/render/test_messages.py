from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ecliptic.model.entry import Reason
from ecliptic.model.feed import FetchState
from ecliptic.model.move import Duplicate
from ecliptic.render.messages import messages
from making import NOON
from rendering import make_feed


@pytest.mark.parametrize(
    ("status", "code", "planet", "venus"),
    [
        (200, "", None, None),
        (403, "fetch.status", "403: forbidden", "403: forbidden"),
        (404, "fetch.status", "404: not found", "404: not found"),
        (410, "fetch.gone", "410: gone", "410: gone"),
        (500, "fetch.status", "internal server error", "500: internal server error"),
        (0, "fetch.timeout", "408: request timeout", "408: request timeout"),
        (503, "fetch.status", "http status 503", "http status 503"),
    ],
)
def test_messages_when_a_feed_fails_says_it_as_the_engine_did(
    status: int, code: str, planet: str | None, venus: str | None
) -> None:
    feed = make_feed(fetch=FetchState(status=status, code=code))
    for dialect, said in (("planet", planet), ("venus", venus)):
        found = messages([feed], (), dialect, threshold=0, changed_at=NOON, newest={})
        assert found.get(1) == said


def test_messages_when_there_was_no_answer_says_why_in_our_words() -> None:
    for code, detail, said in (
        ("fetch.dns", "a.example", "no address is known for the name a.example"),
        ("fetch.connect", "no answer after 7 ms", "no connection could be made"),
    ):
        feed = make_feed(fetch=FetchState(code=code, detail=detail))
        assert messages([feed], (), "planet", threshold=0, changed_at=NOON, newest={}) == {1: said}


def test_messages_when_a_feed_is_silent_counts_to_when_the_planet_changed() -> None:
    newest = {1: NOON - timedelta(days=91), 2: NOON - timedelta(days=89)}
    feeds = [make_feed(1), make_feed(2), make_feed(3), make_feed(4, fetch=FetchState())]

    def silent(threshold: int, changed_at: datetime | None) -> dict[int, str]:
        return messages(
            feeds, (), "planet", threshold=threshold, changed_at=changed_at, newest=newest
        )

    assert silent(90, NOON) == dict.fromkeys((1, 3), "no activity in 90 days")
    assert set(silent(90, NOON - timedelta(days=2))) == {3}
    assert silent(0, NOON) == silent(90, None) == {}


def test_messages_when_a_feed_is_subscribed_twice_venus_says_so() -> None:
    twin = Duplicate(
        feed_id=2, url="https://b.example/", other="https://a.example/",
        reason=Reason(code="decide.same_feed", at=NOON),
    )  # fmt: skip
    feeds = [make_feed(1), make_feed(2)]
    assert messages(feeds, [twin], "venus", threshold=0, changed_at=NOON, newest={}) == {
        2: "duplicate subscription: https://a.example/"
    }
    assert messages(feeds, [twin], "planet", threshold=0, changed_at=NOON, newest={}) == {}
