"""Which feeds are dead or silent: nothing is dropped for it, but the operator should know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from ecliptic.model.codes import words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import Check, FeedState

DEAD: Final = "decide.dead"
SILENT: Final = "decide.silent"
INACTIVE: Final = "decide.inactive"
REVIVED: Final = "decide.revived"

_STRIKES: Final = 3
"""On so many days a feed must have failed: a planet that slept for months knows nothing."""

_NO_STRIKE: Final = frozenset({
    "fetch.ok", "fetch.not_modified", "fetch.same_body", "fetch.held", "fetch.pushed",
    "fetch.old_cache",
})  # fmt: skip


def dead(
    feed: FeedState, checks: Callable[[int], Iterable[Check]], now: datetime, *, days: int
) -> Reason | None:
    """Say that a feed failed at every check for so many ``days``; 0 means that none is dead.

    ``checks`` gives the ledger of a feed, and is asked for those only that failed that long.
    """
    since = feed.fetch.failing_since
    if not days or feed.paused or since is None or now - since < timedelta(days=days):
        return None
    strikes = {
        check.at.date()
        for check in checks(feed.id)
        if check.at >= since and check.code not in _NO_STRIKE
    }
    if len(strikes) < _STRIKES:
        return None
    problem = words(feed.fetch.code, {"detail": feed.fetch.detail})
    return _since(DEAD, since, now, problem=problem)


def long_failing(feeds: Iterable[FeedState], now: datetime, *, days: int) -> dict[int, datetime]:
    """Return by number since when feeds fail that may be dead."""
    found = {feed.id: feed.fetch.failing_since for feed in feeds}
    return {
        number: since
        for number, since in found.items()
        if days and since is not None and now - since >= timedelta(days=days)
    }


def revived(since: datetime, now: datetime) -> Reason:
    """Say that a feed answers again that seemed dead."""
    return Reason(code=REVIVED, at=now, params={"since": f"{since:%Y-%m-%d}"})


def silent(
    feed: FeedState, newest: datetime | None, now: datetime, *, code: str, days: int
) -> Reason | None:
    """Say that the ``newest`` entry of a feed is older than so many ``days``; 0 means never."""
    if not days or feed.paused or newest is None or now - newest < timedelta(days=days):
        return None
    return _since(code, newest, now)


def _since(code: str, since: datetime, now: datetime, **params: str) -> Reason:
    stamp, days = f"{since:%Y-%m-%d}", (now - since).days
    return Reason(code=code, at=since, params={"since": stamp, "days": days, **params})
