"""In which order the feeds of a run are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ecliptic.decide.schedule import was_held
from ecliptic.model.feed import FeedState

_AT_A_TURN: Final = 8


def in_turns(feeds: Iterable[FeedState], *, kept: int) -> list[FeedState]:
    """Return feeds so that their hosts take turns, and none waits behind all of another's.

    ``kept`` connections stay open between turns. Where there are more hosts than
    that, a turn is of eight feeds, which share the connection of the first; else of one.

    What was held back goes first. So whoever has two feeds refused at a shared
    host can keep the others there from being asked once, and not again.
    """
    hosts: dict[str, list[FeedState]] = {}
    for feed in sorted(feeds, key=_was_asked):
        hosts.setdefault(_host(feed.url), []).append(feed)
    size = 1 if len(hosts) <= kept else _AT_A_TURN
    ordered: list[FeedState] = []
    waiting, start = list(hosts.values()), 0
    while waiting:
        for own in waiting:
            ordered += own[start : start + size]
        start += size
        waiting = [own for own in waiting if len(own) > start]
    return ordered


def _was_asked(feed: FeedState) -> bool:
    return not was_held(feed.fetch)


def _host(url: str) -> str:
    """Return the host of an address, well enough to put feeds in order."""
    return url.partition("://")[2].partition("/")[0]
