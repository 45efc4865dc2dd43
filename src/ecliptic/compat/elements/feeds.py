"""What holds other things in RSS, Atom, RDF and CDF: feeds, entries, images, sources."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.addresses import followed
from ecliptic.compat.dates import parsed
from ecliptic.compat.reader import MAX_ENTRIES, ElementReader, Node, Place, Reader
from ecliptic.compat.result import FeedParserDict


def _holder(reader: Reader, node: Node, place: Place) -> None:
    """Read what only groups other elements."""
    reader.walk(node, place)


def _channel(reader: Reader, node: Node, place: Place) -> None:
    _attributes_of_cdf(node, place)
    reader.walk(node, place)


def _entry(reader: Reader, node: Node, _place: Place) -> None:
    if len(reader.entries) >= MAX_ENTRIES:
        return
    record = FeedParserDict()
    reader.entries.append(record)
    place = Place("entry", record)
    about = node.attributes.get("rdf:about")
    if about:
        record["id"] = about
    _attributes_of_cdf(node, place)
    reader.walk(node, place)


def _attributes_of_cdf(node: Node, place: Place) -> None:
    """Read the two fields that CDF has in attributes."""
    changed = node.attributes.get("lastmod")
    if changed:
        place.record["updated"] = changed
        place.record["updated_parsed"] = parsed(changed)
    href = node.attributes.get("href")
    if href:
        href = followed(node.scope.base, href)
        link = FeedParserDict(rel="alternate", type="text/html", href=href)
        place.record.setdefault("links", []).append(link)
        place.record["link"] = href


def _source(reader: Reader, node: Node, place: Place) -> None:
    source = Place("source", FeedParserDict())
    href = node.attributes.get("url")
    if href:
        source.record["href"] = href
    reader.walk(node, source)
    if node.text:
        source.record["title"] = node.text
    place.record["source"] = source.record


def _part(name: str) -> ElementReader:
    """Return the reader of a part with a record of its own: an image, a text input."""

    def read(reader: Reader, node: Node, place: Place) -> None:
        part = Place(name, FeedParserDict())
        reader.walk(node, part)
        if node.text and not part.record:  # an address alone
            part.record["href"] = followed(node.scope.base, node.text)
        if not part.record and place.kind == "entry":
            return
        before = place.record.get(name)
        if isinstance(before, FeedParserDict):
            before.update(part.record)
        else:
            place.record[name] = part.record

    return read


def _size(reader: Reader, node: Node, place: Place) -> None:
    """Read the width or height of an image."""
    if place.kind != "image":
        reader.keep_text(node, place, node.key)
        return
    try:
        place.record[node.key] = int(node.text)
    except ValueError:
        place.record[node.key] = 0


def _cloud(_reader: Reader, node: Node, place: Place) -> None:
    place.record["cloud"] = FeedParserDict(node.attributes)


def _generator(reader: Reader, node: Node, place: Place) -> None:
    detail = FeedParserDict(node.attributes)
    for name in ("url", "uri", "href"):
        if name in node.attributes:
            detail = FeedParserDict(
                {
                    key: value
                    for key, value in node.attributes.items()
                    if key not in {"url", "uri", "href"}
                }
            )
            detail["href"] = followed(node.scope.base, node.attributes[name])
            break
    value = reader.keep_text(node, place, "generator")
    detail["name"] = value
    place.record["generator_detail"] = detail


def _resource(key: str) -> ElementReader:
    """Return the reader of an element whose value is its ``rdf:resource``."""

    def read(_reader: Reader, node: Node, place: Place) -> None:
        value = node.attributes.get("rdf:resource", "")
        place.record[key] = value
        if key == "generator":
            place.record["generator_detail"] = FeedParserDict(href=value)

    return read


def _date(key: str) -> ElementReader:
    def read(reader: Reader, node: Node, place: Place) -> None:
        reader.keep_date(node, place, key)
        reader.walk(node, place)

    return read


def _language(reader: Reader, node: Node, place: Place) -> None:
    reader.keep_text(node, place, "language")


UPDATED: Final = _date("updated")
PUBLISHED: Final = _date("published")
CREATED: Final = _date("created")
LANGUAGE: Final = _language

TABLE: Final = {
    **dict.fromkeys(
        ("rss", "rdf_rdf", "rdf", "items", "rdf_seq", "rdf_li", "media_group", "feed"), _holder
    ),
    "channel": _channel,
    "item": _entry,
    "entry": _entry,
    "source": _source,
    "image": _part("image"),
    "textinput": _part("textinput"),
    "width": _size,
    "height": _size,
    "cloud": _cloud,
    "generator": _generator,
    "admin_generatoragent": _resource("generator"),
    "admin_errorreportsto": _resource("errorreportsto"),
    "language": _language,
    **dict.fromkeys(("published", "issued", "pubdate"), PUBLISHED),
    **dict.fromkeys(("updated", "modified", "lastbuilddate"), UPDATED),
    "created": CREATED,
    "expirationdate": _date("expired"),
}
