"""Every code a decision or failure can carry, and its words.

Codes are ``stage.reason``, stable, and stored; the words are looked up only
when a person reads them. ``{name}`` in the words is filled from the reason's
params or, for a failure, from its ``detail``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FETCH: Final = {
    "fetch.ok": "fetched",
    "fetch.not_modified": "not modified since the last check",
    "fetch.same_body": "fetched, the same bytes as last time",
}

PARSE: Final = {
    "parse.not_a_feed": "the document is not a feed: {detail}",
    "parse.timeout": "reading the document took longer than {detail} and was stopped",
    "parse.crash": "the reader of the document stopped: {detail}",
}

DECIDE: Final = {
    "decide.first_seen": "first seen in this feed",
    "decide.changed": "the author changed it; it keeps its place",
}

CLEAN: Final = {
    "clean.escaped": "shown as plain text: {detail}",
}

WORDS: Final[Mapping[str, str]] = {**FETCH, **PARSE, **DECIDE, **CLEAN}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def words(code: str, params: Mapping[str, object] | None = None) -> str:
    """Return the sentence for ``code``; an unknown code is returned as it is."""
    return WORDS.get(code, code).format_map(_Blank(params or {}))
