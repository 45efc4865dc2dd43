"""What becomes of a known entry whose date is another one now: nothing, but that it is noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.dates import Timeline, believable, date_of, place_of, shown
from ecliptic.decide.notes import noted
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules

_WAITING: Final = frozenset({"decide.dated_later", "decide.dated_never"})
_MOVED: Final = "decide.date_moved"
_NOTHING_MOVED: Final = timedelta(minutes=1)


def stands_otherwise(
    entry: ParsedEntry,
    before: KnownEntry,
    timeline: Timeline,
    rules: EntryRules,
    now: datetime,
    *,
    feed_id: int,
) -> Amendment | None:
    """Return how a known entry stands by its present dates, or ``None`` as it stood.

    The date that was first accepted stays. It was not yet accepted of an entry
    that waits for it; and the operator may want dates to be obeyed.
    """
    is_waiting = before.hidden is not None and before.hidden.code in _WAITING
    if before.published == entry.published and not is_waiting and not rules.bump_on_update:
        return None  # nearly always
    after = start = as_it_stands(before, feed_id)
    if is_waiting:
        after = _waiting(after, entry, rules, now)
    elif rules.bump_on_update and after.hidden is None:
        after = _bumped(after, entry, timeline, now)
    after = _moved(after, entry, before, timeline, now)
    return None if after is start else after


def amended(verdict: Verdict, amendment: Amendment | None) -> Verdict:
    """Return a verdict on a changed entry that also stands otherwise."""
    if amendment is None:
        return verdict
    told = [note for note in amendment.notes if note not in verdict.notes]
    return replace(
        verdict,
        shown_at=amendment.shown_at,
        hidden=amendment.hidden,
        hidden_until=amendment.hidden_until,
        notes=noted(verdict.notes, *told),
    )


def _waiting(after: Amendment, entry: ParsedEntry, rules: EntryRules, now: datetime) -> Amendment:
    """Let an entry wait for another time, or no more, when its date or the setting says so."""
    date = believable(date_of(entry), now)
    if rules.future_dates == "never" and after.hidden_until is None:
        return after  # that its time has come meanwhile is no matter
    if date is None:
        return after
    place = place_of(date, rules, now)
    if place.hidden is None:
        note = Reason(code="decide.due", at=now)
        return replace(
            after,
            shown_at=place.shown_at,
            hidden=None,
            hidden_until=None,
            notes=noted(after.notes, note),
        )
    if (
        after.hidden
        and after.hidden.code == place.hidden.code
        and after.hidden_until == place.until
    ):
        return after
    return replace(
        after,
        shown_at=place.shown_at,
        hidden=place.hidden,
        hidden_until=place.until,
        notes=noted(after.notes, place.hidden),
    )


def _bumped(after: Amendment, entry: ParsedEntry, timeline: Timeline, now: datetime) -> Amendment:
    """Move an entry up to the newest of its dates, but for dates that say nothing."""
    dates = [date for date in (entry.published, entry.updated) if date is not None and date <= now]
    if not dates or max(dates) <= after.shown_at or timeline.common:
        return after
    note = Reason(code="decide.bumped", at=now, params={"date": shown(max(dates))})
    return replace(after, shown_at=max(dates), notes=noted(after.notes, note))


def _moved(
    after: Amendment, entry: ParsedEntry, before: KnownEntry, timeline: Timeline, now: datetime
) -> Amendment:
    """Note once that the date is another one; where all dates are made up that is no news."""
    first, present = before.published, entry.published
    if first is None or present is None or abs(present - first) < _NOTHING_MOVED:
        return after
    if timeline.common or any(note.code == _MOVED for note in before.notes):
        return after
    note = Reason(code=_MOVED, at=now, params={"date": shown(first), "to": shown(present)})
    return replace(after, notes=noted(after.notes, note))
