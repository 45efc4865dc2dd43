from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from ecliptic.decide.edits import MOST_EDITS, edited
from ecliptic.model.entry import KnownEntry, Reason
from making import NOON

KNOWN = KnownEntry(
    key="a",
    uid="ea",
    fingerprint=b"",
    policy="1",
    first_seen_at=NOON,
    shown_at=NOON,
    published=None,
    hidden=None,
    notes=(Reason(code="decide.first_seen", at=NOON),),
    position=0,
)


def taken(minutes: int, count: int) -> list[str]:
    """Return what is noted of an entry that changes every so many minutes, and taken."""
    known = KNOWN
    codes = []
    for number in range(count):
        notes = edited(known, NOON + timedelta(minutes=minutes * number))
        if notes is not None:
            codes.append(notes[-1].code)
            known = replace(known, notes=notes)
    return codes


def test_edited_when_seldom_then_each_edit_is_taken() -> None:
    assert taken(60 * 24, 9) == ["decide.changed"] * 9


def test_edited_when_at_every_check_then_the_last_of_a_days_says_so() -> None:
    codes = taken(30, 40)
    assert codes == ["decide.changed"] * (MOST_EDITS - 1) + ["decide.restless"]


def test_edited_when_a_day_went_by_then_as_many_more_are_taken() -> None:
    assert len(taken(30, 2 * 24 + MOST_EDITS)) == 2 * MOST_EDITS


def test_edited_when_it_was_known_again_just_now_then_that_is_the_edit() -> None:
    again = (*KNOWN.notes, Reason(code="decide.known_by_link", at=NOON))
    assert edited(replace(KNOWN, notes=again), NOON) == again
    later = edited(replace(KNOWN, notes=again), NOON + timedelta(hours=1))
    assert later is not None
    assert later[-1].code == "decide.changed"
