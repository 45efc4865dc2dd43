"""The part of a store that remembers what the pages of a filter show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from ecliptic.model.entry import Entry
from ecliptic.model.page import Selection
from ecliptic.model.search import Found


class SearchIndex(Protocol):
    """The newest entries that filters take, so that an archive is not read at each run."""

    def keep(self, asked: Collection[Selection], now: datetime) -> Mapping[Selection, Found]:
        """Bring the answers to these questions up to date, and forget all others.

        Asked are entries that are new or changed, and as many older ones as it takes.
        Raises ``FilterError`` for what is no filter.
        """
        ...

    def newest(self, selection: Selection) -> Iterator[Entry]:
        """Stream the answer to a question that is kept, newest first: as many as it asks for."""
        ...
