"""What time and changed settings decide of stored entries, before a run does anything else.

Every part of it is cheap where nothing is to be decided, which is nearly always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from ecliptic.decide import Sieves
from ecliptic.decide.waiting import awake, by_setting, hides_otherwise
from ecliptic.flows.sifting import sift_again
from ecliptic.flows.thresholds import obey_thresholds
from ecliptic.log import get_logger
from ecliptic.model.feed import FeedState, Rhythm
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import Site, rules_by_feed
from ecliptic.store import Store

log = get_logger(__name__)


def settle(site: Site, store: Store, now: datetime) -> list[FeedState]:
    """Wake what waited until now, obey changed settings, thresholds and filters; return the feeds.

    Filters come last: what comes back must pass them.
    """
    feeds = store.feeds()
    own = rules_by_feed(site)
    rules = {feed.id: own.get(feed.url, site.rules) for feed in feeds}
    is_changed = _wake(store, feeds, rules, site.rules, now)
    for feed in feeds:
        is_changed |= _obey(store, feed, rules[feed.id], now)
    is_changed |= obey_thresholds(site.topics, store, feeds, now)
    if is_changed:
        feeds = store.feeds()
    return store.feeds() if sift_again(Sieves(site), store, feeds, now) else feeds


def _wake(
    store: Store,
    feeds: Sequence[FeedState],
    rules: Mapping[int, EntryRules],
    others: EntryRules,
    now: datetime,
) -> bool:
    """Show the entries that were hidden until a time that has come."""
    due = sorted(store.waiting(now), key=attrgetter("feed_id"))
    if not due:
        return False
    rhythms = {feed.id: feed.fetch.rhythm for feed in feeds}
    for feed_id, of_feed in groupby(due, key=attrgetter("feed_id")):
        rhythm = rhythms.get(feed_id, Rhythm())
        store.amend(awake(list(of_feed), rules.get(feed_id, others), rhythm, now), now)
    log.info("entries_woken count=%d", len(due))
    return True


def _obey(store: Store, feed: FeedState, rules: EntryRules, now: datetime) -> bool:
    """Let stored entries of a feed stand by its rules, where these are others than before."""
    is_changed = False
    if feed.hidden and hides_otherwise(feed.hidden, rules):
        changed = by_setting(store.hidden(feed.id), rules, now)
        store.amend(changed, now)
        is_changed = bool(changed)
    if feed.quarantine is not None and not rules.quarantine:
        from ecliptic.flows.releasing import end_quarantine  # noqa: PLC0415 - seldom needed

        end_quarantine(store, feed, now)
        is_changed = True
    return is_changed
