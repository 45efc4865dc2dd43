"""Text whose bytes were misread before it was written → the text that was meant.

UTF-8 taken for ISO 8859-1 and written as UTF-8 again made ``é`` into ``Ã©``;
windows-1252 taken for ISO 8859-1 made U+2019 (an apostrophe) into the control U+0092.
Both are undone for one text at a time, and only where every character agrees:
chance does not write valid UTF-8, and nobody writes C1 controls.
"""

from __future__ import annotations

from typing import Final

_CONTROLS: Final = bytes(range(0x80, 0xA0))
_MADE: Final = bytes(range(0x80, 0xC0))
"""What either mistake leaves behind: controls, or the later bytes of a character in UTF-8."""

_SOUND: Final = "\u2019"
_LAST: Final = "\u00ff"
"""What neither mistake can have made, an apostrophe or a first letter of most other scripts,
costs less to look for than it costs to fail below."""


def undone(text: str) -> str:
    """Return ``text`` as it was before it was misread, if it was."""
    if _SOUND in text or text[:1] > _LAST:
        return text
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:  # it holds what neither mistake can make
        return text
    if len(raw.translate(None, _MADE)) == len(raw):
        return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if len(raw.translate(None, _CONTROLS)) == len(raw):
        return text
    return raw.decode("cp1252", "ecliptic.control")
