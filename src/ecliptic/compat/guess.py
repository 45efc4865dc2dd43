"""Which legacy encoding text without a label is in, by the letters that its bytes would make.

Only for bytes that are no UTF-8 and of which nothing says what they are. A
guess needs enough of them, more than there are ASCII letters; else there is none.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_FEWEST: Final = 20
_MOST_READ: Final = 50_000
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_TAG: Final = re.compile(rb"<[^<>]*>")
_LETTER: Final = re.compile(rb"[A-Za-z\x80-\xff]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")


class _Candidate(NamedTuple):
    """An encoding, the letters of its language, and how many of all must be such."""

    name: str
    codec: str
    letters: re.Pattern[str]
    share: float


_CANDIDATES: Final = tuple(
    _Candidate(name, codec, re.compile(f"[{letters}]"), share)
    for name, codec, letters, share in (
        ("EUC-JP", "euc_jp", "\u3041-\u30ff", 0.2),
        ("SHIFT_JIS", "cp932", "\u3041-\u30ff", 0.2),
        ("EUC-KR", "cp949", "\uac00-\ud7a3", 0.9),
        ("TIS-620", "tis_620", "\u0e01-\u0e1f", 0.25),
        ("GB2312", "gb2312", "\u4e00-\u9fff\u3000-\u303f\uff00-\uffef", 0.9),
        ("Big5", "big5", "\u4e00-\u9fff\u3000-\u303f\uff00-\uffef", 0.9),
        ("windows-1255", "cp1255", "\u05d0-\u05ea", 0.9),
    )
)  # fmt: skip
_UPPER_HALF: Final = re.compile(rb"[\xe0-\xff]")
_LOWER_HALF: Final = re.compile(rb"[\xc0-\xdf]")


def guessed(data: bytes) -> str:
    """Return the name of the encoding that ``data`` is most probably in, or ``""``."""
    words = _TAG.sub(b"", data)
    high = len(_HIGH.findall(words))
    if high < _FEWEST or 2 * high <= len(_LETTER.findall(words)):
        return ""
    found = (candidate.name for candidate in _CANDIDATES if _fits(data, candidate))
    return next(found, "") or _cyrillic(words)


def _fits(data: bytes, candidate: _Candidate) -> bool:
    """Tell whether the bytes make text of which enough is in the letters of the language."""
    try:
        text = data.decode(candidate.codec)[:_MOST_READ]
    except UnicodeDecodeError:
        return False
    found = len(_NOT_ASCII.findall(text))
    return len(candidate.letters.findall(text)) >= found * candidate.share


def _cyrillic(words: bytes) -> str:
    """Tell the two Cyrillic encodings apart: small letters are in another half of each."""
    upper, lower = len(_UPPER_HALF.findall(words)), len(_LOWER_HALF.findall(words))
    return "windows-1251" if upper > lower else "KOI8-R"
