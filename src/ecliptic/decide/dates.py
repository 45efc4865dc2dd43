"""Where an entry stands in time: at the first date that can be believed, and there it stays.

Dates are written by programs, and are wrong in a few ways that repeat: none at
all, one for all entries (that of the build, or of the request), a local time
that calls itself UTC, a year far off, another date at each fetch. Each is known
by what it looks like, and none of them may lift an old entry over new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.decide.past import FEW, Past
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules

SKEW: Final = timedelta(minutes=15)
"""So much may two clocks differ, and nothing be said of it."""

_ZONES: Final = timedelta(hours=14)
"""The largest offset from UTC: a date no further ahead is taken for local time that calls
itself UTC. To wait would make each post of such a blog hours late; to show it now makes a
post that really was written for later appear a few hours early."""

_FAR: Final = timedelta(days=366)
"""A date further ahead is a mistake, and not a plan."""

_OLDEST: Final = datetime(1971, 1, 1, tzinfo=UTC)
"""Dates before it are the zero of some clock."""

_SAME: Final = timedelta(minutes=1)
_LEAST_SAME: Final = 3
"""So many dates within a minute were made by a program, for all entries alike."""

_PAST: Final = timedelta(days=1)
"""A date for all entries is of use only if it does not make news of them."""


class Place(NamedTuple):
    """Where an entry stands: at ``shown_at``, and hidden if so (and until when)."""

    shown_at: datetime
    notes: tuple[Reason, ...] = ()
    hidden: Reason | None = None
    until: datetime | None = None


class Timeline:
    """The dates of a document, looked at when they are needed; ``feed_date`` is its own."""

    def __init__(
        self, entries: Sequence[ParsedEntry], now: datetime, feed_date: datetime | None = None
    ) -> None:
        self._entries = entries
        self._now = now
        self._feed_date = feed_date

    @cached_property
    def common(self) -> datetime | None:
        """The one date that all entries bear, if they do."""
        dates = [date for entry in self._entries if (date := date_of(entry)) is not None]
        if len(dates) < _LEAST_SAME or max(dates) - min(dates) > _SAME:
            return None
        return max(dates)

    @cached_property
    def fallback(self) -> datetime | None:
        """The date of all entries that have none of their own, if that is a while ago."""
        date = self.common or self._feed_date
        return date if date and _OLDEST < date < self._now - _PAST else None

    @cached_property
    def is_oldest_first(self) -> bool:
        """Whether the document begins with its oldest entry."""
        dated = [date for entry in self._entries if (date := self.believed(entry)) is not None]
        return len(dated) > 1 and dated[0] < dated[-1]

    def believed(self, entry: ParsedEntry) -> datetime | None:
        """Return the date of an entry, unless it says nothing."""
        return None if self.common else believable(date_of(entry), self._now)

    def first_place(self, entry: ParsedEntry) -> datetime:
        """Return where a new entry stands if nothing is to be said of its date, else ``now``."""
        date = entry.published or entry.updated
        if date is None or date >= self._now or date <= _OLDEST or self.common:
            return self._now
        return date

    @cached_property
    def _neighbours(self) -> dict[int, datetime]:
        """The date of the nearest dated entry beside each, the older one where there is one."""
        order = self._entries if self.is_oldest_first else self._entries[::-1]
        found: dict[int, datetime] = {}
        for side in (order, order[::-1]):  # first each from its older side, the rest from the other
            nearest = None
            for entry in side:
                nearest = self.believed(entry) or nearest
                if nearest is not None:
                    found.setdefault(id(entry), min(nearest, self._now))
        return found

    def neighbour(self, entry: ParsedEntry) -> datetime | None:
        """Return the date of the dated entry nearest to one of the document, older or newer."""
        return self._neighbours.get(id(entry))

    def note(self, entry: ParsedEntry) -> Reason:
        """Say why an entry has no date that can be used."""
        common, date = self.common, date_of(entry)
        if common:
            params: dict[str, str | int] = {"count": len(self._entries), "date": shown(common)}
            return Reason(code="decide.same_dates", at=self._now, params=params)
        if date:
            params = {"date": shown(date)}
            return Reason(code="decide.no_date", at=self._now, params=params)
        return Reason(code="decide.undated", at=self._now)


def date_of(entry: ParsedEntry | Entry) -> datetime | None:
    """Return the date that an entry gives itself."""
    return entry.published or entry.updated


def believable(date: datetime | None, now: datetime) -> datetime | None:
    """Return a date that can be one: no zero of a clock, and no year far ahead."""
    return date if date and _OLDEST < date <= now + _FAR else None


def shown(date: datetime) -> str:
    """Return a date as reasons tell it."""
    return f"{date.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def placed(
    fresh: Sequence[Verdict], timeline: Timeline, past: Past, rules: EntryRules, now: datetime
) -> list[Verdict]:
    """Return new entries where they belong in time.

    Those of a document that is all new may be years old. There an undated one
    stands beside its dated neighbours; without any, all but a few are kept as
    what the feed had before.
    """
    found, undated = [], []
    for verdict in fresh:
        if verdict.shown_at < now:  # ``Timeline.first_place`` had nothing to say of it
            found.append(verdict)
            continue
        date = timeline.believed(verdict.entry)
        if date is not None:
            found.append(_put(verdict, place_of(date, rules, now)))
        elif not past.is_all_new:
            found.append(_put(verdict, _first_seen(verdict.entry, timeline, now)))
        else:
            undated.append(len(found))
            found.append(verdict)
    for verdict in _back_catalogue([found[place] for place in undated], timeline, rules, now):
        found[undated.pop(0)] = verdict
    return found


def place_of(
    date: datetime, rules: EntryRules, now: datetime, *, zones: timedelta = _ZONES
) -> Place:
    """Return where an entry of this date stands; it is ahead of us only while it is hidden.

    No further ahead than ``zones``, the date is taken for one of a wrong time zone.
    """
    if date <= now + SKEW:
        return Place(min(date, now))
    params: dict[str, str | int] = {"date": shown(date)}
    if date <= now + zones:
        return Place(now, (Reason(code="decide.wrong_zone", at=now, params=params),))
    if rules.future_dates == "now":
        return Place(now, (Reason(code="decide.dated_ahead", at=now, params=params),))
    if rules.future_dates == "never":
        reason = Reason(code="decide.dated_never", at=now, params=params)
        return Place(now, (reason,), reason)
    reason = Reason(code="decide.dated_later", at=now, params=params)
    return Place(date, (reason,), reason, date)


def _first_seen(entry: ParsedEntry, timeline: Timeline, now: datetime) -> Place:
    """Place an undated entry that came by itself: it is as new as it looks."""
    common = timeline.common
    return Place(min(common, now) if common else now, (timeline.note(entry),))


def _back_catalogue(
    undated: Sequence[Verdict], timeline: Timeline, rules: EntryRules, now: datetime
) -> Iterable[Verdict]:
    """Place the undated entries of a document that is all new, each by what is nearest."""
    most = min(rules.new_feed_items or FEW, FEW)
    params: dict[str, str | int] = {
        "count": len(undated), "limit": most, "setting": "they have no dates",
    }  # fmt: skip
    reason = Reason(code="decide.back_catalogue", at=now, params=params)
    for number, verdict in enumerate(undated):
        date = timeline.neighbour(verdict.entry)
        if date is not None:
            yield _put(verdict, _at(date, "decide.undated_between", now))
        elif timeline.fallback is not None:
            code = "" if timeline.common else "decide.undated_feed"
            place = _at(timeline.fallback, code, now)
            yield _put(verdict, place if code else place._replace(notes=_why(verdict, timeline)))
        else:
            place = Place(now, _why(verdict, timeline))
            if number >= most:
                place = place._replace(hidden=reason, notes=(*place.notes, reason))
            yield _put(verdict, place)


def _why(verdict: Verdict, timeline: Timeline) -> tuple[Reason, ...]:
    return (timeline.note(verdict.entry),)


def _at(date: datetime, code: str, now: datetime) -> Place:
    return Place(date, (Reason(code=code, at=now, params={"date": shown(date)}),))


def _put(verdict: Verdict, place: Place) -> Verdict:
    return replace(
        verdict,
        shown_at=place.shown_at,
        hidden=place.hidden,
        hidden_until=place.until,
        notes=(*verdict.notes, *place.notes),
    )
