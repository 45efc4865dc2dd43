"""How a list of feeds stands after it was asked for, and when it is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Outcome
from ecliptic.model.reading_list import Listed, ListState

_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=30)
_SOON: Final = timedelta(hours=1)


def is_due(state: ListState, now: datetime, *, every: bool = False) -> bool:
    """Whether a list is to be asked for now; ``every`` one that its server does not hold back."""
    wait = state.retry_at if every else state.next_at
    return wait is None or wait <= now


def by_rules(state: ListState, rules: str) -> ListState:
    """Return how a list stands that is read by ``rules``: read by others, it is asked for whole."""
    if state.rules == rules:
        return state
    return replace(state, rules=rules, etag="", last_modified="", next_at=state.retry_at)


def after(state: ListState, outcome: Outcome, listed: Listed | None, now: datetime) -> ListState:
    """Return how a list stands; ``listed`` is what the answer says, ``None`` if it is no list.

    What is no list, or has no feed any more, takes nothing away: the last good copy stands.
    """
    match outcome:
        case Held(until=until):
            return replace(state, next_at=until, retry_at=until)
        case Failed(code=code, detail=detail, retry_at=retry_at):
            return _failed(state, code, detail, now, retry_at)
        case NotModified():
            fresh = _next(outcome, now)
            return replace(
                state, checked_at=now, succeeded_at=now, next_at=fresh, code="", detail="",
                retry_at=outcome.retry_at,
            )  # fmt: skip
        case Fetched() if listed is None:
            return _failed(state, "sources.not_a_list", "", now, outcome.retry_at)
        case Fetched() if not listed.feeds and state.feeds:
            kept = str(len(state.feeds))
            return _failed(state, "sources.empty_list", kept, now, outcome.retry_at)
        case Fetched():
            return ListState(
                feeds=listed.feeds,
                further=listed.further,
                etag=outcome.etag,
                last_modified=outcome.last_modified,
                validators_url=outcome.url,
                checked_at=now,
                succeeded_at=now,
                next_at=_next(outcome, now),
                retry_at=outcome.retry_at,
                rules=state.rules,
            )


def _failed(
    state: ListState, code: str, detail: str, now: datetime, retry_at: datetime | None
) -> ListState:
    """Return a list that is asked again in a day, or soon if there is no copy of it yet."""
    wait = _DAY if state.succeeded_at else _SOON
    next_at = max(now + wait, retry_at or now)
    next_at = min(next_at, now + _LONGEST)
    return replace(
        state, checked_at=now, next_at=next_at, retry_at=retry_at, code=code, detail=detail
    )


def _next(outcome: Fetched | NotModified, now: datetime) -> datetime:
    """Return when to ask again: in a day, or later if the server says so."""
    fresh = timedelta(seconds=min(max(outcome.fresh_seconds, 0), _LONGEST.total_seconds()))
    next_at = max(now + _DAY, now + fresh, outcome.retry_at or now)
    return min(next_at, now + _LONGEST)
