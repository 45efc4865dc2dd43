"""In which order the feeds of a run are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ecliptic.decide.schedule import HOST_BUSY
from ecliptic.model.feed import FeedState


def in_turns(feeds: Iterable[FeedState]) -> list[FeedState]:
    """Return feeds so that their hosts take turns, and none waits behind all of another's.

    What was held back goes first. So whoever has two feeds refused at a shared
    host can keep the others there from being asked once, and not again.
    """
    waited = sorted(feeds, key=_was_asked)
    turns: Counter[str] = Counter()
    numbered: list[tuple[int, FeedState]] = []
    for feed in waited:
        host = _host(feed.url)
        numbered.append((turns[host], feed))
        turns[host] += 1
    numbered.sort(key=lambda pair: pair[0])
    return [feed for _, feed in numbered]


def _was_asked(feed: FeedState) -> bool:
    reason = feed.fetch.next_reason
    return reason is None or reason.code != HOST_BUSY


def _host(url: str) -> str:
    """Return the host of an address, well enough to put feeds in order."""
    return url.partition("://")[2].partition("/")[0]
