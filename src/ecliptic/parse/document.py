"""The stage's one door and its order: unpack → detect → tree or JSON → feed."""

from __future__ import annotations

import msgspec.structs

from ecliptic.model.parsed import ParsedFeed, Problem
from ecliptic.parse import address, detect
from ecliptic.parse.feed import read_feed
from ecliptic.parse.jsonfeed import read_json
from ecliptic.parse.tree import read_tree
from ecliptic.parse.unpack import unpack


def parse(
    data: bytes | str,
    *,
    url: str = "",
    content_type: str = "",
    content_location: str = "",
    content_language: str = "",
) -> ParsedFeed:
    """Read a feed document; any bytes give a value, never an exception.

    ``url`` is where the document was found, the others are its HTTP headers.
    What is no feed has ``format == ""`` and a problem ``parse.not_a_feed``.
    """
    if isinstance(data, str):
        data, content_type = data.encode("utf-8", "replace"), "charset=utf-8"
    unpacked = unpack(bytes(data))
    base = address.document_base(url, content_location)
    feed = _read(unpacked.data, base, content_type)
    if feed.format and content_language and not feed.language:
        language = content_language.partition(",")[0].strip()[:40]
        feed = _replaced(feed, language=language)
    if unpacked.problems:
        feed = _replaced(feed, problems=(*feed.problems, *unpacked.problems))
    return feed


def _read(data: bytes, base: str, content_type: str) -> ParsedFeed:
    kind = detect.kind_of(data)
    if kind == "json":
        return read_json(data, base, content_type)
    if kind == "xml":
        feed = read_feed(read_tree(data, content_type), base)
        if feed.format or any(problem.code == "parse.not_a_feed" for problem in feed.problems):
            return feed
    problem = Problem(code="parse.not_a_feed", detail=detect.words_for(kind, data))
    return ParsedFeed(problems=(problem,))


def _replaced(feed: ParsedFeed, **changes: object) -> ParsedFeed:
    return msgspec.structs.replace(feed, **changes)
