from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.decide import HELD, check_of, held_back, next_state, scheduled, skip_reason
from ecliptic.model.codes import words
from ecliptic.model.feed import FetchState, Hints, Pace, Rhythm
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Outcome
from making import NOON
from rendering import make_feed

URL = "https://blog.example/feed.xml"
PACE = Pace(min_interval=3_600, max_interval=86_400)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SLACK = timedelta(minutes=5)


def after(outcome: Outcome, state: FetchState | None = None, **changes: object) -> FetchState:
    """Return how a feed stands after one check at noon."""
    before = replace(state or FetchState(), **changes)
    return scheduled(next_state(before, outcome, NOON, url=URL), PACE, NOON, url=URL)


def fetched(**fields: object) -> Fetched:
    return Fetched(url=URL, body=b"<rss/>", **fields)  # type: ignore[arg-type]


def failed(status: int = 500, **fields: object) -> Failed:
    return Failed(url=URL, code=f"fetch.http_{status}", status=status, **fields)  # type: ignore[arg-type]


def code_of(state: FetchState) -> str:
    return state.next_reason.code if state.next_reason else ""


def test_next_when_nothing_is_known_then_in_an_hour_and_cron_need_not_be_punctual() -> None:
    state = after(fetched())
    assert (state.next_at, code_of(state)) == (NOON + HOUR - SLACK, "decide.next_floor")


def test_next_when_the_feed_is_slow_then_it_waits_for_the_longest_time() -> None:
    slow = Rhythm(hours=4_000)
    state = scheduled(FetchState(rhythm=slow), replace(PACE, price=10.0), NOON, url=URL)
    assert (state.next_at, code_of(state)) == (NOON + DAY - SLACK, "decide.next_ceiling")


@pytest.mark.parametrize("seconds", [7_200, 3_601])
def test_next_when_the_answer_is_fresh_then_not_a_second_earlier(seconds: int) -> None:
    state = after(fetched(fresh_seconds=seconds))
    assert (state.next_at, code_of(state)) == (
        NOON + timedelta(seconds=seconds),
        "decide.next_fresh",
    )


def test_next_when_a_304_does_not_say_then_the_freshness_of_its_answer_holds() -> None:
    state = after(fetched(fresh_seconds=7_200))
    assert after(NotModified(url=URL), state).next_at == NOON + 2 * HOUR
    assert after(NotModified(url=URL, fresh_seconds=0), state).next_at == NOON + HOUR - SLACK


def test_next_when_an_answer_is_good_for_years_then_it_is_asked_for_after_a_week() -> None:
    assert after(fetched(fresh_seconds=10**9)).next_at == NOON + 7 * DAY


def test_next_when_the_feed_asks_for_an_interval_then_it_is_kept() -> None:
    for hints in (Hints(ttl_minutes=180), Hints(update_seconds=10_800)):
        state = after(NotModified(url=URL), hints=hints)
        assert (state.next_at, code_of(state)) == (NOON + 3 * HOUR, "decide.next_asked")


def test_next_when_hours_and_days_are_skipped_then_it_is_the_first_hour_after_them() -> None:
    hints = Hints(skip_hours=(12, 13, 14))
    state = after(NotModified(url=URL), hints=hints)
    assert (state.next_at, code_of(state)) == (NOON + 3 * HOUR, "decide.next_skipped")
    wednesday = Hints(skip_days=("Wednesday", "Thursday"))
    assert after(NotModified(url=URL), hints=wednesday).next_at == NOON + 36 * HOUR


def test_next_when_every_hour_is_skipped_then_nobody_means_it() -> None:
    hints = Hints(skip_hours=tuple(range(24)))
    assert after(NotModified(url=URL), hints=hints).next_at == NOON + HOUR - SLACK


def test_next_when_it_fails_again_and_again_then_it_is_asked_less_but_for_ever() -> None:
    state, waits = FetchState(), []
    for _ in range(40):
        state = after(failed(), state)
        assert state.next_at is not None
        waits.append(state.next_at - NOON)
    assert waits[0] == HOUR - SLACK
    assert 2 * HOUR <= waits[1] <= 2.2 * HOUR
    assert all(7 * DAY <= late <= 7.7 * DAY for late in waits[12:])
    assert code_of(state) == "decide.next_backoff"


@pytest.mark.parametrize("status", [401, 403, 404])
def test_next_when_a_feed_is_refused_then_it_is_asked_less_at_once(status: int) -> None:
    assert after(failed(status)).next_at == NOON + 6 * HOUR - SLACK


def test_next_when_a_name_is_unknown_for_a_month_then_it_rests() -> None:
    unknown = Failed(url=URL, code="fetch.dns", detail="blog.example")
    assert code_of(after(unknown, failing_since=NOON - 29 * DAY)) == "decide.next_backoff"
    state = after(unknown, failing_since=NOON - 31 * DAY)
    assert (state.next_at, code_of(state)) == (NOON + 30 * DAY, "decide.suspended")


