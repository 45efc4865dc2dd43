"""Filters of the settings, asked again of what is stored: a changed filter acts at once.

So does a plugin that is taken out of the settings: what it left out comes back.

Each feed remembers which filters its entries were asked. Where they are still the same
nothing is read; so a run whose settings did not change pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ecliptic.decide import Sieves, sifted
from ecliptic.decide.lifted import DROPPED
from ecliptic.decide.sieves import FILTERED, taken_back
from ecliptic.log import get_logger
from ecliptic.model.feed import FeedState
from ecliptic.store import Store

log = get_logger(__name__)

_BY_MARK: Final = frozenset({FILTERED, DROPPED})
_AT_ONCE = 1_000
"""Entries whose new standing is written in one transaction."""


def sift_again(sieves: Sieves, store: Store, feeds: Iterable[FeedState], now: datetime) -> bool:
    """Ask the entries of feeds whose filters changed, or of which a hidden entry came back.

    Returns whether anything of the feeds is stored otherwise than before.
    """
    marks: dict[int, str] = {}
    changed = 0
    for feed in feeds:
        mark = sieves.mark(feed)
        is_freed = not mark and not feed.hidden.keys().isdisjoint(_BY_MARK)  # nobody filters now
        if feed.sieves != mark or is_freed:
            marks[feed.id] = mark
            changed += _sift_feed(store, feed, sieves, now)
    if marks:
        store.write_sieves(marks)
        log.info("entries_sifted feeds=%d changed=%d", len(marks), changed)
    return bool(marks or changed)


def _sift_feed(store: Store, feed: FeedState, sieves: Sieves, now: datetime) -> int:
    own, plugins = sieves.of(feed.url), sieves.plugins(feed.url)
    changed = []
    for each in store.sift([sieve.filter for sieve in own], feed, now=now):
        after = sifted(taken_back(each.stands, plugins, now), own, each.taken, now)
        if after is not each.stands:
            changed.append(after)
    for start in range(0, len(changed), _AT_ONCE):
        store.amend(changed[start : start + _AT_ONCE], now)
    return len(changed)
