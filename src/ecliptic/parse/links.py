"""Links of a feed or entry: which one is the page, and what the others are for."""

from __future__ import annotations

from typing import Final

from ecliptic.model.parsed import Link
from ecliptic.parse import address, text
from ecliptic.parse.fields import Fields, Places
from ecliptic.parse.names import RDF_ABOUT, RDF_RESOURCE, XML_BASE
from ecliptic.parse.shape import MAX_REPEATED
from ecliptic.parse.tree import Element, attributes_of

_IANA: Final = "http://www.iana.org/assignments/relation/"
_USUAL: Final = frozenset({
    "alternate", "self", "replies", "edit", "enclosure", "related", "via", "hub", "next", "license",
})  # fmt: skip
"""Relations that need no second look."""

_USUAL_TYPES: Final = frozenset({
    "", "text/html", "application/atom+xml", "application/rss+xml", "audio/mpeg", "image/jpeg",
})  # fmt: skip
"""Media types, likewise."""

_HTML: Final = ("", "text/html", "application/xhtml+xml", "text/plain")
_IMPLIED: Final = {
    "wfw:commentrss": ("replies", "application/rss+xml"),
    "podcast:transcript": ("transcript", ""),
    "podcast:chapters": ("chapters", ""),
    "podcast:funding": ("payment", ""),
    "thr:in-reply-to": ("in-reply-to", ""),  # RFC 4685, 3
}


def read_links(fields: Fields, places: Places, implied: Places = ()) -> tuple[Link, ...]:
    """Read Atom links, wherever they stand, and those that other elements imply."""
    links = []
    for place in places:
        element = fields.elements[place]
        given = attributes_of(element)
        link = _link(fields, element, dict(given)) if given else None
        if link:
            links.append(link)
    for place in implied:
        element = fields.elements[place]
        relation, media_type = _IMPLIED[fields.layout.names[place]]
        href = _address(fields, element)
        if href:
            links.append(Link(href=href, rel=relation, type=element.get("type") or media_type))
    return tuple(links[:MAX_REPEATED]) if links else ()


def page_of(links: tuple[Link, ...]) -> str:
    """Return the address of the page: the ``alternate`` link, an HTML one if there are several."""
    fallback = ""
    for link in links:
        if link.rel == "alternate":
            is_web = address.is_web(link.href)
            if is_web and link.type in _HTML:
                return link.href
            if not fallback or (is_web and not address.is_web(fallback)):
                fallback = link.href
    return fallback


def rss_link(fields: Fields, places: Places) -> str:
    """Return the address in an RSS ``link`` element, which stands in its text."""
    for place in places:
        element = fields.elements[place]
        value = text.plain(element) or element.get(RDF_RESOURCE)
        href = address.absolute(value, fields.scope.inside(element).base) if value else ""
        if href:
            return href
    return ""


def about(element: Element) -> str:
    """Return what an RDF description is about: its identifier."""
    return element.get(RDF_ABOUT, "").strip()


def _link(fields: Fields, element: Element, given: dict[str, str]) -> Link | None:
    if "href" not in given:
        return None
    scope = fields.scope.inside(element) if XML_BASE in given else fields.scope
    href = address.absolute(given["href"], scope.base)
    if not href:
        return None
    relation = given.get("rel", "alternate")
    media_type = given.get("type", "")
    return Link(
        href=href,
        rel=relation if relation in _USUAL else _relation(relation),
        type=media_type if media_type in _USUAL_TYPES else media_type.strip().lower()[:200],
        title=given["title"].strip()[:500] if "title" in given else "",
        language=given["hreflang"].strip()[:40] if "hreflang" in given else "",
    )


def _relation(given: str) -> str:
    """Return a relation as RFC 4287, 4.2.7.2 compares it."""
    relation = given.strip().removeprefix(_IANA)
    return relation if "/" in relation else relation.lower() or "alternate"


def _address(fields: Fields, element: Element) -> str:
    given = element.get("url") or element.get("href") or element.get("ref") or text.plain(element)
    return address.absolute(given, fields.scope.inside(element).base)
