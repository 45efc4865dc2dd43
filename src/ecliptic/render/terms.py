"""What the templates see by which a planet is browsed: tags, authors and languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from ecliptic.model.archive import Neighbour
from ecliptic.model.page import Page, Shown
from ecliptic.model.paths import term_folder, year_path
from ecliptic.model.site import Site
from ecliptic.model.terms import Taxonomy, Term
from ecliptic.render.archive import Link
from ecliptic.render.dates import Dates
from ecliptic.render.interface import noted
from ecliptic.render.naming import sorting_key
from ecliptic.render.view import Views

HEADINGS: Final[dict[Taxonomy, str]] = {
    "tags": noted("Tags"),
    "authors": noted("Authors"),
    "languages": noted("Languages"),
}

_MOST: Final = 5_000
"""Terms that one page lists; of more, those that most entries have."""


class TermView(msgspec.Struct, frozen=True, kw_only=True):
    """A tag, author or language, or a year of one: where its page is, and how many posts."""

    name: str
    path: str
    entries: int
    language: str = ""


def browse_links(site: Site, root: str) -> list[Link]:
    """Return the pages by which the planet is browsed, seen from one of its pages."""
    return [Link(path=f"{root}{each}/index.html", heading=HEADINGS[each]) for each in site.browse]


def terms_context(
    page: Page, entries: Sequence[Shown], views: Views, dates: Dates, root: str
) -> dict[str, object]:
    """Return what a page of a term, or a list of terms, is made of."""
    del dates
    taxonomy = page.taxonomy or "tags"
    back = Link(path=f"{root}{taxonomy}/index.html", heading=HEADINGS[taxonomy])
    if page.term is None:
        return {"taxonomy": back, "terms": _listed(page.terms, root)}
    updated, updated_datetime = views.time(page.changed_at)
    stretch = page.stretch
    return {
        "taxonomy": back,
        "language_of_term": page.term.name.key if taxonomy == "languages" else "",
        "days": views.days(entries),
        "updated": updated,
        "updated_datetime": updated_datetime,
        # A year stands as it is when others go on, so it does not count them.
        "years": [] if stretch else list(_years(page.term, root)),
        "year": stretch.first.year if stretch else 0,
        "part": stretch.part if stretch else 1,
        "earlier": _near(stretch.earlier if stretch else None, root),
        "later": _near(stretch.later if stretch else None, root),
    }


def _listed(terms: Sequence[Term], root: str) -> list[TermView]:
    most = sorted(terms, key=lambda term: -term.entries)[:_MOST]
    return [
        TermView(
            name=term.name.name,
            path=f"{root}{term_folder(term.name)}/index.html",
            entries=term.entries,
            language=term.name.key if term.name.taxonomy == "languages" else "",
        )
        for term in sorted(most, key=lambda term: (sorting_key(term.name.name), term.name.key))
    ]


def _years(term: Term, root: str) -> Iterator[TermView]:
    folder = term_folder(term.name)
    for year, parts in groupby(term.parts, key=lambda part: part.year):
        path = root + year_path(folder, year)
        entries = sum(part.entries for part in parts)
        yield TermView(name=str(year), path=path, entries=entries)


def _near(neighbour: Neighbour | None, root: str) -> Link | None:
    if neighbour is None:
        return None
    part = f" ({neighbour.part})" if neighbour.part > 1 else ""
    return Link(path=root + neighbour.path, heading=f"{neighbour.first.year}{part}")
