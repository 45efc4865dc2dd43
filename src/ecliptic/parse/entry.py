"""One ``item`` or ``entry`` element → ``ParsedEntry``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.model.parsed import EntrySource, Link, ParsedEntry, Person
from ecliptic.model.text import Content
from ecliptic.parse import address, text
from ecliptic.parse.credits import read_categories, read_people
from ecliptic.parse.dates import parse_date
from ecliptic.parse.extras import with_extras
from ecliptic.parse.fields import Fields, Scope, children_of, language_tag
from ecliptic.parse.links import about, page_of, read_links, rss_link
from ecliptic.parse.media import File, add_media_groups, read_enclosures, read_files, read_image
from ecliptic.parse.shape import Layouts, Shape
from ecliptic.parse.tree import Element

_SPECIAL: Final = frozenset({"enclosure", "license", "replies"})
"""Relations of links from which other fields are read."""

_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")


class EntryReader:
    """Reads the entries of one document. ``page`` is the feed's own page."""

    def __init__(self, layouts: Layouts, page: str) -> None:
        self.layouts = layouts
        self.page = page if address.is_web(page) else ""

    def read(self, element: Element, outer: Scope, position: int) -> ParsedEntry:
        """Read one entry, which stands in the scope ``outer``."""
        fields = Fields(self.layouts, outer.inside(element), children_of(element))
        if fields.layout.shape.groups:
            add_media_groups(fields)
        shape = fields.layout.shape
        files = read_files(fields, shape.enclosures) if shape.enclosures else []
        entry = self._read(element, fields, shape, files, position)
        is_rare = shape.thumbnails or shape.images or shape.contributors or shape.sources
        if is_rare or files or fields.problems:
            entry = _with_what_is_rare(entry, fields, shape, files)
        return with_extras(entry, fields) if shape.extras else entry

    def _read(
        self, element: Element, fields: Fields, shape: Shape[int], files: list[File], position: int
    ) -> ParsedEntry:
        # Nothing is called for what an entry of this shape cannot have: calls are what costs here.
        # Nor has the last call more than fifteen arguments: Python then makes a dict of them.
        scope = fields.scope
        links = (
            read_links(fields, shape.links, shape.implied_links)
            if shape.links or shape.implied_links
            else ()
        )
        others = [link for link in links if link.rel in _SPECIAL] if links else []
        identifier = fields.text(shape.identifiers) or _other_identifier(fields, element)
        link = (rss_link(fields, shape.pages) if shape.pages else "") or page_of(links)
        link = link or _other_page(fields, element, identifier)
        base = scope.own_base or (link if address.is_web(link) else self.page or scope.base)
        content, summary = _bodies(fields, shape, base)
        return ParsedEntry(
            id=identifier,
            link=link,
            title=fields.content(shape.titles, base, title=True) if shape.titles else None,
            summary=summary,
            content=content,
            published=fields.date(shape.published) if shape.published else None,
            updated=(fields.date(shape.updated) if shape.updated else None)
            or _last_modified(element),
            authors=read_people(fields, shape.authors, shape.creators, shape.hosts),
            categories=read_categories(fields, shape.categories) if shape.categories else (),
            enclosures=read_enclosures(fields, shape.durations, others, files)
            if others or files
            else (),
            links=links,
            language=_language(fields, shape) if shape.languages else scope.language,
            rights=_rights(fields, shape, others)
            if others or shape.rights or shape.licenses
            else "",
            comments=_comments(fields, shape, others) if others or shape.comments else "",
            position=position,
        )


def _with_what_is_rare(
    entry: ParsedEntry, fields: Fields, shape: Shape[int], files: list[File]
) -> ParsedEntry:
    """Add to an entry what most have not."""
    source, authors = _source(fields) if shape.sources else (None, ())
    return replace(
        entry,
        authors=entry.authors or authors,
        contributors=read_people(fields, shape.contributors),
        image=read_image(fields, shape.thumbnails, files, shape.images),
        source=source,
        problems=tuple(fields.problems),
    )


def _other_identifier(fields: Fields, element: Element) -> str:
    """Return an identifier from elsewhere; it is compared byte for byte, never followed."""
    return about(element) or fields.text(fields.at("id", "dc:identifier"))


def _other_page(fields: Fields, element: Element, identifier: str) -> str:
    """Return the permalink of an entry without a link: a guid or id that is one, or ``src``."""
    base = fields.scope.base
    guid = next(fields.all("guid"), None)
    if guid is not None:
        permanent = (guid.get("isPermaLink") or guid.get("ispermalink") or "").strip().lower()
        if permanent != "false" and (address.is_web(identifier) or permanent == "true"):
            return address.absolute(identifier, base)
        return ""
    link = address.absolute(element.get("href") or element.get("HREF"), base)
    if link:
        return link
    for content in fields.all("atom:content"):
        if content.get("src"):
            return address.absolute(content.get("src"), fields.scope.inside(content).base)
    return address.absolute(identifier, base) if address.is_web(identifier) else ""


def _bodies(fields: Fields, shape: Shape[int], base: str) -> tuple[Content | None, Content | None]:
    """Return the fullest body, and the author's short form if that is another text."""
    content = fields.longest(shape.bodies, base) if shape.bodies else None
    summary = fields.content(shape.summaries, base) if shape.summaries else None
    if content is None:
        return summary, None
    if summary is None or summary.value == content.value:
        return content, None
    if len(summary.value) > len(content.value) and fields.at("description"):
        return summary, content
    return content, summary


def _last_modified(element: Element) -> datetime | None:
    """Read the time of a CDF item, which stands in an attribute."""
    if not element.keys():
        return None
    given = element.get("LASTMOD") or element.get("lastmod")
    return parse_date(given) if given else None


def _language(fields: Fields, shape: Shape[int]) -> str:
    return language_tag(fields.text(shape.languages)) or fields.scope.language


def _rights(fields: Fields, shape: Shape[int], links: Sequence[Link]) -> str:
    rights = fields.words(shape.rights) if shape.rights else ""
    if rights:
        return rights
    for place in shape.licenses:
        for value in map(str, fields.elements[place].attrib.values()):
            if address.is_web(value):
                return value
    for link in links:
        if link.rel == "license":  # RFC 4946
            return link.href
    return ""


def _comments(fields: Fields, shape: Shape[int], links: Sequence[Link]) -> str:
    if shape.comments:
        return address.absolute(fields.text(shape.comments), fields.scope.base)
    for link in links:
        if link.rel == "replies" and link.type in _PAGE_TYPES:
            return link.href
    return ""


def _source(fields: Fields) -> tuple[EntrySource | None, tuple[Person, ...]]:
    """Read where another feed took the entry from, and the authors it says that feed has."""
    for element in fields.all("source"):
        feed_url = address.absolute(element.get("url"), fields.scope.base)
        title = text.plain(element)
        if feed_url or title:
            return EntrySource(title=title[:1000], feed_url=feed_url), ()
    for element in fields.all("atom:source"):
        inner = Fields(fields.layouts, fields.scope.inside(element), children_of(element))
        links = read_links(inner, inner.layout.shape.links)
        source = EntrySource(
            id=inner.text(inner.at("atom:id")),
            title=inner.text(inner.at("atom:title"))[:1000],
            link=page_of(links),
            feed_url=next((link.href for link in links if link.rel == "self"), ""),
        )
        return source, read_people(inner, inner.at("atom:author"))
    return None, ()
