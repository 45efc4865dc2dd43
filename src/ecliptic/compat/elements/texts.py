"""Titles, summaries and bodies in all their names."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.reader import ElementReader, Node, Place, Reader

_COPIED: Final = frozenset({"text/plain", "text/html", "application/xhtml+xml"})
"""Types of content that is also the summary when there is none."""


def construct(key: str, default: str) -> ElementReader:
    """Return the reader of a text construct that is kept under ``key``."""

    def read(reader: Reader, node: Node, place: Place) -> None:
        reader.keep_construct(node, place, key, default)

    return read


def content(default: str, *, counts: bool = True) -> ElementReader:
    """Return the reader of a body; one that does not ``count`` leaves room for a summary."""

    def read(reader: Reader, node: Node, place: Place) -> None:
        place.has_content = place.has_content or counts
        detail = reader.construct(node, "content", default)
        source = node.attributes.get("src")
        if source:
            detail["src"] = source
        place.record.setdefault("content", []).append(detail)
        if detail["type"] in _COPIED:
            place.record.setdefault("summary", detail["value"])

    return read


CONTENT: Final = content("text/plain")


def _short(default: str) -> ElementReader:
    """Return the reader of a description or summary; the second one is the fuller text."""

    def read(reader: Reader, node: Node, place: Place) -> None:
        is_feed = place.kind != "entry"
        key = "subtitle" if is_feed and node.key.endswith("description") else "summary"
        if "summary" in place.record and not place.has_content and not is_feed:
            CONTENT(reader, node, place)
        else:
            reader.keep_construct(node, place, key, default)

    return read


DESCRIPTION: Final = _short("text/html")
SUMMARY: Final = _short("text/plain")
TITLE: Final = construct("title", "text/plain")
RIGHTS: Final = construct("rights", "text/plain")
SUBTITLE: Final = construct("subtitle", "text/plain")


def _abstract(reader: Reader, node: Node, place: Place) -> None:
    key = "summary" if place.kind == "entry" else "subtitle"
    reader.keep_construct(node, place, key, "text/plain")


_INFO: Final = construct("info", "text/plain")
_ENCODED: Final = content("text/html")
_BODY: Final = content("application/xhtml+xml", counts=False)

TABLE: Final = {
    "title": TITLE,
    "description": DESCRIPTION,
    "abstract": _abstract,
    "summary": SUMMARY,
    "subtitle": SUBTITLE,
    "tagline": SUBTITLE,
    "rights": RIGHTS,
    "copyright": RIGHTS,
    "info": _INFO,
    "feedburner_browserfriendly": _INFO,
    "content": CONTENT,
    "content_encoded": _ENCODED,
    "fullitem": _ENCODED,
    "body": _BODY,
    "xhtml_body": _BODY,
}
