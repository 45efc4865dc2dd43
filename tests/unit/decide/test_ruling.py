from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from ecliptic.decide import hidden_by_hand, shown_by_hand
from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry, Reason
from making import NOON, make_entry

LATER = NOON + timedelta(hours=1)


def _after(entry: Entry, amendment: Amendment) -> Entry:
    return replace(
        entry,
        hidden=amendment.hidden,
        hidden_until=amendment.hidden_until,
        ruling=amendment.ruling,
        notes=amendment.notes,
    )


def test_hidden_by_hand_when_shown_then_it_is_hidden_with_the_reason_given() -> None:
    amendment = hidden_by_hand(make_entry(), NOON, why="advertising")
    assert amendment.hidden is not None
    assert amendment.hidden.code == "decide.hidden_by_hand"
    assert amendment.hidden.params["why"] == "advertising"
    assert amendment.ruling == "hide"
    assert amendment.notes[-1] == amendment.hidden


def test_hidden_by_hand_when_said_twice_then_it_is_once() -> None:
    once = _after(make_entry(), hidden_by_hand(make_entry(), NOON, why="advertising"))
    assert _after(once, hidden_by_hand(once, LATER, why="advertising")) == once


def test_shown_by_hand_when_a_rule_hid_it_then_the_rule_no_longer_holds() -> None:
    hidden = make_entry(hidden=Reason(code="decide.back_catalogue", at=NOON), hidden_until=LATER)
    shown = _after(hidden, shown_by_hand(hidden, LATER))
    assert (shown.hidden, shown.hidden_until, shown.ruling) == (None, None, "show")
    assert _after(shown, shown_by_hand(shown, LATER)) == shown
