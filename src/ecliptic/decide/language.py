"""Whether a language that was detected is believed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.notes import noted
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.topic import Detected

_CODES: Final = frozenset({"decide.language", "decide.other_language"})

# Measured on 4,700 entries of 480 feeds in thirty languages. Where nothing is declared: from 40
# characters on, about one in fifty was wrong. Where the feed says something else, of 3,700
# texts none was but one of a near relation, and the detector was right about the rest.
_LEAST: Final = (40, 0.9)
_LEAST_AGAINST_THE_FEED: Final = (160, 0.99)
_NO_LANGUAGE: Final = frozenset({"", "zxx", "und"})

_KIN: Final = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"sr", "hr", "bs", "sh"}),
    frozenset({"id", "ms"}),
    frozenset({"zh", "wuu", "yue", "cmn"}),
)
"""Languages so near each other that an author is believed rather than a detector."""


def asks_for_language(entry: Entry, feed_language: str) -> bool:
    """Whether nothing but the feed, if anything, says in which language an entry is."""
    return not entry.language or _same(entry.language, feed_language)


def spoken(entry: Entry, detected: Detected, feed_language: str, now: datetime) -> Entry:
    """Return the entry with the detected language where that is clear, and a note of it.

    What the entry itself declares stays. Many feeds declare one language for all entries, or the
    default of their software, so a text that is clearly in another one goes before that.
    """
    if not asks_for_language(entry, feed_language):
        return entry
    notes = tuple(note for note in entry.notes if note.code not in _CODES)
    least_length, least = _LEAST_AGAINST_THE_FEED if feed_language else _LEAST
    is_clear = detected.length >= least_length and detected.probability >= least
    if not is_clear or detected.language in _NO_LANGUAGE or _same(detected.language, feed_language):
        return entry if notes == entry.notes else replace(entry, notes=notes)
    params: dict[str, str | int] = {
        "language": detected.language,
        "probability": f"{detected.probability:.2f}",
    }
    if feed_language:
        params["declared"] = feed_language
    code = "decide.other_language" if feed_language else "decide.language"
    note = Reason(code=code, at=now, params=params)
    return replace(entry, language=detected.language, notes=noted(notes, note))


def _same(one: str, other: str) -> bool:
    """Whether two tags name one language, or two that cannot well be told apart."""
    a, b = (tag.replace("_", "-").partition("-")[0].lower() for tag in (one, other))
    return a == b or any({a, b} <= kin for kin in _KIN)
