"""Links of a feed or entry: which one is the page, and what the others are for."""

from __future__ import annotations

from typing import Final

from ecliptic.model.parsed import Link
from ecliptic.parse import address, text
from ecliptic.parse.fields import MAX_REPEATED, Fields
from ecliptic.parse.names import RDF_ABOUT, RDF_RESOURCE
from ecliptic.parse.tree import Element

_IANA: Final = "http://www.iana.org/assignments/relation/"
_HTML: Final = ("", "text/html", "application/xhtml+xml", "text/plain")


def read_links(fields: Fields) -> list[Link]:
    """Read Atom links, wherever they stand, and those that other namespaces imply."""
    links = [link for element in fields.all("atom:link", "link") if (link := _link(fields, element))]
    for name, relation, media_type in _IMPLIED:
        for element in fields.all(name):
            href = _address(fields, element)
            if href:
                media_type = element.get("type") or media_type
                title = (element.text or "").strip() if element.get("url") else ""
                links.append(Link(href=href, rel=relation, type=media_type, title=title[:200]))
    links.extend(_answered(fields))
    return links[:MAX_REPEATED]


_IMPLIED: Final = (
    ("wfw:commentrss", "replies", "application/rss+xml"),
    ("podcast:transcript", "transcript", ""),
    ("podcast:chapters", "chapters", ""),
    ("podcast:funding", "payment", ""),
    ("itunes:new-feed-url", "self", ""),
)


def page_of(links: list[Link]) -> str:
    """Return the address of the page: the ``alternate`` link, an HTML one if there are several."""
    alternates = [link for link in links if link.rel == "alternate" and address.is_web(link.href)]
    if not alternates:
        return next((link.href for link in links if link.rel == "alternate"), "")
    for link in alternates:
        if link.type in _HTML:
            return link.href
    return alternates[0].href


def rss_link(fields: Fields, name: str = "link") -> str:
    """Return the address in an RSS ``link`` element, which stands in its text."""
    found = fields.found.get(name)
    if not found:
        return ""
    for element in found:
        value = text.plain(element) or element.get(RDF_RESOURCE) or ""
        href = address.absolute(value, fields.scope.inside(element).base) if value else ""
        if href:
            return href
    return ""


def about(element: Element) -> str:
    """Return what an RDF description is about: its identifier."""
    return (element.get(RDF_ABOUT) or "").strip()


def _link(fields: Fields, element: Element) -> Link | None:
    given = element.get("href")
    if given is None:
        return None
    relation = (element.get("rel") or "alternate").strip()
    relation = relation.removeprefix(_IANA)  # RFC 4287, 4.2.7.2
    href = address.absolute(given, fields.scope.inside(element).base)
    if not href:
        return None
    return Link(
        href=href,
        rel=relation if "/" in relation else relation.lower(),
        type=(element.get("type") or "").strip().lower(),
        title=(element.get("title") or "").strip()[:500],
        language=(element.get("hreflang") or "").strip()[:40],
    )


def _address(fields: Fields, element: Element) -> str:
    given = element.get("url") or element.get("href") or text.plain(element)
    return address.absolute(given, fields.scope.inside(element).base)


def _answered(fields: Fields) -> list[Link]:
    """Read what an entry answers to (RFC 4685, 3)."""
    links = []
    for element in fields.all("thr:in-reply-to"):
        given = element.get("href") or element.get("ref")
        href = address.absolute(given, fields.scope.inside(element).base)
        if href:
            links.append(Link(href=href, rel="in-reply-to", type=element.get("type") or ""))
    return links
