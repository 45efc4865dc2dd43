"""store → render: what the page of statistics counts, asked only when it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from heapq import nlargest

from ecliptic.model.archive import ArchiveDay
from ecliptic.model.page import Page
from ecliptic.model.statistics import Statistics
from ecliptic.model.terms import TAXONOMIES, Term
from ecliptic.select.archive import months_of
from ecliptic.store import Store

_RECENT = 12
_MOST = 30
"""Terms of each taxonomy that the page lists."""


def counting(
    store: Store, days: Sequence[ArchiveDay], terms: Sequence[Term]
) -> Callable[[Page], Statistics]:
    """Return what counts for a page; ``days`` and ``terms`` are as they were brought up to date."""

    def count(page: Page) -> Statistics:
        del page
        months = months_of(days)
        if not months:
            return Statistics(months=())
        recent = _recent(months[0].first)
        since = date.fromisoformat(f"{recent[0]}-01")
        listed = tuple(term for taxonomy in TAXONOMIES for term in _most_used(terms, taxonomy))
        return Statistics(
            months=months,
            recent=recent,
            feeds=store.archive().months_by_feed(since),
            terms=store.terms().months([term.row for term in listed], since),
            listed=listed,
        )

    return count


def _recent(last: date) -> tuple[str, ...]:
    """Return the names of a month and those before it, oldest first."""
    number = last.year * 12 + last.month - 1
    numbers = range(number - _RECENT + 1, number + 1)
    return tuple(f"{year:04}-{month + 1:02}" for year, month in (divmod(n, 12) for n in numbers))


def _most_used(terms: Sequence[Term], taxonomy: str) -> list[Term]:
    mine = (term for term in terms if term.name.taxonomy == taxonomy)
    return nlargest(_MOST, mine, key=lambda term: term.entries)
