"""How feeds stand that need the operator: dead, silent, or not what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ecliptic.decide.dead import DEAD, INACTIVE, SILENT, dead, silent
from ecliptic.model.codes import words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedAlarm
from ecliptic.store import Store

LIFELESS = frozenset({DEAD, SILENT})


def signs_of(
    site: Site, store: Store, feeds: Sequence[FeedState], now: datetime
) -> dict[int, Reason]:
    """Return by number the feeds that are dead, silent or inactive, each with the reason."""
    newest: Mapping[int, datetime] = {}
    if site.silent_after_days or site.activity_threshold:
        newest = store.newest_dates()
    found = {}
    for feed in feeds:
        last = newest.get(feed.id)
        sign = (
            dead(feed, store.checks, now, days=site.dead_after_days)
            or silent(feed, last, now, code=SILENT, days=site.silent_after_days)
            or silent(feed, last, now, code=INACTIVE, days=site.activity_threshold)
        )
        if sign is not None:
            found[feed.id] = sign
    return found


def alarms_of(feeds: Iterable[FeedState]) -> Iterator[FeedAlarm]:
    """Yield the feeds in quarantine, to be told at every run until somebody has looked."""
    for feed in feeds:
        if feed.quarantine is not None and not feed.paused:
            yield alarm(feed.url, feed.quarantine)


def alarm(url: str, reason: Reason) -> FeedAlarm:
    """Return what an operator should know of a feed at once."""
    return FeedAlarm(url=url, code=reason.code, why=words(reason.code, reason.params))
