"""Lists of names, written as one string of words."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of ``text`` as a set."""
    return frozenset(text.split())
