"""Which pages a planet has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from msgspec.structs import replace

from ecliptic.model.archive import ArchiveDay
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.outline import Outline, Section
from ecliptic.model.page import OUTPUT_FEEDS, Page, Selection, Stream, channel_stream
from ecliptic.model.paths import FACES, feed_page_path
from ecliptic.model.search import Found
from ecliptic.model.site import Channel, Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.terms import Term
from ecliptic.model.words import Indexed
from ecliptic.select.archive import archive_pages, post_pages
from ecliptic.select.terms import term_pages
from ecliptic.select.words import word_pages


def front_page(site: Site) -> Selection:
    """Return what the front page shows; the planet's own feeds carry the same."""
    return Selection(
        limit=site.pages.items_per_page,
        days=site.pages.days_per_page,
        feed_items=site.pages.feed_items,
    )


def searches(site: Site) -> tuple[Selection, ...]:
    """Return what the pages of filters ask, each question once."""
    return tuple({_of_channel(site, channel): None for channel in site.channels})


def pages(
    site: Site,
    feeds: Sequence[FeedState],
    found: Mapping[Selection, Found] | None = None,
    *,
    days: Sequence[ArchiveDay] | None = None,
    indexed: Indexed | None = None,
    terms: Sequence[Term] | None = None,
    posts: Mapping[date, Sequence[str]] | None = None,
    social: str = "",
) -> Outline:
    """Return every page of the site, many of them in sections; a hidden feed has none of its own.

    ``found`` says how the answers to ``searches`` stand, and ``days`` which days have
    entries, if there is an archive; ``indexed`` how the index of words stands, if there
    is one, and ``terms`` by what entries are browsed; ``posts`` are the entries of each
    day by uid, if they have pages of their own. ``social`` is the path of the picture that
    pages name for others to show, if there is one. An old template's page stands in the place
    of ours of its name.
    """
    made = {page.path: page for page in _ours(site, feeds, social)}
    parts = [
        *(() if terms is None else term_pages(site.browse, terms)),
        *(() if indexed is None else word_pages(indexed)),
    ]
    made |= {part.path: part for part in parts if isinstance(part, Page)}
    for channel in site.channels:
        made |= {page.path: page for page in _channel_pages(site, channel, found or {})}
    if days is not None:
        made["statistics.html"] = _statistics(days, terms or ())
        archive = tuple(archive_pages(days, has_feeds=bool(site.link)))
        made |= {page.path: page for page in archive}
        made |= {page.path: page for page in post_pages(days, posts or {})}
        if documents := [page.path for page in archive if page.kind == "atom"]:
            for path in ("atom.xml", "rss20.xml"):
                made[path] = replace(made[path], older=documents[-1])
        if site.link:
            made["sitemap.xml"] = Page(path="sitemap.xml", kind="sitemap")
    for copied in site.copies:
        made[copied.path] = Page(path=copied.path, kind="copied")
    for template in site.templates:
        made[template.path] = _templated(site, template)
    sections = [part for part in parts if isinstance(part, Section)]
    return Outline((*made.values(), *_free(sections, frozenset(made))))


def _free(sections: Iterable[Section], taken: AbstractSet[str]) -> Iterator[Page | Section]:
    """Yield sections as they are, but where a page of the operator's stands among theirs.

    One may, as ``languages/es``.
    """
    for section in sections:
        if taken.isdisjoint(section.paths):
            yield section
        else:
            yield from (page for page in section.pages() if page.path not in taken)


def _ours(site: Site, feeds: Sequence[FeedState], social: str) -> Iterator[Page]:
    newest = front_page(site)
    yield Page(path="index.html", kind="index", selection=newest)
    yield Page(path="titles_only.html", kind="titles", selection=newest)
    yield Page(path="atom.xml", kind="atom", selection=newest)
    yield Page(path="rss20.xml", kind="rss20", selection=newest)
    yield Page(path="rss10.xml", kind="rss10", selection=newest)
    yield Page(path="feed.json", kind="jsonfeed", selection=newest)
    yield Page(path="blogroll.html", kind="blogroll")
    yield Page(path="opml.xml", kind="opml")
    yield Page(path="foafroll.xml", kind="foafroll")
    for feed in feeds:
        if not feed.hidden_feed:
            yield from _feed_pages(site, feed)
    if site.faces:
        yield from _faces(feeds)
    if social:
        yield Page(path=social, kind="social_image")
    yield Page(path="feeds.html", kind="feeds", selection=newest, follows_clock=True)
    yield Page(path="status.json", kind="status", follows_clock=True)


def _faces(feeds: Sequence[FeedState]) -> Iterator[Page]:
    """Yield the pictures of feeds, each once: what bytes it has, its name says."""
    shown = {feed.face.mark: feed.face for feed in feeds if feed.face and not feed.hidden_feed}
    for mark, face in shown.items():
        yield Page(path=face.path(FACES), kind="picture", picture=mark)


def _statistics(days: Sequence[ArchiveDay], terms: Sequence[Term]) -> Page:
    """Return the page that counts; it changes when a day or a term does."""
    counted = (sum(day.entries for day in days), sum(term.entries for term in terms))
    editions = (
        max((day.edition for day in days), default=0),
        max((term.edition for term in terms), default=0),
    )
    changed_at = max((day.changed_at for day in days if day.changed_at), default=None)
    mark = repr((counted, editions, len(days), len(terms)))
    return Page(path="statistics.html", kind="statistics", mark=mark, changed_at=changed_at)


def _feed_pages(site: Site, feed: FeedState) -> Iterator[Page]:
    selection = Selection(feed_id=feed.id, limit=site.pages.items_per_page)
    path = feed_page_path(feed)
    stream = Stream(name=feed_name(feed), home=path, folder=path.removesuffix(".html"))
    page = Page(path=path, kind="feed_page", feed_id=feed.id, selection=selection, stream=stream)
    yield page
    if site.browse:
        for kind, name in OUTPUT_FEEDS.items():
            yield replace(page, path=f"{stream.folder}/{name}", kind=kind)


def _channel_pages(
    site: Site, channel: Channel, found: Mapping[Selection, Found]
) -> Iterator[Page]:
    """Yield the page of a filter, and its output feeds beside it."""
    selection = _of_channel(site, channel)
    answer = found.get(selection) or Found(mark="", changed_at=None)
    page = Page(
        path=f"{channel.path}/index.html",
        kind="channel",
        selection=selection,
        stream=channel_stream(channel),
        mark=answer.mark,
        changed_at=answer.changed_at,
    )
    yield page
    for kind, name in OUTPUT_FEEDS.items():
        yield replace(page, path=f"{channel.path}/{name}", kind=kind)


def _of_channel(site: Site, channel: Channel) -> Selection:
    items, days = channel.items_per_page, channel.days_per_page
    return Selection(
        filter=channel.filter,
        limit=site.pages.items_per_page if items is None else items,
        days=site.pages.days_per_page if days is None else days,
    )


def _templated(site: Site, template: OldTemplate) -> Page:
    selection = Selection(
        limit=template.items_per_page,
        days=template.days_per_page,
        feed_items=site.pages.feed_items,
    )
    return Page(path=template.path, kind="old_template", selection=selection)
