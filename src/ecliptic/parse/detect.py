"""What a document is, judged by its first bytes: the servers' labels are too often wrong."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["xml", "json", "html", "empty", "binary", "text"]

_HTML: Final = re.compile(
    rb"(?>\s+|\xef\xbb\xbf|<!--(?>.*?-->)|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body|title|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED_TAG: Final = re.compile(
    rb"<(?:[\w-]{1,30}:)?(?:rss|feed|rdf|channel|entry|item)[\s>]", re.IGNORECASE
)
_SIGNATURES: Final = (
    (b"\x1f\x8b", "a gzip archive that cannot be read"),
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
)
_MARKS: Final = tuple(mark for mark, _ in _SIGNATURES)
_LOOKED_AT: Final = 4_096


def kind_of(data: bytes) -> Kind:
    """Return what kind of document ``data`` is."""
    start = data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe")
    if not start:
        return "empty" if not data.strip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe") else "xml"
    if data.startswith(_MARKS):
        return "binary"
    if start[:1] in b"{[":
        return "json"
    if _HTML.match(data[:_LOOKED_AT]) and not _FEED_TAG.search(data):
        return "html"
    if b"<" in data or b"\x4c\x6f\xa7\x94" in data[:4]:
        return "xml"
    return "binary" if b"\x00" in start else "text"


def words_for(kind: Kind, data: bytes) -> str:
    """Return what a document that is not a feed is, for people."""
    if kind == "binary":
        return next((name for mark, name in _SIGNATURES if data.startswith(mark)), "binary")
    return {
        "empty": "empty", "html": "an HTML page", "text": "plain text", "json": "JSON",
        "xml": "XML without a root element",
    }[kind]  # fmt: skip
