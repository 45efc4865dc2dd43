"""store → render: what the page of statistics counts, asked only when it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime
from heapq import nlargest

from ecliptic.model.archive import ArchiveDay
from ecliptic.model.page import Page
from ecliptic.model.site import Site
from ecliptic.model.statistics import Statistics
from ecliptic.model.terms import TAXONOMIES, Term
from ecliptic.render.dates import Dates
from ecliptic.select.archive import months_of
from ecliptic.store import Store

_RECENT = 12
_MOST = 30
"""Terms of each taxonomy that the page lists."""


def counting(
    site: Site, store: Store, days: Sequence[ArchiveDay], terms: Sequence[Term]
) -> Callable[[Page], Statistics]:
    """Return what counts for a page; ``days`` and ``terms`` are as they were brought up to date."""
    zone = Dates(site).zone

    def count(page: Page) -> Statistics:
        del page
        months = months_of(days)
        if not months:
            return Statistics(months=())
        bounds = [datetime(year, month, 1, tzinfo=zone) for year, month in _ends(months[0].first)]
        listed = tuple(term for taxonomy in TAXONOMIES for term in _most_used(terms, taxonomy))
        return Statistics(
            months=months,
            feeds=store.archive().counts(bounds),
            terms=store.terms().counts([term.row for term in listed], bounds),
            listed=listed,
        )

    return count


def _ends(last: date) -> Iterator[tuple[int, int]]:
    """Yield the months whose first days are the bounds of the recent ones, oldest first."""
    end = last.year * 12 + last.month
    for number in range(max(end - _RECENT, MINYEAR * 12), min(end + 1, (MAXYEAR + 1) * 12)):
        yield number // 12, number % 12 + 1


def _most_used(terms: Sequence[Term], taxonomy: str) -> list[Term]:
    mine = (term for term in terms if term.name.taxonomy == taxonomy)
    return nlargest(_MOST, mine, key=lambda term: term.entries)
