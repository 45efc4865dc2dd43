"""The part of a store that knows which entries have a tag, author or language in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ecliptic.model.archive import Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.terms import Labels, Term, TermName


class TermIndex(Protocol):
    """Entries that pages may show, by the terms under which they are filed."""

    def bring_up(
        self,
        rules: str,
        faces: Mapping[int, str],
        terms_of: Callable[[Labels], Iterable[TermName]],
        year_of: Callable[[datetime], int],
    ) -> None:
        """Bring the terms up to date.

        Looked at are entries that are new or changed since the last time, and those of
        feeds (by id) that came, went or have another face; all of them when the ``rules``
        by which ``terms_of`` and ``year_of`` go are others.
        """
        ...

    def terms(self, least: int) -> list[Term]:
        """Return by taxonomy and key the terms that have at least so many entries."""
        ...

    def counts(
        self, terms: Collection[int], bounds: Sequence[datetime]
    ) -> dict[int, tuple[int, ...]]:
        """Count the entries of terms (by ``row``) from each bound to the next.

        No year of the bounds' timezone, which is the planet's, may end between two of them.
        """
        ...

    def newest(self, term: int) -> Iterator[Entry]:
        """Stream the entries of a term (its ``row``), newest first."""
        ...

    def entries(self, term: int, stretch: Stretch) -> Iterator[Entry]:
        """Stream what a page of one year of a term shows, oldest first."""
        ...

    def of(self, entry: Entry) -> frozenset[int]:
        """Return the terms that an entry is filed under, by ``row``."""
        ...
