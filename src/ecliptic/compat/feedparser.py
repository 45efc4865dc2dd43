"""``parse()`` with the result of feedparser 6, so that a program can swap its import.

    import ecliptic.compat.feedparser as feedparser

Nothing is fetched: a program gets the bytes its own way and gives them here, with
the headers they came with. ``docs/reference/feedparser-compat.md`` says what differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from ecliptic.compat.document import keep_headers, read_document
from ecliptic.compat.exceptions import (
    CharacterEncodingOverride,
    CharacterEncodingUnknown,
    NonXMLContentType,
    ThingsNobodyCaresAboutButMe,
    UndeclaredNamespace,
)
from ecliptic.compat.result import FeedParserDict
from ecliptic.compat.values import Options

__all__ = [
    "RESOLVE_RELATIVE_URIS",
    "SANITIZE_HTML",
    "SUPPORTED_VERSIONS",
    "CharacterEncodingOverride",
    "CharacterEncodingUnknown",
    "FeedParserDict",
    "NonXMLContentType",
    "ThingsNobodyCaresAboutButMe",
    "UndeclaredNamespace",
    "parse",
]

SANITIZE_HTML: bool = True
"""Whether markup is cleaned when ``parse`` is not told."""

RESOLVE_RELATIVE_URIS: bool = True
"""Whether addresses inside markup are resolved when ``parse`` is not told."""

SUPPORTED_VERSIONS: Final = {
    "": "unknown",
    "rss090": "RSS 0.90",
    "rss091n": "RSS 0.91 (Netscape)",
    "rss091u": "RSS 0.91 (Userland)",
    "rss092": "RSS 0.92",
    "rss093": "RSS 0.93",
    "rss094": "RSS 0.94",
    "rss20": "RSS 2.0",
    "rss10": "RSS 1.0",
    "rss": "RSS (unknown version)",
    "atom01": "Atom 0.1",
    "atom02": "Atom 0.2",
    "atom03": "Atom 0.3",
    "atom10": "Atom 1.0",
    "atom": "Atom (unknown version)",
    "cdf": "CDF",
    "json1": "JSON Feed 1",
    "json11": "JSON Feed 1.1",
}

_REMOTE: Final = ("http://", "https://", "ftp://", "feed:")
_MAX_PATH: Final = 4_096


def parse(
    url_file_stream_or_string: str | bytes | IO[bytes] | IO[str],
    response_headers: Mapping[str, str] | str | None = None,
    resolve_relative_uris: object = None,
    sanitize_html: object = None,
    *_ignored_arguments: object,
    href: str = "",
    **_ignored: object,
) -> FeedParserDict:
    """Return what a feed document says, in the shape of feedparser 6.

    The document may be bytes, text, an open file or a file's name.
    ``response_headers`` are those it came with; ``href`` is where it was found.
    feedparser's arguments for fetching (``etag`` …) are accepted, by name or by
    position, and have no effect: an address is not fetched, it gives a result
    with ``bozo`` and the reason.

    >>> parse("<rss version='2.0'><channel><title>A blog</title></channel></rss>").feed.title
    'A blog'
    """
    given = response_headers if isinstance(response_headers, Mapping) else {}
    headers = {name.lower(): value for name, value in given.items()}
    result = FeedParserDict(bozo=False, entries=[], feed=FeedParserDict(), headers={})
    keep_headers(headers, result)
    if href:
        result["href"] = href
    options = Options(
        resolve=_chosen(resolve_relative_uris, RESOLVE_RELATIVE_URIS),
        sanitize=_chosen(sanitize_html, SANITIZE_HTML),
    )
    try:
        data = _bytes_of(url_file_stream_or_string)
    except OSError as error:
        result.update(bozo=True, bozo_exception=error)
        return result
    if data:
        read_document(data, headers, href, options, result)
    return result


def _chosen(value: object, usual: object) -> bool:
    """Return a choice; what stands there by position for something else (a date) is none."""
    return value if isinstance(value, bool) else bool(usual)


def _bytes_of(source: str | bytes | IO[bytes] | IO[str]) -> bytes:
    """Return the document that ``source`` is, or names.

    Raises ``OSError`` for an address: fetching is not done here.
    """
    if not isinstance(source, str | bytes):
        source = source.read()
        return source if isinstance(source, bytes) else source.encode("utf-8", "replace")
    if isinstance(source, bytes):
        return source
    if source.lower().startswith(_REMOTE):
        raise OSError(f"addresses are not fetched; give the bytes of {source[:200]}")
    if _may_be_path(source) and Path(source).is_file():
        return Path(source).read_bytes()
    return source.encode("utf-8", "replace")


def _may_be_path(text: str) -> bool:
    return len(text) <= _MAX_PATH and not any(mark in text for mark in "<\n\0")
