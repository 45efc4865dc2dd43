"""A hub slows polling down while it keeps its promise, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from ecliptic.decide import polled_push, pushed_state, resumed, scheduled, skip_reason
from ecliptic.model.codes import words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FetchState, Pace, Rhythm
from ecliptic.model.push import Push
from making import NOON
from rendering import make_feed

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
PACE = Pace(min_interval=3_600, max_interval=7_200)
PUSHED = Push(since=NOON - DAY, until=NOON + 3 * HOUR)
MISSED = Push(missed=Reason(code="decide.push_missed", at=NOON, params={"count": 1}))
STATE = FetchState(checked_at=NOON - 2 * HOUR, succeeded_at=NOON - 2 * HOUR, push=PUSHED)


def next_of(state: FetchState, now: datetime = NOON) -> tuple[timedelta, str]:
    after = scheduled(state, PACE, now, url="https://blog.example/")
    assert after.next_at is not None
    assert after.next_reason is not None
    return after.next_at - now, after.next_reason.code


def test_schedule_when_the_hub_sends_what_is_new_then_a_check_a_day_is_enough() -> None:
    assert next_of(STATE) == (DAY, "decide.next_pushed")
    assert "its hub sends what is new" in words("decide.next_pushed")


@pytest.mark.parametrize("push", [Push(), MISSED, replace(PUSHED, until=NOON)])
def test_schedule_when_the_hub_cannot_be_relied_upon_then_the_feed_has_its_rhythm(
    push: Push,
) -> None:
    wait, code = next_of(replace(STATE, push=push))
    assert wait <= 2 * HOUR
    assert code != "decide.next_pushed"


def test_schedule_when_the_feed_fails_then_its_hub_changes_nothing() -> None:
    failing = replace(STATE, code="fetch.timeout", failures=1)
    assert next_of(failing)[1] == "decide.next_backoff"


def test_feed_when_its_hub_sends_no_more_then_it_is_due_when_it_would_have_been() -> None:
    waiting = make_feed(fetch=scheduled(replace(STATE, checked_at=NOON), PACE, NOON, url="u"))
    soon, late = NOON + HOUR, NOON + 4 * HOUR
    assert skip_reason(resumed(waiting, PACE, soon), soon) is not None, "the hub is relied upon"
    assert skip_reason(resumed(waiting, PACE, late), late) is None
    fresh = replace(waiting, fetch=replace(waiting.fetch, fresh_seconds=6 * 3600))
    assert skip_reason(resumed(fresh, PACE, late), late) is not None, "its server asks us to wait"
    other = make_feed()
    assert resumed(other, PACE, late) is other


@pytest.mark.parametrize(("age", "is_missed"), [
    (MINUTE, False), (14 * MINUTE, False), (16 * MINUTE, True), (2 * HOUR - MINUTE, True),
    (2 * HOUR + MINUTE, False), (None, True), (-HOUR, False),
])  # fmt: skip
def test_poll_when_it_finds_what_the_hub_should_have_sent_then_that_is_noted(
    age: timedelta | None, *, is_missed: bool
) -> None:
    date = None if age is None else NOON - age
    after = polled_push(STATE, [date], NOON)
    assert after == (MISSED if is_missed else PUSHED)


def test_poll_when_the_hub_was_not_relied_upon_then_nothing_was_missed() -> None:
    for push in (Push(), MISSED, replace(PUSHED, until=NOON)):
        assert polled_push(replace(STATE, push=push), [NOON - HOUR], NOON) == push
    young = replace(PUSHED, since=NOON - 30 * MINUTE)
    assert polled_push(replace(STATE, push=young), [NOON - HOUR], NOON) == young


def test_pushed_state_then_validators_and_the_next_check_stay() -> None:
    before = replace(STATE, etag='"1"', validators_url="u", next_at=NOON + HOUR, failures=2)
    after = pushed_state(before, NOON, changed=True, rhythm=Rhythm(hours=1.0))
    assert after == replace(before, changed_at=NOON, rhythm=Rhythm(hours=1.0))
    assert pushed_state(before, NOON, changed=False, rhythm=before.rhythm) == before
