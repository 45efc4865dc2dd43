"""The beginning of safe markup, which is safe markup again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from ecliptic.clean.plain import escaped
from ecliptic.clean.policy import VOID
from ecliptic.model.text import SafeHTML, words_of_html

_piece = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^<>]*>|[^<]+")
_torn_word = re.compile(r"\S+\Z")
_END: Final = "…"


def excerpt_of(html: SafeHTML, limit: int) -> SafeHTML:
    """Return the first ``limit`` characters of text with the markup around them.

    The cut is made between words where there are any, and shown by ``…``. Markup with no
    more text than that is returned as it is.

    >>> excerpt_of(SafeHTML("<p>Two <b>words and</b> more</p><p>than that</p>"), 12)
    '<p>Two <b>words…</b></p>'
    """
    if len(html) <= limit or len(words_of_html(html)) <= limit:
        return html
    return SafeHTML("".join(_beginning(html, limit)))


def _beginning(html: str, left: int) -> Iterator[str]:
    still_open: list[str] = []
    for piece in _piece.finditer(html):
        closing, tag = piece[1], piece[2]
        if tag is None:
            text = unescape(piece[0])
            if len(text) > left:
                yield escaped(_cut(text, left))
                yield _END
                break
            left -= len(text)
        elif closing:
            still_open.pop()
        elif tag not in VOID:
            still_open.append(tag)
        yield piece[0]
    yield from (f"</{tag}>" for tag in reversed(still_open))


def _cut(text: str, limit: int) -> str:
    """Return the words that fit, or as much of one long word as does."""
    kept = text[:limit]
    whole_words = kept if text[limit].isspace() else _torn_word.sub("", kept)
    return whole_words.rstrip() if whole_words else kept
