"""What is stored, as pages show it: entries with their feeds, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import merge
from itertools import islice

from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Selection, Shown
from ecliptic.store import Store


def newest_shown(
    store: Store, feeds: Mapping[int, FeedState], selection: Selection
) -> Iterator[Shown]:
    """Stream what ``selection`` may choose from, newest first, and no more than it can need."""
    if selection.feed_items and not selection.feed_id:
        # One prolific feed would have us read its whole archive to find the next of another.
        capped = (
            islice(store.newest(feed.id), selection.feed_items)
            for feed in feeds.values()
            if not feed.hidden_feed
        )
        entries: Iterable[Entry] = merge(*capped, key=_shown_at, reverse=True)
    else:
        entries = store.newest(selection.feed_id)
    return (Shown(entry=entry, feed=feeds[entry.feed_id]) for entry in entries)


def _shown_at(entry: Entry) -> datetime:
    return entry.shown_at
