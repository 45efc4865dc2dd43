"""Filters of the settings, asked again of what is stored: a changed filter acts at once.

Each feed remembers by which filters its entries were judged. Where they are still the
same nothing is read; so a run whose settings did not change pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ecliptic.decide import Rulebook, judged
from ecliptic.log import get_logger
from ecliptic.model.feed import FeedState
from ecliptic.model.rule import Rule
from ecliptic.store import Store

log = get_logger(__name__)

_AT_ONCE = 1_000
"""Entries whose new standing is written in one transaction."""


def rejudge(
    book: Rulebook,
    store: Store,
    feeds: Iterable[FeedState],
    now: datetime,
) -> bool:
    """Judge the entries of feeds whose filters changed, and where a hidden one came back.

    Returns whether anything of the feeds is stored otherwise than before.
    """
    marks: dict[int, str] = {}
    changed = 0
    for feed in feeds:
        mark = book.mark(feed)
        if feed.rules != mark:
            marks[feed.id] = mark
            changed += _judge_feed(store, feed, book.of(feed.url), now)
    if marks:
        store.write_rules(marks)
        log.info("entries_judged feeds=%d changed=%d", len(marks), changed)
    return bool(marks or changed)


def _judge_feed(store: Store, feed: FeedState, rules: tuple[Rule, ...], now: datetime) -> int:
    changed = []
    for sifted in store.sift([rule.filter for rule in rules], feed, now=now):
        after = judged(sifted.stands, rules, sifted.taken, now)
        if after is not sifted.stands:
            changed.append(after)
    for start in range(0, len(changed), _AT_ONCE):
        store.amend(changed[start : start + _AT_ONCE], now)
    return len(changed)
