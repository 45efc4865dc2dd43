"""Thresholds of topics, held again to what was thought of stored entries.

A changed one acts at once, and asks no model: how probable it is that an entry is on
topic stands among its notes. Where the thresholds are still the same nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b

from ecliptic.flows.judging import in_batches
from ecliptic.log import get_logger
from ecliptic.model.amendment import Amendment
from ecliptic.model.feed import FeedState
from ecliptic.model.site import TopicSettings
from ecliptic.store import Store

log = get_logger(__name__)


def obey_thresholds(
    settings: TopicSettings, store: Store, feeds: Iterable[FeedState], now: datetime
) -> bool:
    """Let entries stand by thresholds that changed; return whether any stands otherwise."""
    mark = mark_of(settings)
    if mark == store.topics_mark():
        return False
    changed = 0
    for feed in feeds:
        amendments = list(_amended(settings, store, feed, now))
        store.amend(amendments, now)
        changed += len(amendments)
    store.note_topics(mark)
    log.info("topics_settled changed=%d", changed)
    return changed > 0


def mark_of(settings: TopicSettings) -> str:
    """Return what thresholds are compared by: ``""`` where there is none."""
    if settings == TopicSettings():
        return ""
    return blake2b(repr(settings).encode(), digest_size=12).hexdigest()


def _amended(
    settings: TopicSettings, store: Store, feed: FeedState, now: datetime
) -> Iterator[Amendment]:
    from ecliptic.decide import amended_by_topic, by_thresholds  # noqa: PLC0415 - seldom needed

    for some in in_batches(store.opined(feed.id)):
        labels = store.topic_labels(feed.id, [entry.key for entry in some])
        for entry in some:
            after = by_thresholds(entry, labels.get(entry.key), settings, now)
            amendment = amended_by_topic(entry, after)
            if amendment is not None:
                yield amendment
