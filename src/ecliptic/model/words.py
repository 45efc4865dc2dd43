"""The index of words: which parts it has, and which entries each is about.

Entries go by the number of their row. A closed segment covers numbers without a gap and is
not written again when one of its entries changes: this one is ``late``, and its words stand
with those of the new ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

BLOCK: Final = 32
"""Entries of which one file holds what results show."""

REGION: Final = 4_096
"""Entries of which one file holds the days."""

_OF_SHARD: Final = 32
_OF_NEW_SHARD: Final = 64
"""Entries for each file of words: fewer files are written anew where there are new ones."""


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """The words of entries ``first`` to ``last``, as they stood at edition ``built``."""

    first: int
    last: int
    built: int

    @property
    def shards(self) -> int:
        """Return in how many files the words stand: a power of two."""
        return shards_for(self.last - self.first + 1, _OF_SHARD)


class Indexed(msgspec.Struct, frozen=True, kw_only=True):
    """How the index stands: ``segments``, then entries ``first_new`` to ``last``.

    The ``edition`` moves with each change; ``blocks`` says by their number at which one blocks
    of entries changed. ``late`` are the entries that segments have as they were.
    """

    edition: int
    segments: tuple[Segment, ...]
    first_new: int
    last: int
    late: tuple[int, ...]
    blocks: Mapping[int, int]

    @property
    def regions(self) -> dict[int, int]:
        """Return by its number at which edition each region changed."""
        found: dict[int, int] = {}
        for block, edition in self.blocks.items():
            region = block * BLOCK // REGION
            found[region] = max(edition, found.get(region, 0))
        return found

    @property
    def new_shards(self) -> int:
        """Return in how many files the words of new and late entries stand."""
        return shards_for(self.last - self.first_new + 1 + len(self.late), _OF_NEW_SHARD)


class IndexPart(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the index: what is in it, and of which entries.

    ``words`` without a segment are those of new and late entries. ``number`` is that of a
    shard, block or region.
    """

    kind: Literal["words", "entries", "days", "feeds", "top"]
    number: int = 0
    segment: Segment | None = None


def shards_for(entries: int, of_shard: int) -> int:
    """Return into how many files words of entries go, if each is to have those of so many.

    >>> shards_for(0, 32), shards_for(40, 32), shards_for(8_192, 32)
    (1, 2, 256)
    """
    return 1 << ((max(entries, 1) - 1) // of_shard).bit_length()