@pytest.mark.parametrize(
    "outcome",
    [
        failed(429, retry_at=NOON + 3 * DAY),
        failed(503, retry_at=NOON + 3 * DAY),
        fetched(retry_at=NOON + 3 * DAY),
        NotModified(url=URL, retry_at=NOON + 3 * DAY),
    ],
)
def test_next_when_the_server_says_retry_after_then_it_is_kept_in_full(outcome: Outcome) -> None:
    state = after(outcome)
    assert (state.next_at, code_of(state)) == (NOON + 3 * DAY, "decide.wait")
    feed = make_feed(fetch=state)
    almost = NOON + 3 * DAY - timedelta(seconds=1)
    assert skip_reason(feed, almost)
    assert skip_reason(feed, almost, force=True)
    assert skip_reason(feed, NOON + 3 * DAY) is None


def test_skip_when_forced_then_our_own_and_the_feeds_wishes_are_passed_over() -> None:
    state = after(fetched(fresh_seconds=90_000), hints=Hints(ttl_minutes=5_000))
    assert skip_reason(make_feed(fetch=state), NOON + HOUR)
    assert skip_reason(make_feed(fetch=state), NOON + HOUR, force=True) is None
    assert skip_reason(make_feed(fetch=state, paused=True), NOON + HOUR, force=True)


@given(
    st.builds(
        FetchState,
        code=st.sampled_from(["", "fetch.timeout", "fetch.dns"]),
        failures=st.integers(1, 10**6),
        failing_since=st.none() | st.just(NOON - 100 * DAY),
        status=st.sampled_from([0, 200, 304, 404, 410, 503]),
        fresh_seconds=st.integers(0, 10**9),
        retry_at=st.none() | st.just(NOON + 31 * DAY) | st.just(NOON - DAY),
        rhythm=st.builds(
            Rhythm, weights=st.just(b"") | st.binary(min_size=168, max_size=168),
            hours=st.just(0.0) | st.floats(0.01, 5_000),
        ),
        hints=st.builds(
            Hints,
            ttl_minutes=st.integers(0, 600_000),
            update_seconds=st.integers(0, 10**8),
            skip_hours=st.lists(st.integers(0, 23), unique=True).map(tuple),
            skip_days=st.lists(st.sampled_from(["Monday", "Wednesday"]), unique=True).map(tuple),
        ),
    ),
    st.floats(0, 100),
)  # fmt: skip
def test_next_when_anything_happened_then_it_is_explained_and_never_too_far(
    state: FetchState, price: float
) -> None:
    planned = scheduled(state, replace(PACE, price=price), NOON, url=URL)
    assert planned.next_at is not None
    assert planned.next_reason is not None
    assert NOON + HOUR - SLACK <= planned.next_at <= NOON + 40 * DAY
    told = words(planned.next_reason.code, {**planned.next_reason.params, "until": "noon"})
    assert "?" not in told
    assert scheduled(planned, replace(PACE, price=price), NOON, url=URL) == planned


def test_next_when_the_clock_is_injected_then_it_alone_decides() -> None:
    later = datetime(2030, 1, 1, tzinfo=NOON.tzinfo)
    state = scheduled(FetchState(), PACE, later, url=URL)
    assert state.next_at == later + HOUR - SLACK


def test_skip_when_a_run_begins_in_a_skipped_hour_then_not_now() -> None:
    feed = make_feed(fetch=FetchState(next_at=NOON - HOUR, hints=Hints(skip_hours=(12,))))
    reason = skip_reason(feed, NOON)
    assert reason is not None
    assert reason.code == "decide.next_skipped"
    assert skip_reason(feed, NOON, force=True) is None
    assert skip_reason(feed, NOON + HOUR) is None


def test_held_back_when_the_host_rests_then_asked_later_and_all_else_stays() -> None:
    state = after(fetched(etag='"1"'))
    held = held_back(state, Held(url=URL, until=NOON + 2 * HOUR), NOON)
    assert (held.next_at, code_of(held)) == (NOON + 2 * HOUR, "decide.host_busy")
    assert replace(held, next_at=state.next_at, next_reason=state.next_reason) == state
    feed = make_feed(1, fetch=held)
    reason = skip_reason(feed, NOON + HOUR)
    assert reason is not None
    assert "host" in words(reason.code, {"until": "then"})
    assert skip_reason(feed, NOON + 2 * HOUR) is None
    assert skip_reason(feed, NOON + HOUR, force=True) is None


def test_held_back_when_it_would_end_in_a_skipped_hour_then_after_it() -> None:
    asleep = FetchState(hints=Hints(skip_hours=(14, 15)))
    held = held_back(asleep, Held(url=URL, until=NOON + 2 * HOUR), NOON)
    assert (held.next_at, code_of(held)) == (NOON + 4 * HOUR, "decide.host_busy")


def test_held_back_when_the_host_cannot_be_reached_then_it_says_so() -> None:
    held = held_back(FetchState(), Held(url=URL, until=NOON + HOUR, is_unreached=True), NOON)
    assert (held.next_at, code_of(held)) == (NOON + HOUR, "decide.host_unreached")


@pytest.mark.parametrize("is_unreached", [False, True])
def test_check_when_held_back_then_the_ledger_says_that_nothing_was_asked(
    *, is_unreached: bool
) -> None:
    outcome = Held(url=URL, until=NOON, is_unreached=is_unreached)
    check = check_of(outcome, NOON, before=FetchState(), after=FetchState())
    assert check.code == ("fetch.unreached" if is_unreached else "fetch.held")
    assert (check.code in HELD, check.status, check.received, check.why) == (True, 0, 0, "")
    state = FetchState(etag='"1"')
    assert next_state(state, outcome, NOON, url=URL) == state
