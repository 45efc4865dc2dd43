"""No feed puts many old entries on the page at once: they are kept, and shown on request.

A feed that is new, that comes back or moves, or whose ids all change brings what
its author wrote in years. A feed that honestly publishes much is known by its
rhythm, and by the dates of what it brings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.dates import date_of
from ecliptic.decide.past import FEW, Past
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import Reason
from ecliptic.model.rules import EntryRules

FLOOD: Final = "decide.flood"
BACK_CATALOGUE: Final = "decide.back_catalogue"

_SLACK: Final = timedelta(days=2)
"""A post may bear the date of its draft, or of a day that begins elsewhere."""

_OLD_IDS: Final = (
    "all of them unknown, though the feed is not; so what is dated before the last "
    "check is taken for old entries under new ids"
)


def guarded(
    fresh: Sequence[Verdict], past: Past, rules: EntryRules, now: datetime
) -> list[Verdict]:
    """Hide of the new entries of a document what would flood the page; the newest stay."""
    if past.is_first:
        return _of_new_feed(fresh, past, rules, now)
    if not rules.flood_items:
        return list(fresh)
    if past.is_renumbered:
        fresh = _of_renumbered(fresh, past, now)
    is_as_usual = not past.moved_from and not past.was_away(now)
    most = max(rules.flood_items, past.expected(now) if is_as_usual else 0)
    why = f"only the newest {most} are shown"
    if past.moved_from:
        why = f"the feed came from another address before, {past.moved_from}, so {why}"
    return _held(fresh, most, Reason(code=FLOOD, at=now, params=_evidence(fresh, most, why)))


def is_news(verdict: Verdict, read_at: datetime | None) -> bool:
    """Whether a new entry tells how often its feed publishes: not what is old, or still to come."""
    if verdict.hidden_until is not None:
        return False
    if verdict.hidden is None or verdict.hidden.code not in {FLOOD, BACK_CATALOGUE}:
        return True
    date = date_of(verdict.entry)
    return date is not None and read_at is not None and date >= read_at - _SLACK


def _of_new_feed(
    fresh: Sequence[Verdict], past: Past, rules: EntryRules, now: datetime
) -> list[Verdict]:
    most, setting = rules.new_feed_items, "new_feed_items"
    if not most and not past.is_new_planet:
        most, setting = rules.flood_items, "flood_items"
    params: dict[str, str | int] = {"limit": most, "count": len(fresh), "setting": setting}
    reason = Reason(code=BACK_CATALOGUE, at=now, params=params)
    return _held(fresh, most, reason) if most else list(fresh)


def _of_renumbered(fresh: Sequence[Verdict], past: Past, now: datetime) -> list[Verdict]:
    """Hide what is dated before the last check, in a document of which nothing is known."""
    shown = [verdict for verdict in fresh if verdict.hidden is None]
    if past.read_at is None or len(shown) <= FEW:
        return list(fresh)
    old = {verdict.key for verdict in shown if verdict.shown_at < past.read_at - _SLACK}
    params = _evidence(fresh, len(shown) - len(old), _OLD_IDS)
    return _hidden(fresh, old, Reason(code=FLOOD, at=now, params=params))


def _evidence(fresh: Sequence[Verdict], most: int, why: str) -> dict[str, str | int]:
    return {"count": len(fresh), "limit": most, "why": why}


def _held(fresh: Sequence[Verdict], most: int, reason: Reason) -> list[Verdict]:
    """Hide all but the newest ``most`` of those that would be shown."""
    shown = [verdict for verdict in fresh if verdict.hidden is None]
    if len(shown) <= most:
        return list(fresh)
    shown.sort(key=lambda verdict: (verdict.shown_at, -verdict.position), reverse=True)
    return _hidden(fresh, {verdict.key for verdict in shown[most:]}, reason)


def _hidden(fresh: Sequence[Verdict], keys: Collection[str], reason: Reason) -> list[Verdict]:
    return [
        replace(verdict, hidden=reason, notes=(*verdict.notes, reason))
        if verdict.key in keys
        else verdict
        for verdict in fresh
    ]
