"""Which files an index of words has, and when each moves."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ecliptic.model.outline import Outline
from ecliptic.model.page import Page
from ecliptic.model.words import Indexed, Segment
from ecliptic.select.words import word_pages

INDEXED = Indexed(
    edition=7,
    segments=(Segment(first=1, last=1_024, built=2),),
    first_new=1_025,
    last=1_100,
    late=(5,),
    blocks={0: 7, 1: 2, 34: 7, 128: 3},
)


def listed(indexed: Indexed) -> Outline:
    return Outline(tuple(word_pages(indexed)))


def pages(**fields: Any) -> dict[str, Page]:
    return {page.path: page for page in listed(replace(INDEXED, **fields))}


def test_files_when_an_index_stands_are_all_listed_once() -> None:
    found = pages()
    assert len(found) == len(list(listed(INDEXED)))
    assert sum(path.startswith("search/index/1-1024/") for path in found) == 32
    assert sum(path.startswith("search/index/new/") for path in found) == 2
    rest = {path for path in found if not path.startswith("search/index/")}
    assert rest == {
        "search.html", "search/top.json", "search/feeds.json",
        "search/days/0.json", "search/days/1.json",
        *(f"search/entries/{block}.json" for block in INDEXED.blocks),
    }  # fmt: skip


def test_files_when_the_edition_moves_then_closed_parts_do_not() -> None:
    before, after = pages(), pages(edition=8, blocks={**INDEXED.blocks, 34: 8})
    moved = {path for path in after if after[path] != before[path]}
    assert moved == {
        "search/index/new/0.json", "search/index/new/1.json",
        "search/entries/34.json", "search/days/0.json", "search/top.json",
    }  # fmt: skip


def test_files_when_nothing_is_stored_name_no_words() -> None:
    empty = pages(edition=0, segments=(), first_new=1, last=0, late=(), blocks={})
    assert set(empty) == {"search.html", "search/feeds.json", "search/top.json"}
