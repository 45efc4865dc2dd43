"""Texts compared: their letters alone, so that markup, addresses and spaces make no difference."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_UNSHOWN: Final = re.compile(
    r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*(?:>|\Z)")
_NO_LETTER: Final = re.compile(r"[\W_]+")

READ: Final = 3_000
"""Characters of markup that are read of a text."""

_COMPARED: Final = 1_000
_LEAST: Final = 100
"""Letters that are compared of two texts, and the fewest that mean something."""


def letters(text: str) -> str:
    """Return the letters and digits that ``text`` begins with, in lower case."""
    text = text[:READ]
    if "<" in text:
        text = _TAG.sub("", _UNSHOWN.sub("", text))
    if "&" in text:
        text = unescape(text)
    return _NO_LETTER.sub("", text).lower()


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts, as ``letters`` gives them, are alike, and more than a phrase.

    Of long ones only the beginning is known, and more of one than of the other.
    """
    if min(len(one), len(other)) < _COMPARED:
        return len(one) >= _LEAST and one == other
    return one[:_COMPARED] == other[:_COMPARED]
