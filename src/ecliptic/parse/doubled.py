"""Text encoded twice → text: UTF-8 that was taken for ISO 8859-1 and written as UTF-8 again.

``é`` became ``Ã©``. Undone for one text at a time, and only where every
character of it agrees: chance does not write valid UTF-8.
"""

from __future__ import annotations


def undone(text: str) -> str:
    """Return ``text`` with its second encoding undone, if it has one."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
