from __future__ import annotations

from datetime import timedelta

from ecliptic.decide.waiting import awake, by_setting, hides_otherwise, woken
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import Rhythm
from ecliptic.model.rules import EntryRules
from making import NOON, make_entry

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def _waiting(number: int, *, until: timedelta = HOUR, code: str = "decide.dated_later") -> Entry:
    until_at = None if code == "decide.dated_never" else NOON + until
    return make_entry(
        number,
        hidden=Reason(code=code, at=NOON - DAY),
        hidden_until=until_at,
        published=NOON + until,
        shown_at=until_at or NOON,
    )


def test_woken_when_its_time_has_come_then_it_is_shown_and_that_is_noted() -> None:
    shown = woken(_waiting(1), NOON + 2 * HOUR)
    assert (shown.hidden, shown.hidden_until, shown.ruling) == (None, None, "")
    assert shown.shown_at == NOON + HOUR
    assert shown.notes[-1].code == "decide.due"


def test_awake_when_more_are_due_than_may_be_shown_then_the_newest_are_and_the_rest_is_held() -> (
    None
):
    due = [_waiting(number, until=number * timedelta(minutes=1)) for number in range(1, 6)]
    stand = awake(due, EntryRules(flood_items=2), Rhythm(), NOON + HOUR)
    assert {each.key for each in stand if each.hidden is None} == {"key4", "key5"}
    assert {each.hidden.code for each in stand if each.hidden} == {"decide.flood"}
    assert all(each.hidden_until is None for each in stand)


def test_awake_when_there_is_no_limit_then_all_are_shown() -> None:
    due = [_waiting(number) for number in range(30)]
    stand = awake(due, EntryRules(flood_items=0), Rhythm(), NOON + HOUR)
    assert not any(each.hidden for each in stand)


def test_by_setting_when_it_is_as_before_then_nothing_changes() -> None:
    for setting, code in (("wait", "decide.dated_later"), ("never", "decide.dated_never")):
        rules = EntryRules(future_dates=setting)
        assert not hides_otherwise({code: 1}, rules)
        assert by_setting([_waiting(1, until=2 * DAY, code=code)], rules, NOON) == []


def test_by_setting_when_posts_are_wanted_at_once_then_they_stand_at_now() -> None:
    rules = EntryRules(future_dates="now")
    for code in ("decide.dated_later", "decide.dated_never"):
        assert hides_otherwise({code: 1}, rules)
        (stands,) = by_setting([_waiting(1, until=2 * DAY, code=code)], rules, NOON)
        assert (stands.hidden, stands.hidden_until, stands.shown_at) == (None, None, NOON)


def test_by_setting_when_it_changes_then_what_waited_never_comes_or_waits_again() -> None:
    (never,) = by_setting([_waiting(1, until=2 * DAY)], EntryRules(future_dates="never"), NOON)
    assert never.hidden is not None
    assert (never.hidden.code, never.hidden_until) == ("decide.dated_never", None)
    entry = _waiting(1, until=2 * DAY, code="decide.dated_never")
    (waits,) = by_setting([entry], EntryRules(future_dates="wait"), NOON)
    assert waits.hidden is not None
    assert (waits.hidden.code, waits.hidden_until) == ("decide.dated_later", NOON + 2 * DAY)
