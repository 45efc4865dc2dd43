"""Links, identifiers, enclosures and categories."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.addresses import followed, scheme_of
from ecliptic.compat.reader import Node, Place, Reader
from ecliptic.compat.result import FeedParserDict
from ecliptic.compat.values import HTML_TYPES, media_type

_ADDRESSES: Final = ("url", "uri", "href")


def with_href(attributes: dict[str, str]) -> FeedParserDict:
    """Return attributes with the address under one name, whichever it had."""
    found = FeedParserDict(
        {name: value for name, value in attributes.items() if name not in _ADDRESSES}
    )
    written = [attributes[name] for name in _ADDRESSES if name in attributes]
    if written:
        found["href"] = next(filter(None, written), "")
    return found


def _link(reader: Reader, node: Node, place: Place) -> None:
    link = with_href(node.attributes)
    rel = link.setdefault("rel", "alternate")
    link.setdefault("type", "application/atom+xml" if rel == "self" else "text/html")
    href = link.get("href", node.text.replace("&amp;", "&"))
    is_alternate = rel == "alternate" and media_type(link["type"]) in HTML_TYPES
    if href or "href" in link:
        link["href"] = href = followed(node.scope.base, href)
    place.record.setdefault("links", []).append(link)
    if is_alternate and href:
        place.record["link"] = href
    reader.walk(node, place)


def _guid(reader: Reader, node: Node, place: Place) -> None:
    place.guid_is_link = node.attributes.get("ispermalink", "true") == "true"
    value = reader.keep_text(node, place, "id")
    place.record.setdefault("guidislink", place.guid_is_link and "link" not in place.record)
    if place.guid_is_link and scheme_of(value) in {"", "http", "https"}:
        place.record.setdefault("link", value)


def _enclosure(_reader: Reader, node: Node, place: Place) -> None:
    link = with_href(node.attributes)
    link["rel"] = "enclosure"
    place.record.setdefault("links", []).append(link)


def add_tag(place: Place, term: str | None, scheme: str | None, label: str | None) -> None:
    """Add a category unless the record has it."""
    tags = place.record.setdefault("tags", [])
    tag = FeedParserDict(term=term, scheme=scheme, label=label)
    if (term or scheme or label) and tag not in tags:
        tags.append(tag)


def read_tag(reader: Reader, node: Node, place: Place, scheme: str | None = None) -> None:
    """Read a category from its attributes or its text."""
    scheme = node.attributes.get("scheme", node.attributes.get("domain", scheme))
    term = node.attributes.get("term") or node.text or None
    add_tag(place, term, scheme, node.attributes.get("label"))
    reader.walk(node, place)


def _category(reader: Reader, node: Node, place: Place) -> None:
    read_tag(reader, node, place)


def add_tags(node: Node, place: Place, scheme: str | None) -> None:
    """Add categories that stand in one text, with commas between them."""
    for term in node.text.split(",")[:1_000]:
        if term.strip():
            add_tag(place, term.strip(), scheme, None)


def _tags(_reader: Reader, node: Node, place: Place) -> None:
    add_tags(node, place, None)


def _new_location(_reader: Reader, node: Node, place: Place) -> None:
    if place.kind == "feed":
        place.record["newlocation"] = followed(node.scope.base, node.text)


TABLE: Final = {
    "link": _link,
    "id": _guid,
    "guid": _guid,
    "enclosure": _enclosure,
    "category": _category,
    "keywords": _category,
    "tags": _tags,
    "newlocation": _new_location,
}
