"""Words in texts: whole ones, in any case, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from ecliptic.errors import FilterError

LONGEST: Final = 1_000
"""Characters of one value; more is a mistake."""

# Scripts that put no spaces between words, or hang endings on them: there a word may stand
# anywhere. Thai to Myanmar, Hangul, Khmer, CJK and kana, and the ideographs beyond.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_LETTER: Final = rf"[^\W{_UNSPACED}]"
_surrogate = re.compile("[\ud800-\udfff]").search
_is_letter = re.compile(_LETTER).match


def fold(text: str) -> str:
    """Return ``text`` so that texts which differ in case, or in how accents are coded, are equal.

    >>> fold("STRASSE") == fold("Straße"), fold("e\u0301") == fold("É")
    (True, True)
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def checked_text(text: str) -> None:
    """Raise ``FilterError`` for a text that is too long, or that no entry could hold."""
    if len(text) > LONGEST:
        raise FilterError("filters.too_long", f"a value has at most {LONGEST:,} characters")
    if not text.isascii() and _surrogate(text):
        raise FilterError("filters.no_text", "a value has half a character in it")


def checked_words(text: str) -> None:
    """Raise ``FilterError`` for a text in which there is nothing to look for."""
    checked_text(text)
    inner = text.strip().strip("*")
    if not inner.strip():
        raise FilterError(
            "filters.no_words", "there is nothing to look for; has:title asks for any title"
        )
    if "*" in inner:
        raise FilterError(
            "filters.star_inside",
            f"* may stand at the beginning or end of {text!r} only; for more there is :~",
        )


@lru_cache(maxsize=512)
def words_pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words in a folded text.

    It holds no repetition that could be read in two ways, so any text is searched in a
    time that grows with its length alone.
    """
    text = fold(text.strip())
    inner = text.strip("*")
    parts = inner.split()
    before = f"(?<!{_LETTER})" if _is_letter(inner) and not text.startswith("*") else ""
    after = f"(?!{_LETTER})" if _is_letter(inner[-1]) and not text.endswith("*") else ""
    return re.compile(before + r"\s+".join(map(re.escape, parts)) + after)


@lru_cache(maxsize=512)
def name_pattern(text: str) -> re.Pattern[str]:
    """Return what matches a folded name as a whole; a ``*`` at an end stands for any text."""
    text = fold(" ".join(text.split()))
    before = ".*" if text.startswith("*") else ""
    after = ".*" if text.endswith("*") else ""
    return re.compile(before + re.escape(text.strip("*").strip()) + after, re.DOTALL)
