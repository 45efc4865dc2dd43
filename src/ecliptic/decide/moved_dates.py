"""What becomes of a known entry whose date is another one now: nothing, but that it is noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.dates import Timeline, shown
from ecliptic.decide.notes import noted
from ecliptic.decide.waiting import WAITING, waiting
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules

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
    is_waiting = before.hidden is not None and before.hidden.code in WAITING
    if before.published == entry.published and not is_waiting and not rules.bump_on_update:
        return None  # nearly always
    after = start = as_it_stands(before, feed_id)
    if is_waiting:
        after = waiting(after, entry, rules, now)
    elif rules.bump_on_update and after.hidden is None:
        after = _bumped(after, entry, before, timeline, now)
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


def _bumped(
    after: Amendment, entry: ParsedEntry, before: KnownEntry, timeline: Timeline, now: datetime
) -> Amendment:
    """Move an entry up to the newest of its dates, but for dates that say nothing.

    One that it had from the first, and that was ahead of us then, is not newer now.
    """
    newer = {entry.published, entry.updated} - {None, before.published}
    dates = [date for date in newer if date is not None and date <= now]
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
