"""What the specifications of feeds ask for, as lists of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import msgspec
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
RSS1 = "{http://purl.org/rss/1.0/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read_xml(data: bytes) -> etree._Element:
    """Read a document as strictly as XML asks for."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    return etree.fromstring(data, parser)


def wrong_in_atom(data: bytes) -> list[str]:
    """Check RFC 4287, section 4."""
    feed = read_xml(data)
    return [*_wrong_in_atom(feed)]


def _wrong_in_atom(feed: etree._Element) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"root is {feed.tag}"
    yield from _counts(feed, {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "subtitle": (0, 1)})
    yield from _constructs(feed)
    has_author = feed.find(f"{ATOM}author") is not None
    ids = []
    for entry in feed.findall(f"{ATOM}entry"):
        yield from _counts(
            entry,
            {
                "id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1),
                "summary": (0, 1), "content": (0, 1), "rights": (0, 1), "source": (0, 1),
            },
        )  # fmt: skip
        yield from _constructs(entry)
        ids.append(entry.findtext(f"{ATOM}id"))
        if not has_author and entry.find(f"{ATOM}author") is None:
            yield "entry without author"
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in entry.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        if not alternates and entry.find(f"{ATOM}content") is None:
            yield "entry without alternate link and content"
        if len(alternates) != len(set(alternates)):
            yield "two alternate links of one type and language"
    if len(ids) != len(set(ids)):
        yield "two entries of one id"


def _counts(parent: etree._Element, allowed: dict[str, tuple[int, int]]) -> Iterator[str]:
    for name, (least, most) in allowed.items():
        found = len(parent.findall(ATOM + name))
        if not least <= found <= most:
            yield f"{parent.tag}: {found} × {name}"


def _constructs(parent: etree._Element) -> Iterator[str]:
    for pattern, names in ((_IRI, ("id", "uri", "icon")), (_RFC3339, ("updated", "published"))):
        for child in parent.iter(*(ATOM + name for name in names)):
            if not pattern.fullmatch(child.text or ""):
                yield f"{child.tag}: {child.text!r}"
    for child in parent.iter(f"{ATOM}link"):
        if not _IRI.fullmatch(child.get("href", "")):
            yield f"link is not absolute: {child.get('href')!r}"
    people = parent.iter(f"{ATOM}author", f"{ATOM}contributor")
    if any(not child.findtext(f"{ATOM}name") for child in people):
        yield "person without a name"
    if any(not child.get("term") for child in parent.iter(f"{ATOM}category")):
        yield "category without a term"
    for child in parent.iter(f"{ATOM}title", f"{ATOM}summary", f"{ATOM}content"):
        if child.get("type", "text") not in {"text", "html"} or len(child):
            yield f"{child.tag} has a type that does not fit"


def wrong_in_rss20(data: bytes) -> list[str]:
    """Check RSS 2.0 and what the RSS Advisory Board recommends."""
    return [*_wrong_in_rss20(read_xml(data))]


def _wrong_in_rss20(root: etree._Element) -> Iterator[str]:
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "not RSS 2.0"
        return
    for name in ("title", "link", "description"):
        if not channel.findtext(name):
            yield f"channel without {name}"
    guids = [item.findtext("guid") for item in channel.findall("item")]
    if len(guids) != len(set(guids)) or not all(guids):
        yield f"guids that are missing or not unique: {guids}"
    for item in channel.findall("item"):
        yield from _wrong_in_item(item)


def _wrong_in_item(item: etree._Element) -> Iterator[str]:
    if not item.findtext("title") and not item.findtext("description"):
        yield "item without title and description"
    for name in ("title", "link", "guid", "pubDate", "description", "enclosure", "source"):
        if len(item.findall(name)) > 1:
            yield f"item with two {name}"
    permalinks = [one.text for one in item.findall("guid") if one.get("isPermaLink") != "false"]
    if permalinks not in ([], [item.findtext("link")]):
        yield f"guid {permalinks} says that it is the permalink"
    parsedate_to_datetime(item.findtext("pubDate") or "")
    needed: list[tuple[etree._Element, tuple[str, ...]]]
    needed = [(one, ("url", "type", "length")) for one in item.findall("enclosure")]
    needed += [(one, ("url",)) for one in item.findall("source")]
    for element, names in needed:
        if not all(element.get(name) for name in names):
            yield f"{element.tag} without one of {names}"


def wrong_in_rss10(data: bytes) -> list[str]:
    """Check RSS 1.0: each item is listed once, under the name it has."""
    root = read_xml(data)
    channel = root.find(f"{RSS1}channel")
    if root.tag != f"{RDF}RDF" or channel is None:
        return ["not RSS 1.0"]
    wrong = [
        f"channel without {name}"
        for name in ("title", "link", "description", "items")
        if channel.find(RSS1 + name) is None
    ]
    listed = [li.get(f"{RDF}resource") for li in channel.iter(f"{RDF}li")]
    items = root.findall(f"{RSS1}item")
    about = [item.get(f"{RDF}about") for item in items]
    if listed != about:
        wrong.append(f"listed {listed}, given {about}")
    if len(about) != len(set(about)):
        wrong.append("two items about one thing")
    for item in items:
        wrong += [
            f"item without {name}" for name in ("title", "link") if not item.findtext(RSS1 + name)
        ]
    return wrong


class JsonAuthor(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An author of JSON Feed 1.1: at least one member must be there."""

    name: str | None = None
    url: str | None = None
    avatar: str | None = None

    def __post_init__(self) -> None:
        if not (self.name or self.url or self.avatar):
            raise ValueError("author without anything")


class JsonAttachment(msgspec.Struct, forbid_unknown_fields=True):
    """An attachment of JSON Feed 1.1."""

    url: str
    mime_type: str
    title: str | None = None
    size_in_bytes: int | None = None
    duration_in_seconds: int | None = None


class JsonItem(msgspec.Struct, forbid_unknown_fields=True):
    """An item of JSON Feed 1.1; ``_source`` is our extension."""

    id: str
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    image: str | None = None
    banner_image: str | None = None
    date_published: datetime | None = None
    date_modified: datetime | None = None
    authors: list[JsonAuthor] = []
    tags: list[str] = []
    language: str | None = None
    attachments: list[JsonAttachment] = []
    source: dict[str, str] = msgspec.field(default_factory=dict, name="_source")

    def __post_init__(self) -> None:
        if self.content_html is None and self.content_text is None:
            raise ValueError("item without content")


class JsonFeed(msgspec.Struct, forbid_unknown_fields=True):
    """A JSON Feed 1.1; reading one is the check."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    items: list[JsonItem]
    home_page_url: str | None = None
    feed_url: str | None = None
    description: str | None = None
    language: str | None = None
    authors: list[JsonAuthor] = []


def read_jsonfeed(data: bytes) -> JsonFeed:
    """Read a JSON Feed as strictly as version 1.1 asks for."""
    feed = msgspec.json.decode(data, type=JsonFeed)
    ids = [item.id for item in feed.items]
    if len(ids) != len(set(ids)):
        raise ValueError("two items of one id")
    return feed


def wrong_in_opml(data: bytes) -> list[str]:
    """Check OPML 2.0, as far as it speaks of subscription lists."""
    root = read_xml(data)
    body: Any = root.find("body")
    wrong = [] if root.tag == "opml" and root.get("version") == "2.0" else ["not OPML 2.0"]
    if root.find("head/title") is None or body is None:
        return [*wrong, "no title or no body"]
    for outline in body.findall("outline"):
        wrong += [
            f"outline without {name}"
            for name in ("text", "type", "xmlUrl")
            if not outline.get(name)
        ]
    return wrong
