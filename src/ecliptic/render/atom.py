"""The planet as Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ecliptic import __version__
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import PlanetStatus, Shown
from ecliptic.model.parsed import Person
from ecliptic.model.site import Site
from ecliptic.render.dates import published, rfc3339, updated
from ecliptic.render.naming import (
    entry_iris,
    feed_iri,
    feed_link,
    is_iri,
    language_tag,
    web_address,
)
from ecliptic.render.publication import Publication
from ecliptic.render.writer import Writer

NEVER: Final = "1970-01-01T00:00:00Z"
"""An Atom feed must have a time even before its first entry."""


def atom(site: Site, entries: Sequence[Shown], status: PlanetStatus, about: Publication) -> bytes:
    """Write ``atom.xml``."""
    out = Writer()
    out.start(
        "feed",
        xmlns="http://www.w3.org/2005/Atom",
        xmlns__media="http://search.yahoo.com/mrss/",
        xmlns__fh="http://purl.org/syndication/history/1.0" if about.is_archived else "",
        xml__lang=language_tag(site.language),
    )
    if about.is_archived:
        out.empty("fh:archive")
    out.text("id", about.iri).text("title", about.title).some("subtitle", about.description)
    out.text("updated", rfc3339(status.changed_at) if status.changed_at else NEVER)
    _link(out, "self", about.address, "application/atom+xml")
    _link(out, "hub", about.hub)
    for relation, address in about.archive.items():
        _link(out, relation, address, "application/atom+xml")
    _link(out, "alternate", about.home, "text/html")
    out.start("author").text("name", site.owner_name or site.name)
    out.some("email", site.owner_email).end()
    out.text("generator", "Ecliptic", version=__version__)
    for iri, shown in zip(entry_iris(entries), entries, strict=True):
        _entry(out, iri, shown, status)
    return out.to_bytes()


def _entry(out: Writer, iri: str, shown: Shown, status: PlanetStatus) -> None:
    entry = shown.entry
    out.start("entry", xml__lang=language_tag(entry.language, shown.feed.info.language))
    out.text("id", iri).text("title", entry.title_html, type="html")
    out.text("updated", rfc3339(updated(entry, status)))
    if entry.published:
        out.text("published", rfc3339(published(entry)))
    _link(out, "alternate", web_address(entry.link), "text/html")
    _link(out, "replies", web_address(entry.comments))
    for copy in shown.also:
        if url := web_address(copy.link):
            out.empty("link", rel="related", href=url, title=feed_name(copy.feed))
    for file in entry.enclosures:
        if url := web_address(file.url):
            length = str(file.length) if file.length > 0 else ""
            out.empty(
                "link", rel="enclosure", href=url, type=file.type, length=length, title=file.title
            )
    _authors(out, entry.authors)
    for tag in entry.categories:
        if not is_blank(tag.term):
            out.empty("category", term=tag.term, scheme=tag.scheme, label=tag.label)
    out.some("rights", entry.rights).some("summary", entry.summary, type="html")
    # Without an alternate link an entry must have content (RFC 4287, 4.1.2).
    out.text("content", entry.content, type="html")
    if image := web_address(entry.image):
        out.empty("media:thumbnail", url=image)
    _source(out, shown)
    out.end()


def _source(out: Writer, shown: Shown) -> None:
    """Say where the entry comes from: the feed it was first in, if it passed through others."""
    origin, feed = shown.entry.source, shown.feed
    out.start("source")
    if origin and not is_blank(origin.title):
        out.some("id", origin.id if is_iri(origin.id) else "").text("title", origin.title)
        _link(out, "self", web_address(origin.feed_url))
        _link(out, "alternate", web_address(origin.link), "text/html")
        if not shown.entry.authors:
            _authors(out, (Person(name=origin.title),))
    else:
        out.text("id", feed_iri(feed)).text("title", feed_name(feed))
        _link(out, "self", web_address(feed.url))
        _link(out, "alternate", feed_link(feed), "text/html")
        _feed_authors(out, feed)
    out.end()


def _feed_authors(out: Writer, feed: FeedState) -> None:
    named = [person for person in feed.info.authors if not is_blank(person.name)]
    _authors(out, named or (Person(name=feed_name(feed)),))


def _authors(out: Writer, people: Iterable[Person]) -> None:
    """Name people; their mail addresses are left to their own sites."""
    for person in people:
        url = web_address(person.url)
        name = url if is_blank(person.name) else person.name
        if name:
            out.start("author").text("name", name).some("uri", url).end()


def _link(out: Writer, rel: str, href: str, media_type: str = "") -> None:
    if href:
        out.empty("link", rel=rel, href=href, type=media_type)
