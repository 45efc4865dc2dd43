from __future__ import annotations

from datetime import UTC, datetime

from ecliptic.fetch.batch import Batch
from ecliptic.fetch.host import Manners
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome, Request

MANNERS = Manners(
    per_host=1, spacing=0.0, rest=60, longest_rest=60, now=datetime(2026, 1, 2, tzinfo=UTC)
)
ASKED = Request(url="https://blog.example/feed")
UNCHANGED = NotModified(url=ASKED.url)
BODY = Fetched(url=ASKED.url, body=b"x" * 20_000_000)


def test_take_when_nothing_has_a_body_then_all_come_together() -> None:
    batch = Batch((), connections=4, manners=MANNERS)
    assert batch.take() == []
    answers: list[tuple[Request, Outcome]] = [
        (ASKED, UNCHANGED),
        (ASKED, Failed(url=ASKED.url, code="fetch.dns")),
    ]
    for request, outcome in answers:
        batch.put(request, outcome)
    assert batch.take() == answers
    assert batch.take() == []


def test_take_when_bodies_wait_then_one_is_given_out_at_a_time() -> None:
    batch = Batch((), connections=9, manners=MANNERS)
    for outcome in (UNCHANGED, BODY, BODY, UNCHANGED):
        batch.put(ASKED, outcome)
    assert not batch.may_start()  # bodies of 40 MB wait
    assert batch.take() == [(ASKED, UNCHANGED), (ASKED, BODY)]
    assert batch.may_start()
    assert batch.take() == [(ASKED, BODY)]
    assert batch.take() == [(ASKED, UNCHANGED)]
