"""Which pages a planet has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecliptic.model.feed import FeedState
from ecliptic.model.page import Page, Selection
from ecliptic.model.paths import feed_page_path
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate


def front_page(site: Site) -> Selection:
    """Return what the front page shows; the planet's own feeds carry the same."""
    return Selection(
        limit=site.pages.items_per_page,
        days=site.pages.days_per_page,
        feed_items=site.pages.feed_items,
    )


def pages(site: Site, feeds: Sequence[FeedState]) -> tuple[Page, ...]:
    """Return every page of the site; a hidden feed has none of its own.

    An old template's page stands in the place of ours of its name.
    """
    found = {page.path: page for page in _ours(site, feeds)}
    for copied in site.copies:
        found[copied.path] = Page(path=copied.path, kind="copied")
    for template in site.templates:
        found[template.path] = _templated(site, template)
    return tuple(found.values())


def _ours(site: Site, feeds: Sequence[FeedState]) -> Iterator[Page]:
    newest = front_page(site)
    yield Page(path="index.html", kind="index", selection=newest)
    yield Page(path="titles_only.html", kind="titles", selection=newest)
    yield Page(path="atom.xml", kind="atom", selection=newest)
    yield Page(path="rss20.xml", kind="rss20", selection=newest)
    yield Page(path="rss10.xml", kind="rss10", selection=newest)
    yield Page(path="feed.json", kind="jsonfeed", selection=newest)
    yield Page(path="opml.xml", kind="opml")
    yield Page(path="foafroll.xml", kind="foafroll")
    yield from (_feed_page(site, feed) for feed in feeds if not feed.hidden_feed)
    yield Page(path="feeds.html", kind="feeds", selection=newest, follows_clock=True)
    yield Page(path="status.json", kind="status", follows_clock=True)


def _feed_page(site: Site, feed: FeedState) -> Page:
    selection = Selection(feed_id=feed.id, limit=site.pages.items_per_page)
    return Page(path=feed_page_path(feed), kind="feed_page", feed_id=feed.id, selection=selection)


def _templated(site: Site, template: OldTemplate) -> Page:
    selection = Selection(
        limit=template.items_per_page,
        days=template.days_per_page,
        feed_items=site.pages.feed_items,
    )
    return Page(path=template.path, kind="old_template", selection=selection)
