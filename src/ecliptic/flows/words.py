"""store → render: the index of words, by which a page searches without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ecliptic.model.feed import FeedState
from ecliptic.model.site import Site
from ecliptic.model.words import Indexed
from ecliptic.render import WordIndexWriter
from ecliptic.store import Store


def indexed(site: Site, store: Store, feeds: Sequence[FeedState]) -> Indexed | None:
    """Return how the index of words stands; nothing if there is none."""
    return store.words().bring_up(shown_feeds(feeds)) if site.search else None


def index_writer(
    site: Site, store: Store, feeds: Sequence[FeedState], indexed: Indexed | None
) -> WordIndexWriter | None:
    """Return what makes the files of the index."""
    if indexed is None:
        return None
    return WordIndexWriter(store.words(), indexed, shown_feeds(feeds), excerpts(site, feeds))


def shown_feeds(feeds: Sequence[FeedState]) -> dict[int, FeedState]:
    """Return by id the feeds whose entries pages show."""
    return {feed.id: feed for feed in feeds if not feed.hidden_feed}


def excerpts(site: Site, feeds: Sequence[FeedState]) -> Mapping[int, int]:
    """Return how many characters of a body pages show, for each feed of which not all."""
    asked = {feed.url: feed.excerpt for feed in site.subscriptions if feed.excerpt is not None}
    found = {feed.id: asked.get(feed.url, site.excerpt) for feed in feeds}
    return {feed_id: most for feed_id, most in found.items() if most}
