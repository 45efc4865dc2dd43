"""What is a word to the search without a server.

``search.js`` says the same in a browser: whoever changes one changes the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

LONGEST: Final = 24
"""Characters of a word that count; what is longer is told apart by them alone."""

# Scripts that put no spaces between words: Thai to Myanmar, Khmer, CJK and kana, and the
# ideographs beyond. Each character and each pair stands for a word. Hangul has spaces.
_UNSPACED: Final = "\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_beyond_ascii = re.compile(r"[^\x00-\x7f]+")


def words(text: str) -> set[str]:
    """Return the words of a text, without case and accents.

    >>> sorted(words("Café crème, CAFE")), sorted(words("東京都"))
    (['cafe', 'creme'], ['京', '京都', '東', '東京', '都'])
    """
    if not text.isascii():
        text = _beyond_ascii.sub(lambda run: _plain(run[0]), text)
    find, is_unspaced = _patterns()
    found = {word[:LONGEST] for word in find(text.lower())}
    if text.isascii():
        return found
    for run in [word for word in find(text) if is_unspaced(word)]:
        found.discard(run[:LONGEST])
        found.update(run, map("".join, pairwise(run)))
    return found


@cache
def _patterns() -> tuple[Callable[[str], list[str]], Callable[[str], object]]:
    """Return what finds words, and what knows those without spaces.

    They take 9 ms to make, which most runs need not spend.
    """
    found = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
    return found.findall, re.compile(f"[{_UNSPACED}]").match


@lru_cache(maxsize=4_096)
def _plain(run: str) -> str:
    """Return characters beyond ASCII in their plainest form: no accents, no variants, small."""
    plain = unicodedata.normalize("NFKD", run).lower()
    return "".join(each for each in plain if not unicodedata.category(each).startswith("M"))


def shard_of(word: str, shards: int) -> int:
    """Return in which of so many files a word stands: words that begin alike, in the same."""
    second = ord(word[1]) if len(word) > 1 else 0
    return (ord(word[0]) * 31 + second) % shards
