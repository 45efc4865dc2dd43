"""The part of a store that knows which days have entries, and which of them changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from ecliptic.model.archive import ArchiveDay, Stretch
from ecliptic.model.entry import Entry


class ArchiveIndex(Protocol):
    """Entries that pages may show, by the day in which they stand."""

    def bring_up(
        self, zone: str, faces: Mapping[int, str], day_of: Callable[[datetime], date]
    ) -> list[ArchiveDay]:
        """Bring the days up to date and return them, oldest first.

        Looked at are entries that are new or changed since the last time, and those of
        feeds (by id) that came, went or have another face; all of them when the ``zone``
        by which ``day_of`` goes is another one.
        """
        ...

    def days(self) -> list[ArchiveDay]:
        """Return the days as they were when they were brought up to date last, oldest first."""
        ...

    def counts(self, bounds: Sequence[datetime]) -> dict[int, tuple[int, ...]]:
        """Count what pages may show of each feed (by id), from each bound to the next."""
        ...

    def uids(self) -> dict[date, list[str]]:
        """Return by day the entries that stand in it; all of the archive is looked at."""
        ...

    def entries(self, stretch: Stretch) -> Iterator[Entry]:
        """Stream what a page of the archive shows, oldest first."""
        ...
