"""Text encoded twice → text: UTF-8 that was taken for ISO 8859-1 and written as UTF-8 again.

``é`` became ``Ã©``. Undone for one text at a time, and only where every
character of it agrees: chance does not write valid UTF-8.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

_TRACES: Final = (b"\xc3\x83\xc2", b"\xc3\x82\xc2", b"\xc3\xa2\xc2", b"\xc3\x90\xc2", b"\xc3\x91\xc2")
"""How the first bytes of é, a no-break space, a dash and Cyrillic letters look, doubled."""


def has_traces(data: bytes) -> bool:
    """Tell whether a UTF-8 document may hold text that was encoded twice."""
    return any(trace in data for trace in _TRACES)


def undo_in(root: etree._Element) -> None:
    """Undo the doubling in all text below ``root``."""
    for element in root.iter():
        if element.text and not element.text.isascii():
            element.text = undone(element.text)
        if element.tail and not element.tail.isascii():
            element.tail = undone(element.tail)


def undone(text: str) -> str:
    """Return ``text`` with its second encoding undone, if it has one."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
