"""The part of a store that knows which entries the published index of words has, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Protocol

from ecliptic.model.entry import Entry
from ecliptic.model.words import Indexed


class WordIndex(Protocol):
    """The entries that may be found, by number, and which of them changed since when."""

    def bring_up(self, feeds: Collection[int]) -> Indexed:
        """Bring the index up to date with what pages may show of these ``feeds``, by id.

        Looked at are entries that are new or changed since the last time, and those of
        feeds that came or went.
        """
        ...

    def entries(self, first: int, last: int, feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream the entries of a stretch of numbers that pages may show, with their number."""
        ...

    def some(self, numbers: Iterable[int], feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream those of these entries that pages may show, in the order of their numbers."""
        ...

    def times(
        self, first: int, last: int, feeds: Collection[int]
    ) -> Iterator[tuple[int, datetime]]:
        """Stream where the entries of a stretch stand in time, those that pages may show."""
        ...
