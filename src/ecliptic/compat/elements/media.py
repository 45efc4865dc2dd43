"""Media RSS: files, thumbnails, credits, ratings and their texts."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.elements import texts
from ecliptic.compat.elements.links import add_tags, read_tag
from ecliptic.compat.reader import ElementReader, Node, Place, Reader
from ecliptic.compat.result import FeedParserDict

_SCHEME: Final = "http://search.yahoo.com/mrss/category_schema"
_MAX_REPEATED: Final = 300


def _category(reader: Reader, node: Node, place: Place) -> None:
    read_tag(reader, node, place, _SCHEME)


def _keywords(reader: Reader, node: Node, place: Place) -> None:
    reader.keep_text(node, place, node.key)
    add_tags(node, place, None)


def _title(reader: Reader, node: Node, place: Place) -> None:
    """Read the title of a file, which stands in where the entry has none of its own."""
    if "title" in place.depths or place.record.get("title"):
        return
    texts.TITLE(reader, node, place)
    place.depths.pop("title", None)  # the entry's own may still come


def _description(reader: Reader, node: Node, place: Place) -> None:
    """Read a caption, which is the summary of an entry that has no other.

    feedparser lets it replace the entry's own text.
    """
    if "summary" not in place.record:
        texts.DESCRIPTION(reader, node, place)


def _one(name: str, *, is_words: bool = False) -> ElementReader:
    """Return the reader of an element that counts once, with its text as ``content``."""

    def read(_reader: Reader, node: Node, place: Place) -> None:
        record = FeedParserDict(node.attributes)
        if node.text:
            record["content"] = node.text.lower().split() if is_words else node.text
        place.record.setdefault(name, record)

    return read


def _many(name: str, text_key: str) -> ElementReader:
    """Return the reader of a repeated element, with its text under ``text_key``."""

    def read(reader: Reader, node: Node, place: Place) -> None:
        record = FeedParserDict(node.attributes)
        if node.text and text_key not in node.attributes:
            dict.__setitem__(record, text_key, node.text)
        found = place.record.setdefault(name, [])
        if len(found) < _MAX_REPEATED:
            found.append(record)
        reader.walk(node, place)

    return read


def _player(_reader: Reader, node: Node, place: Place) -> None:
    place.record["media_player"] = FeedParserDict({**node.attributes, "content": node.text})


TABLE: Final = {
    "media_category": _category,
    "media_keywords": _keywords,
    "media_title": _title,
    "media_description": _description,
    "media_content": _many("media_content", "content"),
    "media_thumbnail": _many("media_thumbnail", "url"),
    "media_credit": _many("media_credit", "content"),
    "media_rating": _one("media_rating"),
    "media_restriction": _one("media_restriction", is_words=True),
    "media_license": _one("media_license"),
    "media_player": _player,
}
