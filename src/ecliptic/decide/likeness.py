"""How much of one text is in another.

Texts are compared word by word, in small letters; words of languages that put no
spaces between them are single characters. A *shingle* is a run of three words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Final, TypeAlias

Words: TypeAlias = tuple[str, ...]

_MOST_WORDS: Final = 5_000
"""What comes later in a long text does not change whether it is a copy."""

_RUN: Final = 3
_ROOM: Final = 12
"""Words that may stand before or in an excerpt without being of the whole text."""

_ANSWERS: Final = frozenset({"re", "aw", "sv", "antw", "fwd", "fw", "quote", "comment", "reply"})
"""Words before the title of another post that make it one about that post."""

_TAG: Final = re.compile(r"<[^>]*>")
_WORD: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+"
)
_ASCII_WORD: Final = re.compile(r"\w+", re.ASCII)
_APOSTROPHES: Final = str.maketrans("", "", "'\u2019\u02bc\xad\u200b")
"""What some programs write in words and others leave out: soft hyphens too."""

_NUMBER: Final = re.compile(r"\d+")


def words_of(html: str) -> Words:
    """Return the words of clean markup, or of plain text."""
    text = unescape(_TAG.sub(" ", html)) if "<" in html or "&" in html else html
    text = text.translate(_APOSTROPHES).lower()
    words = _ASCII_WORD.findall(text) if text.isascii() else _WORD.findall(text)
    return tuple(words[:_MOST_WORDS])


def shingles(words: Words) -> set[str]:
    """Return the runs of three words."""
    if len(words) <= _RUN:
        return {" ".join(words)} if words else set()
    return set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def resemblance(one: Words, other: Words) -> float:
    """Return which part of all their shingles two texts share (Jaccard), from 0 to 1."""
    first, second = shingles(one), shingles(other)
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def overlap(one: Words, other: Words) -> float:
    """Return which part of the shorter text is in the longer one, from 0 to 1."""
    first, second = shingles(one), shingles(other)
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0


def is_excerpt(one: Words, other: Words) -> float:
    """Return which part of the shorter text stands where the longer one begins, from 0 to 1.

    A quotation is in a text too, but seldom at its beginning, and with words
    around it.
    """
    shorter, longer = sorted((one, other), key=len)
    return overlap(shorter, longer[: len(shorter) + _ROOM])


def same_title(one: Words, other: Words) -> bool:
    """Whether two titles are one, or one with words before or after it ("Ann: A title").

    Those that name different numbers are of two posts of one series.
    """
    if not one or not other or numbers(one) != numbers(other):
        return False
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer:
        return True
    is_telling = len(shorter) >= _RUN and 2 * len(shorter) >= len(longer)
    if not is_telling or longer[0] in _ANSWERS:
        return False
    return shorter in (longer[: len(shorter)], longer[-len(shorter) :])


def numbers(words: Sequence[str]) -> list[str]:
    """Return the numbers in a title, in order."""
    return [number for word in words for number in _NUMBER.findall(word)]
