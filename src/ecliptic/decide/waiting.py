"""Entries that wait for their date: what becomes of them when it comes, or the setting changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.dates import SKEW, believable, date_of, place_of
from ecliptic.decide.flood import FLOOD
from ecliptic.decide.lifted import lifted
from ecliptic.decide.notes import noted
from ecliptic.decide.past import Past
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import Rhythm
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules

WAITING: Final = frozenset({"decide.dated_later", "decide.dated_never"})
_OTHERWISE: Final[Mapping[str, frozenset[str]]] = {
    "wait": frozenset({"decide.dated_never"}),
    "never": frozenset({"decide.dated_later"}),
    "now": WAITING,
}
"""By which codes entries are hidden that the setting would not hide so."""


def awake(
    due: Sequence[Entry], rules: EntryRules, rhythm: Rhythm, now: datetime
) -> list[Amendment]:
    """Return how entries of one feed stand whose time has come: no more at once than it may show.

    ``rhythm`` is the feed's. What was to come while nobody looked comes at once.
    """
    since = min((each.hidden_until for each in due if each.hidden_until), default=now)
    most = max(rules.flood_items, Past(read_at=since, rhythm=rhythm).expected(now))
    if not rules.flood_items or len(due) <= most:
        return [woken(entry, now) for entry in due]
    newest = sorted(due, key=lambda entry: (entry.shown_at, -entry.position), reverse=True)
    why = f"their time came, and only the newest {most} are shown"
    params: dict[str, str | int] = {"count": len(due), "limit": most, "why": why}
    held = Reason(code=FLOOD, at=now, params=params)
    return [
        *(woken(entry, now) for entry in newest[:most]),
        *(_held(entry, held) for entry in newest[most:]),
    ]


def woken(entry: Entry, now: datetime) -> Amendment:
    """Return how an entry stands whose time has come."""
    return lifted(as_it_stands(entry, entry.feed_id), Reason(code="decide.due", at=now), now)


def hides_otherwise(hidden: Iterable[str], rules: EntryRules) -> bool:
    """Whether of these codes one hides entries that the setting would let wait otherwise."""
    return not _OTHERWISE[rules.future_dates].isdisjoint(hidden)


def by_setting(entries: Iterable[Entry], rules: EntryRules, now: datetime) -> list[Amendment]:
    """Return how entries stand that wait otherwise than the setting says now."""
    codes = _OTHERWISE[rules.future_dates]
    changed = []
    for entry in entries:
        if entry.hidden is not None and entry.hidden.code in codes:
            before = as_it_stands(entry, entry.feed_id)
            after = waiting(before, entry, rules, now)
            changed += [after] if after is not before else []
    return changed


def waiting(
    after: Amendment, entry: ParsedEntry | Entry, rules: EntryRules, now: datetime
) -> Amendment:
    """Let an entry wait for another time, or no more, when its date or the setting says so."""
    date = believable(date_of(entry), now)
    if rules.future_dates == "never" and after.hidden_until is None:
        return after  # that its time has come meanwhile is no matter
    if date is None:
        return after
    place = place_of(date, rules, now, zones=SKEW)  # it was written for later, as we know
    if place.hidden is None:
        note = Reason(code="decide.due", at=now)
        return lifted(replace(after, shown_at=place.shown_at), note, now)
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


def _held(entry: Entry, reason: Reason) -> Amendment:
    stands = as_it_stands(entry, entry.feed_id)
    notes = noted(entry.notes, reason)
    return replace(stands, hidden=reason, hidden_until=None, notes=notes)
