"""The files of the index of words, and the page that searches it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ecliptic.model.page import Page
from ecliptic.model.words import Indexed, IndexPart

SEARCH: Final = "search.html"


def word_pages(indexed: Indexed) -> Iterator[Page]:
    """Yield the page that searches, and each file of the index with what it depends on."""
    yield Page(path=SEARCH, kind="search")
    for segment in indexed.segments:
        for shard in range(segment.shards):
            part = IndexPart(kind="words", number=shard, segment=segment)
            yield _page(f"index/{segment.first}-{segment.last}/{shard}", part, segment.built)
    if indexed.last >= indexed.first_new or indexed.late:
        for shard in range(indexed.new_shards):
            part = IndexPart(kind="words", number=shard)
            yield _page(f"index/new/{shard}", part, indexed.edition)
    for block, edition in indexed.blocks.items():
        yield _page(f"entries/{block}", IndexPart(kind="entries", number=block), edition)
    for region, edition in indexed.regions.items():
        yield _page(f"days/{region}", IndexPart(kind="days", number=region), edition)
    yield _page("feeds", IndexPart(kind="feeds"), 0)
    yield _page("top", IndexPart(kind="top"), indexed.edition)


def _page(name: str, part: IndexPart, edition: int) -> Page:
    return Page(path=f"search/{name}.json", kind="search_part", part=part, mark=f"{edition}")
