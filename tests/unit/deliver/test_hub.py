"""What a hub is owed, and what follows from its answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from ecliptic.deliver import after, outbox, ping_request
from ecliptic.model.outcome import Failed, Fetched, Held, Outcome
from ecliptic.model.ping import Ping
from making import NOON

HUB, TOPIC = "https://hub.example/", "https://planet.example/atom.xml"
OWED = Ping(hub=HUB, topic=TOPIC, fingerprint="1", owed_at=NOON, next_at=NOON)
TOLD = replace(OWED, next_at=None, attempts=1)
TAKEN = Fetched(url=HUB, body=b"", status=204)
BROKEN = Failed(url=HUB, code="fetch.http_500", status=500)
LATER = NOON + timedelta(hours=5)


def one(known: list[Ping], mark: str, now: datetime = LATER, hub: str = HUB) -> Ping:
    (ping,) = outbox(known, hub=hub, topics={TOPIC: mark}, now=now)
    return ping


def test_outbox_when_a_feed_is_new_then_the_hub_is_owed_a_word() -> None:
    assert one([], "1", NOON) == OWED


def test_outbox_when_nothing_changed_then_it_is_as_it_was() -> None:
    lost = replace(TOLD, code="fetch.dns")
    for known in (OWED, TOLD, lost):
        assert one([known], "1") == known


def test_outbox_when_a_feed_changed_since_the_hub_was_told_then_it_is_owed_afresh() -> None:
    fresh = replace(OWED, fingerprint="2", owed_at=LATER, next_at=LATER)
    assert one([TOLD], "2") == fresh
    assert one([replace(TOLD, code="fetch.dns", attempts=40)], "2") == fresh


def test_outbox_when_a_feed_changes_while_the_hub_fails_then_the_waits_go_on() -> None:
    failing = after(OWED, BROKEN, NOON)
    assert one([failing], "2") == replace(failing, fingerprint="2")


def test_outbox_when_the_hub_or_a_topic_is_another_then_the_old_one_is_forgotten() -> None:
    other = "https://other.example/"
    assert one([TOLD], "1", hub=other) == replace(OWED, hub=other, owed_at=LATER, next_at=LATER)
    assert outbox([TOLD], hub=HUB, topics={}, now=LATER) == []


def test_ping_request_then_the_form_names_the_topic_for_every_kind_of_hub() -> None:
    request = ping_request(OWED)
    assert request.url == HUB
    assert dict(request.form) == {"hub.mode": "publish", "hub.url": TOPIC, "hub.topic": TOPIC}


def test_after_when_the_hub_took_it_then_nothing_is_owed() -> None:
    failing = after(OWED, BROKEN, NOON)
    done = after(failing, TAKEN, LATER)
    assert not done.is_owed
    assert not done.is_given_up
    assert (done.code, done.attempts) == ("", 2)


def waits(outcome: Outcome, number: int) -> list[timedelta]:
    """Return how long the hub is left alone after each of ``number`` failures in a row."""
    ping, found = OWED, []
    for _ in range(number):
        failed = after(replace(ping, owed_at=NOON), outcome, NOON)
        assert failed.next_at is not None
        found.append(failed.next_at - NOON)
        ping = failed
    return found


def test_after_when_the_hub_fails_then_the_waits_grow_to_half_a_day() -> None:
    minutes = [wait / timedelta(minutes=1) for wait in waits(BROKEN, 40)]
    assert minutes[:7] == [10, 20, 40, 80, 160, 320, 640]
    assert set(minutes[7:]) == {720}


def test_after_when_the_hub_says_how_long_to_wait_then_it_is_at_least_that() -> None:
    until = NOON + timedelta(hours=30)
    busy = replace(BROKEN, retry_at=until)
    assert after(OWED, busy, NOON).next_at == until
    soon = replace(BROKEN, retry_at=NOON + timedelta(seconds=1))
    assert after(OWED, soon, NOON).next_at == NOON + timedelta(minutes=10)


def test_after_when_the_hub_failed_for_three_days_then_it_is_given_up_with_the_reason() -> None:
    almost = NOON + timedelta(days=3, seconds=-1)
    assert after(OWED, BROKEN, almost).is_owed
    lost = after(OWED, BROKEN, NOON + timedelta(days=3))
    assert lost.is_given_up
    assert lost.code == "fetch.http_500"


def test_after_when_it_was_not_even_asked_then_no_attempt_is_counted() -> None:
    held = after(OWED, Held(url=HUB, until=LATER), NOON)
    assert held == replace(OWED, next_at=LATER)
