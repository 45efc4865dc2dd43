"""What was known of a feed before the document in hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Final

import msgspec

from ecliptic.decide.links import place_of
from ecliptic.decide.rhythm import rate_of
from ecliptic.model.feed import Rhythm

FEW: Final = 3
"""So many entries may be all new, or without dates, and mean nothing by it."""

_HOUR: Final = timedelta(hours=1)
_SHORTEST_GAP: Final = timedelta(days=1)
"""Some publish once a day what they write in it."""

_LONGEST_GAP: Final = timedelta(days=28)


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A feed before a document of it was read.

    ``is_first`` says that none was before; ``is_renumbered`` that the feed has
    entries in store and none of them is in this document, which should hold some.
    ``read_at`` is when it was last asked with success. ``moved_from`` is the address
    of the document before this one, if that was another. In the first run of a planet
    (``is_new_planet``) all is new, and nothing floods.
    """

    is_first: bool = False
    is_renumbered: bool = False
    is_new_planet: bool = False
    read_at: datetime | None = None
    moved_from: str = ""
    rhythm: Rhythm = Rhythm()

    @property
    def is_all_new(self) -> bool:
        """Whether what looks new may be years old."""
        return self.is_first or self.is_renumbered

    def was_away(self, now: datetime) -> bool:
        """Whether nothing was heard of the feed for so long that it counts as one that returns."""
        return self.read_at is not None and now - self.read_at > _LONGEST_GAP

    def expected(self, now: datetime) -> int:
        """Return how many entries may well have come since ``read_at``: twice what is usual."""
        if self.read_at is None:
            return 0
        gap = min(max(now - self.read_at, _SHORTEST_GAP), _LONGEST_GAP)
        return ceil(2 * rate_of(self.rhythm) * (gap / _HOUR))


def moved_from(before: str, now: str) -> str:
    """Return the address of a feed's last document, if this one is from elsewhere; else ``""``.

    Another scheme, ``www.`` or query is no move: some servers give each reader a query of its own.
    """
    is_moved = before and place_of(before.partition("?")[0]) != place_of(now.partition("?")[0])
    return before if is_moved else ""


def is_renumbered(entries: int, known: int, *, stored: int, is_whole: bool) -> bool:
    """Whether none of a document's ``entries`` is ``known``, as if all ids had changed.

    A document that a hub sent, or a part of one, is not whole and holds new ones only.
    """
    return is_whole and entries > FEW and stored > 0 and not known
