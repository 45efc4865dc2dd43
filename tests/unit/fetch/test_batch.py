from __future__ import annotations

from ecliptic.fetch.batch import Batch
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome, Request

ASKED = Request(url="https://blog.example/feed")
UNCHANGED = NotModified(url=ASKED.url)
BODY = Fetched(url=ASKED.url, body=b"x" * 20_000_000)


def test_take_when_nothing_has_a_body_then_all_come_together() -> None:
    batch = Batch((), connections=4, per_host=1)
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
    batch = Batch((), connections=9, per_host=1)
    for outcome in (UNCHANGED, BODY, BODY, UNCHANGED):
        batch.put(ASKED, outcome)
    assert not batch.may_start()  # bodies of 40 MB wait
    assert batch.take() == [(ASKED, UNCHANGED), (ASKED, BODY)]
    assert batch.may_start()
    assert batch.take() == [(ASKED, BODY)]
    assert batch.take() == [(ASKED, UNCHANGED)]
