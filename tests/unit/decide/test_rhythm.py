from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.decide import first_rhythm, next_rhythm, price_of
from ecliptic.decide.rhythm import hours_to_wait, rate_of
from ecliptic.model.feed import FetchState, Rhythm
from making import NOON

HOUR = timedelta(hours=1)
WEEK = 168


def steady(per_week: float, weeks: int = 20) -> Rhythm:
    """Return the rhythm of a feed that publishes at even distances."""
    gap = WEEK / per_week * HOUR
    count = int(weeks * per_week)
    return first_rhythm([NOON - number * gap for number in range(count)], NOON)


def wait(rhythm: Rhythm, price: float, now: datetime = NOON) -> float:
    return hours_to_wait(rhythm, price, now, floor=0.0, most=10_000.0, mean=rate_of(rhythm))


def test_rate_when_a_feed_is_steady_then_it_is_what_it_publishes() -> None:
    for per_week in (0.25, 1, 7, 40):
        assert 0.9 < rate_of(steady(per_week)) * WEEK / per_week < 1.2


def test_first_rhythm_when_no_entry_has_a_date_then_nothing_is_known() -> None:
    assert first_rhythm([], NOON) == Rhythm()
    assert rate_of(Rhythm()) == 0


def test_first_rhythm_when_all_is_old_then_the_feed_is_slow() -> None:
    old = first_rhythm([NOON - 2_000 * 24 * HOUR], NOON)
    assert 0 < rate_of(old) * WEEK < 0.05


def test_wait_when_every_hour_is_alike_then_it_grows_with_the_root_of_the_gap() -> None:
    often, rarely = (wait(Rhythm(weights=bytes([n]) * WEEK, hours=4_000), 0.1) for n in (80, 5))
    assert 3.8 < rarely / often < 4.2


def test_wait_when_a_feed_publishes_at_one_hour_then_it_is_asked_after_it() -> None:
    nine = NOON.replace(hour=9)
    daily = first_rhythm([nine - number * 24 * HOUR for number in range(140)], NOON)
    before, after = (wait(daily, 0.12, nine + hours * HOUR) for hours in (-1.5, 2))
    assert before < after / 1.5


def test_price_when_feeds_share_a_budget_then_their_checks_add_up_to_it() -> None:
    rhythms = [steady(rate) for rate in (0.3, 1, 1, 3, 9, 20)]
    for budget in (2.0, 12.0):
        price = price_of(rhythms, budget)
        checks = sum(24 / (2 * price / rate_of(each)) ** 0.5 for each in rhythms)
        assert abs(checks / len(rhythms) - budget) < 0.01


def test_next_rhythm_when_asked_again_then_time_passes_and_entries_count_when_they_appear() -> None:
    state = FetchState(succeeded_at=NOON - 10 * HOUR, rhythm=Rhythm(hours=WEEK))
    after = next_rhythm(state, [NOON - HOUR, NOON - 900 * HOUR], NOON)
    assert after.hours == WEEK + 10
    counted = {hour: weight for hour, weight in enumerate(after.weights) if weight}
    today = NOON.weekday() * 24
    assert counted == {today + 11: 8, today + 12: 8}


@given(
    st.lists(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2018, 4, 25))),  # noqa: DTZ001 - given a zone below
    st.floats(0, 10),
    st.floats(0.1, 30),
)
def test_wait_when_anything_is_known_then_it_is_within_the_bounds(
    dates: list[datetime], price: float, floor: float
) -> None:
    rhythm = first_rhythm([date.replace(tzinfo=NOON.tzinfo) for date in dates], NOON)
    for _ in range(3):
        rhythm = next_rhythm(FetchState(succeeded_at=NOON - 500 * HOUR, rhythm=rhythm), [], NOON)
    found = hours_to_wait(rhythm, price, NOON, floor=floor, most=floor + 24, mean=rate_of(rhythm))
    assert floor <= found <= floor + 24
    assert len(rhythm.weights) in {0, WEEK}


def test_wait_when_a_feed_was_heard_for_no_time_to_speak_of_then_a_number() -> None:
    silent = Rhythm(weights=bytes(WEEK), hours=5e-324)
    found = hours_to_wait(silent, 1.0, NOON, floor=1.0, most=24.0, mean=rate_of(silent))
    assert 1.0 <= found <= 24.0
