"""What is stored, as pages show it: entries with their feeds, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import merge
from itertools import islice

from msgspec.structs import replace

from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Also, Selection, Shown
from ecliptic.model.site import Site
from ecliptic.model.twin import AlsoAt
from ecliptic.store import Store


def newest_shown(
    store: Store, feeds: Mapping[int, FeedState], selection: Selection
) -> Iterator[Shown]:
    """Stream what ``selection`` may choose from, newest first, and no more than it can need.

    One with a filter is kept by the store (``SearchIndex.keep``).
    """
    entries: Iterable[Entry]
    if selection.term:
        entries = store.terms().newest(selection.term)
    elif selection.filter:
        entries = store.searches().newest(selection)
    elif selection.feed_items and not selection.feed_id:
        # One prolific feed would have us read its whole archive to find the next of another.
        capped = (
            islice(store.newest(feed.id), selection.feed_items)
            for feed in feeds.values()
            if not feed.hidden_feed
        )
        entries = merge(*capped, key=_shown_at, reverse=True)
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
        replace(shown, also=_also(shown.entry, copies[shown.entry.uid], feeds))
        if shown.entry.uid in copies
        else shown
        for shown in chosen
    )


def _also(
    entry: Entry, copies: Iterable[AlsoAt], feeds: Mapping[int, FeedState]
) -> tuple[Also, ...]:
    """Return each feed once; most copies link to the original, and have no link of their own."""
    from ecliptic.decide.permalinks import permalink  # noqa: PLC0415 - few entries have copies

    own = permalink(entry.link)
    by_feed: dict[int, Also] = {}
    for copy in copies:
        link = "" if permalink(copy.link) == own else copy.link
        by_feed.setdefault(copy.feed_id, Also(feed=feeds[copy.feed_id], link=link))
    return tuple(by_feed.values())


def _shown_at(entry: Entry) -> datetime:
    return entry.shown_at


class Shortening:
    """How much of an entry's body pages show. What is stored stays whole.

    ``mark`` says what the settings ask for, and is ``""`` when that is nothing.
    """

    def __init__(self, site: Site) -> None:
        self._planet = (site.excerpt, site.strip_ads)
        own = {
            feed.url: (
                site.excerpt if feed.excerpt is None else feed.excerpt,
                site.strip_ads if feed.strip_ads is None else feed.strip_ads,
            )
            for feed in site.subscriptions
        }
        self._feeds = {url: asked for url, asked in own.items() if asked != self._planet}
        is_asked = any(self._planet) or bool(self._feeds)
        self.mark = repr((self._planet, sorted(self._feeds.items()))) if is_asked else ""

    def of(self, chosen: tuple[Shown, ...]) -> tuple[Shown, ...]:
        """Return entries as pages show them."""
        return tuple(map(self._shorter, chosen)) if self.mark else chosen

    def _shorter(self, shown: Shown) -> Shown:
        from ecliptic.clean.shorten import shortened  # noqa: PLC0415 - most planets shorten nothing

        limit, strips_ads = self._feeds.get(shown.feed.url, self._planet)
        return replace(shown, entry=shortened(shown.entry, limit=limit, strips_ads=strips_ads))
