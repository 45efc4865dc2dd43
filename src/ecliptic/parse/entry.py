"""One ``item`` or ``entry`` element → ``ParsedEntry``."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ecliptic.model.parsed import EntrySource, Link, ParsedEntry, Person
from ecliptic.model.text import Content
from ecliptic.parse import address, text
from ecliptic.parse.credits import AUTHORS, read_categories, read_people
from ecliptic.parse.dates import parse_date
from ecliptic.parse.fields import Fields, Scope
from ecliptic.parse.links import about, page_of, read_links, rss_link
from ecliptic.parse.media import add_media_groups, read_enclosures, read_image
from ecliptic.parse.names import Names
from ecliptic.parse.tree import Element

_TITLES: Final = ("title", "atom:title", "dc:title", "media:title", "itunes:title")
_BODIES: Final = ("content:encoded", "atom:content", "xhtml:body", "xhtml:div", "body", "fullitem",
                  "content:item")  # fmt: skip
_SUMMARIES: Final = ("description", "atom:summary", "abstract", "dc:description", "dcterms:abstract",
                     "itunes:summary", "googleplay:description", "itunes:subtitle",
                     "media:description")  # fmt: skip
_PUBLISHED: Final = ("pubdate", "atom:published", "atom:issued", "dcterms:issued", "dc:date",
                     "dcterms:date", "dcterms:created", "atom:created", "atom:pubdate",
                     "published", "date")  # fmt: skip
_UPDATED: Final = ("atom:updated", "atom:modified", "dcterms:modified", "updated", "lastbuilddate")
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")
_RIGHTS: Final = ("dc:rights", "dcterms:rights", "atom:rights", "atom:copyright", "copyright",
                  "media:copyright", "cc:license")  # fmt: skip


def read_entry(
    element: Element, names: Names, outer: Scope, page: str, position: int
) -> ParsedEntry:
    """Read one entry. ``page`` is the feed's own page, the base of last resort but one."""
    scope = outer.inside(element)
    fields = Fields(names, scope)
    fields.add(element)
    if "media:group" in fields.found or "media:content" in fields.found:
        add_media_groups(fields)
    links = read_links(fields)
    identifier = _identifier(fields, element)
    link = _page(fields, element, links, identifier)
    base = scope.own_base or (link if address.is_web(link) else page or scope.base)
    content, summary = _bodies(fields, base)
    source, source_authors = _source(fields)
    return ParsedEntry(
        id=identifier,
        link=link,
        title=fields.content(_TITLES, base, title=True),
        summary=summary,
        content=content,
        published=fields.date(*_PUBLISHED),
        updated=fields.date(*_UPDATED) or _last_modified(element),
        authors=read_people(fields, *AUTHORS) or source_authors,
        contributors=read_people(fields, ("atom:contributor", "dc:contributor", "podcast:person")),
        categories=read_categories(fields),
        enclosures=read_enclosures(fields, links),
        links=tuple(links),
        image=read_image(fields),
        language=fields.text("dc:language", "language") or scope.language,
        rights=fields.text(*_RIGHTS) or _license(fields),
        comments=_comments(fields, links),
        source=source,
        position=position,
        problems=tuple(fields.problems),
    )


def _identifier(fields: Fields, element: Element) -> str:
    """Return the author's identifier as it stands; it is compared, never followed."""
    value = fields.text("guid", "atom:id")
    return value or about(element) or fields.text("id", "dc:identifier")


def _page(fields: Fields, element: Element, links: list[Link], identifier: str) -> str:
    """Return the permalink: what FeedBurner replaced, ``link``, or a guid that is one."""
    link = rss_link(fields, "feedburner:origlink") if "feedburner:origlink" in fields.found else ""
    link = link or rss_link(fields) or page_of(links)
    if link:
        return link
    guid = next(fields.all("guid"), None)
    if guid is not None and (guid.get("isPermaLink") or "true").strip().lower() != "false":
        link = identifier if address.is_web(identifier) else ""
        if not link and guid.get("isPermaLink"):
            link = address.absolute(identifier, fields.scope.base)
    link = link or address.absolute(element.get("href") or element.get("HREF"), fields.scope.base)
    if link:
        return link
    for content in fields.all("atom:content"):
        if content.get("src"):
            return address.absolute(content.get("src"), fields.scope.inside(content).base)
    if guid is None and address.is_web(identifier):  # rdf:about, or an Atom id that is an address
        return address.absolute(identifier, fields.scope.base)
    return ""


def _bodies(fields: Fields, base: str) -> tuple[Content | None, Content | None]:
    """Return the fullest body, and the author's short form if that is another text."""
    content = _longest(fields, base)
    summary = fields.content(_SUMMARIES, base)
    if content is None:
        return summary, None
    if summary is None or summary.value == content.value:
        return content, None
    if len(summary.value) > len(content.value) and "description" in fields.found:
        return summary, content
    return content, summary


def _longest(fields: Fields, base: str) -> Content | None:
    best: Content | None = None
    for name in _BODIES:
        for element in fields.found.get(name, ()):
            content = fields.read_content(name, element, base)
            if content and (best is None or len(content.value) > len(best.value)):
                best = content
    return best


def _last_modified(element: Element) -> datetime | None:
    """Read the time of a CDF item, which stands in an attribute."""
    given = element.get("LASTMOD") or element.get("lastmod")
    return parse_date(given) if given else None


def _license(fields: Fields) -> str:
    for element in fields.all("cc:license", "podcast:license"):
        for value in element.attrib.values():
            if address.is_web(value):
                return value
    return next((link.get("href") or "" for link in fields.all("atom:link")
                 if link.get("rel") == "license"), "")  # fmt: skip


def _comments(fields: Fields, links: list[Link]) -> str:
    given = fields.text("comments")
    if given:
        return address.absolute(given, fields.scope.base)
    return next(
        (link.href for link in links if link.rel == "replies" and link.type in _PAGE_TYPES), ""
    )


def _source(fields: Fields) -> tuple[EntrySource | None, tuple[Person, ...]]:
    """Read where another feed took the entry from, and the authors it says that feed has."""
    for element in fields.all("source"):
        feed_url = address.absolute(element.get("url"), fields.scope.base)
        title = text.plain(element)
        if feed_url or title:
            return EntrySource(title=title[:1000], feed_url=feed_url), ()
    for element in fields.all("atom:source"):
        inner = Fields(fields.names, fields.scope.inside(element))
        inner.add(element)
        links = read_links(inner)
        source = EntrySource(
            id=inner.text("atom:id"),
            title=inner.text("atom:title")[:1000],
            link=page_of(links),
            feed_url=next((link.href for link in links if link.rel == "self"), ""),
        )
        return source, read_people(inner, ("atom:author",))
    return None, ()
