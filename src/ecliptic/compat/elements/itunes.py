"""Apple's podcast elements."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.elements import people, texts
from ecliptic.compat.elements.links import add_tag, add_tags
from ecliptic.compat.reader import ElementReader, Node, Place, Reader
from ecliptic.compat.result import FeedParserDict

_SCHEME: Final = "http://www.itunes.com/"
_EXPLICIT: Final = {"yes": True, "true": True, "clean": False, "false": False}


def _category(reader: Reader, node: Node, place: Place) -> None:
    add_tag(place, node.attributes.get("text") or node.text, _SCHEME, None)
    reader.walk(node, place)


def _keywords(_reader: Reader, node: Node, place: Place) -> None:
    add_tags(node, place, _SCHEME)


def _image(_reader: Reader, node: Node, place: Place) -> None:
    href = node.attributes.get("href") or node.attributes.get("url")
    if href:
        place.record["image"] = FeedParserDict(href=href)


def _flag(values: dict[str, object], otherwise: object) -> ElementReader:
    """Return the reader of a word that must be written exactly so."""

    def read(_reader: Reader, node: Node, place: Place) -> None:
        place.record[node.key] = values.get(node.element.text or "", otherwise)

    return read


TABLE: Final = {
    "itunes_author": people.author,
    "itunes_owner": people.publisher,
    "itunes_name": people.NAME,
    "itunes_email": people.EMAIL,
    "itunes_subtitle": texts.SUBTITLE,
    "itunes_summary": texts.SUMMARY,
    "itunes_category": _category,
    "itunes_keywords": _keywords,
    "itunes_image": _image,
    "itunes_link": _image,
    "itunes_block": _flag({"yes": 1, "Yes": 1}, 0),
    "itunes_explicit": _flag(dict(_EXPLICIT), None),
}
