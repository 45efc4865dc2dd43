"""The pages of a term: its newest entries, its output feeds, and its years."""

from __future__ import annotations

from ecliptic.model.outline import Outline
from ecliptic.model.page import Page
from ecliptic.model.terms import NEWEST, Term, TermName, TermPart
from ecliptic.select.terms import term_pages
from making import NOON

NAME = TermName(taxonomy="tags", key="python", name="python")


def term(*parts: tuple[int, int, int], edition: int = 1) -> Term:
    """Return a term; a part is its year, its number and how many entries it has."""
    made = [
        TermPart(year=year, part=part, entries=entries, edition=year, changed_at=NOON)
        for year, part, entries in sorted(parts, reverse=True)
    ]
    newest = TermPart(
        year=made[0].year, part=made[0].part, entries=made[0].entries,
        edition=made[0].edition + edition, changed_at=NOON,
    )  # fmt: skip
    count = sum(entries for *_, entries in parts)
    return Term(
        row=7, name=NAME, parts=(newest, *made[1:]) if count > NEWEST else (), entries=count,
        edition=newest.edition, changed_at=NOON,
    )  # fmt: skip


def listed(*terms: Term) -> Outline:
    return Outline(tuple(term_pages(("tags",), terms)))


def made(*terms: Term) -> dict[str, Page]:
    return {page.path: page for page in listed(*terms)}


def test_pages_when_a_term_has_few_entries_are_one_and_its_feeds() -> None:
    assert list(made(term((2018, 1, 3)))) == [
        "tags/index.html",
        "tags/python/index.html",
        "tags/python/atom.xml",
        "tags/python/rss20.xml",
        "tags/python/feed.json",
    ]


def test_years_when_a_term_has_many_entries_have_parts_that_are_linked() -> None:
    found = made(term((2017, 1, 200), (2017, 2, 1), (2018, 1, 3)))
    years = [page for page in found.values() if page.kind == "term_year"]
    paths = ["tags/python/2017.html", "tags/python/2017-2.html", "tags/python/2018.html"]
    assert [page.path for page in years] == paths
    stretches = [page.stretch for page in years if page.stretch]
    assert [(s.skip, s.limit) for s in stretches] == [(0, 200), (200, 200), (0, 200)]
    assert [s.earlier.path if s.earlier else "" for s in stretches] == ["", *paths[:2]]
    assert [s.later.path if s.later else "" for s in stretches] == [*paths[1:], ""]


def test_marks_when_a_part_changes_move_for_it_and_the_first_page_alone() -> None:
    parts = ((2017, 1, 200), (2018, 1, 3))
    before, after = made(term(*parts)), made(term(*parts, edition=2))
    moved = {path for path in before if before[path].mark != after[path].mark}
    outputs = {f"tags/python/{name}" for name in ("atom.xml", "rss20.xml", "feed.json")}
    assert moved == {"tags/python/index.html", "tags/python/2018.html", *outputs}


def test_list_when_a_count_changes_has_another_mark() -> None:
    assert made(term((2018, 1, 3)))["tags/index.html"].mark != (
        made(term((2018, 1, 4)))["tags/index.html"].mark
    )


def test_list_when_the_planet_has_no_terms_is_there() -> None:
    assert list(made()) == ["tags/index.html"]
