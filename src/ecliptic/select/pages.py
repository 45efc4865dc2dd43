"""Which pages a planet has."""

from __future__ import annotations

from collections.abc import Sequence

from ecliptic.model.feed import FeedState
from ecliptic.model.page import Page, Selection
from ecliptic.model.paths import feed_page_path
from ecliptic.model.site import Site


def front_page(site: Site) -> Selection:
    """Return what the front page shows; the planet's own feeds carry the same."""
    return Selection(
        limit=site.pages.items_per_page,
        days=site.pages.days_per_page,
        feed_items=site.pages.feed_items,
    )


def pages(site: Site, feeds: Sequence[FeedState]) -> tuple[Page, ...]:
    """Return every page of the site; a hidden feed has none of its own."""
    newest = front_page(site)
    return (
        Page(path="index.html", kind="index", selection=newest),
        Page(path="titles_only.html", kind="titles", selection=newest),
        Page(path="atom.xml", kind="atom", selection=newest),
        Page(path="rss20.xml", kind="rss20", selection=newest),
        Page(path="rss10.xml", kind="rss10", selection=newest),
        Page(path="feed.json", kind="jsonfeed", selection=newest),
        Page(path="opml.xml", kind="opml"),
        Page(path="foafroll.xml", kind="foafroll"),
        *(_feed_page(site, feed) for feed in feeds if not feed.hidden_feed),
        Page(path="feeds.html", kind="feeds", selection=newest, follows_clock=True),
        Page(path="status.json", kind="status", follows_clock=True),
    )


def _feed_page(site: Site, feed: FeedState) -> Page:
    selection = Selection(feed_id=feed.id, limit=site.pages.items_per_page)
    return Page(path=feed_page_path(feed), kind="feed_page", feed_id=feed.id, selection=selection)
