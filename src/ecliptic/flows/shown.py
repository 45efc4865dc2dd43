"""What is stored, as pages show it: entries with their feeds, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import merge
from itertools import islice

from msgspec.structs import replace

from ecliptic.decide.permalinks import permalink
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Also, Selection, Shown
from ecliptic.model.twin import AlsoAt
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


def with_copies(
    store: Store, feeds: Mapping[int, FeedState], chosen: tuple[Shown, ...]
) -> tuple[Shown, ...]:
    """Return entries with the feeds that carry copies of them."""
    copies = store.twins().also_at(shown.entry for shown in chosen) if chosen else {}
    if not copies:
        return chosen
    return tuple(
        replace(shown, also=_also(shown.entry, copies.get(shown.entry.uid, ()), feeds))
        for shown in chosen
    )


def _also(
    entry: Entry, copies: Iterable[AlsoAt], feeds: Mapping[int, FeedState]
) -> tuple[Also, ...]:
    """Return each feed once; most copies link to the original, and have no link of their own."""
    own = permalink(entry.link)
    by_feed: dict[int, Also] = {}
    for copy in copies:
        link = "" if permalink(copy.link) == own else copy.link
        by_feed.setdefault(copy.feed_id, Also(feed=feeds[copy.feed_id], link=link))
    return tuple(by_feed.values())


def _shown_at(entry: Entry) -> datetime:
    return entry.shown_at
