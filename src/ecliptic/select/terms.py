"""The pages by which a planet is browsed: lists of terms, and for each term its entries.

The first page of a term has its newest entries. Where there are more, all of them stand by
year, oldest first, in parts that do not move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from ecliptic.model.archive import Neighbour, Stretch
from ecliptic.model.page import OUTPUT_FEEDS, Page, Selection, Stream
from ecliptic.model.paths import term_folder, year_path
from ecliptic.model.terms import NEWEST, OF_PART, Taxonomy, Term, TermPart

_IN_FEED: Final = 20
"""Entries in its output feeds."""


def term_pages(browse: Sequence[Taxonomy], terms: Sequence[Term]) -> Iterator[Page]:
    """Yield the pages for these terms, which come by taxonomy and key."""
    for taxonomy in browse:
        mine = tuple(term for term in terms if term.name.taxonomy == taxonomy)
        yield Page(
            path=f"{taxonomy}/index.html",
            kind="terms",
            taxonomy=taxonomy,
            terms=mine,
            mark=repr([(term.name.name, term.entries) for term in mine]),
            changed_at=max((term.changed_at for term in mine if term.changed_at), default=None),
        )
        for term in mine:
            yield from _pages(term)


def _pages(term: Term) -> Iterator[Page]:
    folder = term_folder(term.name)
    stream = Stream(name=term.name.name, home=f"{folder}/index.html", folder=folder)
    page = Page(
        path=stream.home,
        kind="term",
        stream=stream,
        term=term,
        taxonomy=term.name.taxonomy,
        selection=Selection(term=term.row, limit=NEWEST),
        mark=f"{term.name.name} {term.edition}",
        changed_at=term.changed_at,
    )
    yield page
    for kind, name in OUTPUT_FEEDS.items():
        selection = Selection(term=term.row, limit=_IN_FEED)
        yield replace(page, path=f"{folder}/{name}", kind=kind, selection=selection)
    if term.entries > NEWEST:
        yield from _years(page, term)


def _years(page: Page, term: Term) -> Iterator[Page]:
    parts = [
        replace(
            page,
            path=year_path(term.name, part.year, part.part),
            kind="term_year",
            selection=None,
            stretch=_stretch(part),
            mark=f"{term.name.name} {part.edition}",
            changed_at=part.changed_at,
        )
        for part in reversed(term.parts)
    ]
    linked: list[Page | None] = [None, *parts, None]
    for (earlier, here), (_, later) in pairwise(pairwise(linked)):
        if here is not None and here.stretch is not None:
            stretch = replace(here.stretch, earlier=_near(earlier), later=_near(later))
            yield replace(here, stretch=stretch)


def _stretch(part: TermPart) -> Stretch:
    return Stretch(
        first=date(part.year, 1, 1),
        last=date(part.year, 12, 31),
        part=part.part,
        skip=(part.part - 1) * OF_PART,
        limit=OF_PART,
    )


def _near(page: Page | None) -> Neighbour | None:
    if page is None or page.stretch is None:
        return None
    return Neighbour(path=page.path, first=page.stretch.first, part=page.stretch.part)
