"""What a hub that sends us what is new changes for polling a feed, and when it is not believed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.model.entry import Reason
from ecliptic.model.feed import FetchState, Rhythm
from ecliptic.model.push import Push

PUSHED: Final = "fetch.pushed"
_ON_ITS_WAY: Final = timedelta(minutes=15)
"""What is younger than that may still be sent."""


def pushed_state(state: FetchState, now: datetime, *, changed: bool, rhythm: Rhythm) -> FetchState:
    """Return how a feed stands after its hub sent a document.

    Nothing was asked, so validators and the time of the next poll stay: it is
    the poll that finds out what a hub does not send.
    """
    return replace(state, changed_at=now if changed else state.changed_at, rhythm=rhythm)


def polled_push(state: FetchState, dates: Iterable[datetime | None], now: datetime) -> Push:
    """Return what is known of the hub after a poll; ``dates`` are of the entries that were new.

    The hub has missed what was published since it promised to send and since
    the last poll, and is not too young. What has no date counts as such.
    """
    push = state.push
    if not push.is_relied_upon(now):
        return push
    since = max(filter(None, (push.since, state.checked_at)), default=now)
    missed = sum(date is None or since < date < now - _ON_ITS_WAY for date in dates)
    if not missed:
        return push
    return Push(missed=Reason(code="decide.push_missed", at=now, params={"count": missed}))
