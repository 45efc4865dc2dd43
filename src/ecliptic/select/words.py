"""The files of the index of words, and the page that searches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from ecliptic.model.outline import Section
from ecliptic.model.page import Page
from ecliptic.model.words import BLOCK, REGION, Indexed, IndexPart, Segment

SEARCH: Final = "search.html"


def word_pages(indexed: Indexed) -> Iterator[Page | Section]:
    """Yield the page that searches, and the files of the index with what they depend on."""
    yield Page(path=SEARCH, kind="search")
    yield from map(_closed, indexed.segments)
    if indexed.last >= indexed.first_new or indexed.late:
        for shard in range(indexed.new_shards):
            part = IndexPart(kind="words", number=shard)
            yield _page(f"index/new/{shard}", part, indexed.edition)
    regions = indexed.regions
    for region, blocks in groupby(sorted(indexed.blocks.items()), key=_region_of):
        yield _of_region(region, regions[region], tuple(blocks))
    yield _page("feeds", IndexPart(kind="feeds"), 0)
    yield _page("top", IndexPart(kind="top"), indexed.edition)


def _closed(segment: Segment) -> Section:
    """Return the files of a segment, which stand as it was built."""
    name = f"index/{segment.first}-{segment.last}/"

    def made() -> Iterator[Page]:
        for shard in range(segment.shards):
            part = IndexPart(kind="words", number=shard, segment=segment)
            yield _page(f"{name}{shard}", part, segment.built)

    return Section(
        name=f"search/{name}",
        mark=segment.built,
        paths=tuple(_path(f"{name}{shard}") for shard in range(segment.shards)),
        pages=made,
    )


def _of_region(region: int, newest: int, blocks: Sequence[tuple[int, int]]) -> Section:
    """Return the files of a region: of each block what results show, and of all the days."""

    def made() -> Iterator[Page]:
        for block, edition in blocks:
            yield _page(f"entries/{block}", IndexPart(kind="entries", number=block), edition)
        yield _page(f"days/{region}", IndexPart(kind="days", number=region), newest)

    return Section(
        name=f"search/days/{region}/",
        mark=blocks,
        paths=(*(_path(f"entries/{block}") for block, _ in blocks), _path(f"days/{region}")),
        pages=made,
    )


def _region_of(block: tuple[int, int]) -> int:
    return block[0] * BLOCK // REGION


def _path(name: str) -> str:
    return f"search/{name}.json"


def _page(name: str, part: IndexPart, edition: int) -> Page:
    return Page(path=_path(name), kind="search_part", part=part, mark=f"{edition}")
