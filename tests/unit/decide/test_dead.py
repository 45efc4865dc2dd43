"""Dead feeds pile up, and are cleaned by hand each time: python/planet#308, #233, #246, #467."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ecliptic.decide.dead import dead, long_failing, silent
from ecliptic.model.feed import Check, FetchState
from making import NOON
from rendering import make_feed

DAY = timedelta(days=1)


def failing(days: int, **fields: object) -> FetchState:
    values: dict[str, object] = {
        "checked_at": NOON, "failing_since": NOON - days * DAY, "failures": 9, "code": "fetch.dns",
        "detail": "blog.example", **fields,
    }  # fmt: skip
    return FetchState(**values)  # type: ignore[arg-type]


def ledger(*ago: float, code: str = "fetch.dns") -> Callable[[int], list[Check]]:
    return lambda _: [Check(at=NOON - days * DAY, code=code) for days in ago]


def test_dead_when_it_failed_for_long_on_three_days_then_it_is_named_with_the_problem() -> None:
    reason = dead(make_feed(fetch=failing(100)), ledger(0, 30, 60), NOON, days=90)
    assert reason is not None
    assert reason.code == "decide.dead"
    problem = "no address is known for the name blog.example"
    assert reason.params == {"since": "2018-01-15", "days": 100, "problem": problem}


@pytest.mark.parametrize(
    "checks",
    [
        ledger(0, 0.01, 0.02, 100),
        ledger(0, 100),
        ledger(0, 101, 102),
        ledger(0, 1, 2, code="fetch.held"),
    ],
)
def test_dead_when_it_was_hardly_asked_then_nobody_can_know(
    checks: Callable[[int], list[Check]],
) -> None:
    """The planet itself stood still for months: #228, #446, #597."""
    assert dead(make_feed(fetch=failing(100)), checks, NOON, days=90) is None


@pytest.mark.parametrize(("days", "limit"), [(89, 90), (400, 0)])
def test_dead_when_it_did_not_fail_that_long_then_it_lives(days: int, limit: int) -> None:
    feed = make_feed(fetch=failing(days))
    assert dead(feed, ledger(0, 30, 60), NOON, days=limit) is None
    assert long_failing([feed], NOON, days=limit) == {}


def test_dead_when_it_is_paused_then_the_operator_knows() -> None:
    assert dead(make_feed(fetch=failing(100), paused=True), ledger(0, 3, 6), NOON, days=90) is None


def test_dead_when_it_answers_then_the_ledger_is_not_even_asked() -> None:
    def never(_: int) -> list[Check]:
        raise AssertionError

    assert dead(make_feed(fetch=FetchState(checked_at=NOON)), never, NOON, days=90) is None


def test_silent_when_the_newest_entry_is_old_then_it_says_since_when() -> None:
    """Hide if silent a year: #233."""
    feed = make_feed()
    reason = silent(feed, NOON - 400 * DAY, NOON, code="decide.silent", days=365)
    assert reason is not None
    assert reason.params == {"since": "2017-03-21", "days": 400}
    assert silent(feed, NOON - 364 * DAY, NOON, code="decide.silent", days=365) is None
    assert silent(feed, NOON - 400 * DAY, NOON, code="decide.silent", days=0) is None
    assert silent(feed, None, NOON, code="decide.silent", days=365) is None
