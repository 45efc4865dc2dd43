"""A page → the feeds it names: ``link`` elements first, then links in its text that look so."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html

from ecliptic.parse import address, encoding

_TYPES: Final = {
    "application/rss+xml": "application/rss+xml",
    "application/atom+xml": "application/atom+xml",
    "application/feed+json": "application/feed+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/x.atom+xml": "application/atom+xml",
    "application/x-atom+xml": "application/atom+xml",
    "application/json": "application/json",
    "application/xml": "application/xml",
    "text/xml": "text/xml",
    "text/rss+xml": "application/rss+xml",
}
_LOOKS_LIKE_A_FEED: Final = re.compile(
    r"(?:^|[/._-])(?:rss2?|atom|feeds?|rdf|index\.rdf|feed\.json)(?:[/._?-]|\Z)|\.(?:rss|rdf|atom)\Z",
    re.IGNORECASE,
)
_VAGUE: Final = frozenset({"application/json", "application/xml", "text/xml"})
_MAX_BYTES: Final = 2_000_000
_MAX_LINKS: Final = 100


class FeedLink(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A feed that a page names; ``url`` is absolute, ``type`` what the page says it is."""

    url: str
    type: str = ""
    title: str = ""


def discover(page: bytes | str, *, url: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """Return the feeds that an HTML page names, the most explicit first, each once."""
    if isinstance(page, bytes):
        page = encoding.decode(page[:_MAX_BYTES], content_type).text
    root = root_of(page[:_MAX_BYTES])
    if root is None:
        return ()
    base = base_of(root, url)
    found: dict[str, FeedLink] = {}
    for link in (*_named(root, base), *_mentioned(root, base, url)):
        if link.url not in found and len(found) < _MAX_LINKS:
            found[link.url] = link
    return tuple(found.values())


def root_of(page: str) -> etree._Element | None:
    """Return the root of a page of HTML, or ``None`` for what is none."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(
            page.replace("\0", "").encode("utf-8", "replace"), parser
        )
    except (etree.LxmlError, ValueError):
        return None
    return root


def base_of(root: etree._Element, url: str) -> str:
    """Return what a page's relative addresses are seen from (HTML, 4.2.3)."""
    for element in root.iter("base"):
        if element.get("href"):
            return address.absolute(element.get("href"), url) or url
    return url


def _named(root: etree._Element, base: str) -> list[FeedLink]:
    """Read ``link rel=alternate`` of a feed's type, and ``rel=feed`` (RSS Autodiscovery)."""
    links = []
    for element in root.iter("link"):
        relations = (element.get("rel") or "").lower().split()
        media_type = (element.get("type") or "").partition(";")[0].strip().lower()
        known = _TYPES.get(media_type, "")
        if "feed" not in relations and not ("alternate" in relations and known):
            continue
        href = address.absolute(element.get("href"), base)
        if address.is_web(href) and "stylesheet" not in relations:
            title = " ".join((element.get("title") or "").split())[:500]
            links.append(FeedLink(url=href, type=known, title=title))
    return sorted(links, key=_doubt)


def _doubt(link: FeedLink) -> tuple[bool, bool]:
    """Order feeds of the page itself before those of its comments and before vague types."""
    return link.type in _VAGUE, "comment" in link.url.lower()


def _mentioned(root: etree._Element, base: str, url: str) -> list[FeedLink]:
    """Read links in the text whose address looks like a feed's, those of the same site first."""
    host = urlsplit(url).hostname
    links = []
    for element in root.iter("a"):
        given = element.get("href")
        href = address.absolute(given, base) if given else ""
        if not address.is_web(href):
            continue
        media_type = _TYPES.get((element.get("type") or "").strip().lower(), "")
        parts = urlsplit(href)
        if media_type or _LOOKS_LIKE_A_FEED.search(parts.path):
            title = " ".join("".join(map(str, element.itertext())).split())[:500]
            links.append((parts.hostname != host, FeedLink(url=href, type=media_type, title=title)))
    return [link for _, link in sorted(links, key=lambda pair: pair[0])]
