"""The pages by which a planet is browsed: lists of terms, and for each term its entries.

The first page of a term has its newest entries. Where there are more, all of them stand by
year, oldest first, in parts that do not move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from ecliptic.model.archive import Neighbour, Stretch
from ecliptic.model.outline import Listed, Section
from ecliptic.model.page import OUTPUT_FEEDS, Page, Selection, Stream
from ecliptic.model.paths import term_folder, year_path
from ecliptic.model.terms import NEWEST, OF_PART, Taxonomy, Term, TermPart

_IN_FEED: Final = 20
"""Entries in its output feeds."""


def term_pages(browse: Sequence[Taxonomy], terms: Sequence[Term]) -> Iterator[Page | Section]:
    """Yield the lists of these terms, which come by taxonomy and key, and the pages of each."""
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
        yield from map(_section, mine)


def _section(term: Term) -> Section:
    """Return the pages of a term: none moves but with its edition, as each of its parts does."""
    folder = term_folder(term.name)
    home, parts = f"{folder}/index.html", term.parts[::-1]

    def listed() -> Iterator[Listed]:
        yield Listed(path=home, changed_at=term.changed_at)
        for part in parts:
            named = _named(folder, part)
            yield Listed(path=named.path, changed_at=part.changed_at, first=named.first)

    return Section(
        name=f"{folder}/",
        mark=(term.row, term.name, term.edition, term.changed_at),
        paths=(
            home,
            *(f"{folder}/{name}" for name in OUTPUT_FEEDS.values()),
            *(year_path(folder, part.year, part.part) for part in parts),
        ),
        pages=lambda: _pages(term, folder),
        listed=listed,
    )


def _pages(term: Term, folder: str) -> Iterator[Page]:
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
    newest = Selection(term=term.row, limit=_IN_FEED)
    for kind, name in OUTPUT_FEEDS.items():
        yield replace(page, path=f"{folder}/{name}", kind=kind, selection=newest)
    if term.parts:
        yield from _years(page, stream, term.parts[::-1])


def _years(page: Page, stream: Stream, parts: Sequence[TermPart]) -> Iterator[Page]:
    """Yield the pages of the years, which come oldest first; each names those beside it."""
    named = [_named(stream.folder, part) for part in parts]
    beside = zip([None, *named], [*named[1:], None], strict=False)
    for part, here, (earlier, later) in zip(parts, named, beside, strict=True):
        yield replace(
            page,
            path=here.path,
            kind="term_year",
            selection=None,
            stretch=Stretch(
                first=here.first,
                last=date(part.year, 12, 31),
                part=part.part,
                skip=(part.part - 1) * OF_PART,
                limit=OF_PART,
                earlier=earlier,
                later=later,
            ),
            mark=f"{stream.name} {part.edition}",
            changed_at=part.changed_at,
        )


def _named(folder: str, part: TermPart) -> Neighbour:
    path = year_path(folder, part.year, part.part)
    return Neighbour(path=path, first=date(part.year, 1, 1), part=part.part)
