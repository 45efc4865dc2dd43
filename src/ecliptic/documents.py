"""Two doors for programs that have a document in hand: read a feed, make markup safe."""

from __future__ import annotations

from collections.abc import Mapping

from ecliptic.clean import clean_html
from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import parse as parse_document

__all__ = ["clean_html", "parse"]


def parse(
    data: bytes | str, *, url: str = "", headers: Mapping[str, str] | None = None
) -> ParsedFeed:
    """Return what a feed document says; any bytes give a value, never an exception.

    ``url`` is where the document was found: relative addresses are resolved
    against it. ``headers`` are those of the answer it came in; of them
    ``Content-Type``, ``Content-Location`` and ``Content-Language`` count.

    >>> feed = parse('<rss version="2.0"><channel><title>A blog</title></channel></rss>')
    >>> feed.format, feed.title.value
    ('rss20', 'A blog')
    >>> parse("<html></html>").is_feed
    False
    """
    said = {name.lower(): value for name, value in (headers or {}).items()}
    return parse_document(
        data,
        url=url,
        content_type=said.get("content-type", ""),
        content_location=said.get("content-location", ""),
        content_language=said.get("content-language", ""),
    )
