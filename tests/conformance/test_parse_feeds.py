"""Real feeds: each is read, with every entry it has, and no address left relative."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import parse
from shared_data import DATA, needs_shared_data

FEEDS = DATA / "feeds"
URL = "https://feeds.example/feed.xml"

DIFFERENT_COUNTS = {
    "rss20-feedburner-en-pcmag-com.xml": (
        10,
        "each item holds a stray empty <item />, which feedparser counts as an entry",
    ),
}
"""Documents whose count differs from feedparser's on purpose: ours, and why."""

NO_ENTRIES_FOR_FEEDPARSER = {"jsonfeed"}
"""Formats that the release of feedparser does not read; theirs is what the file says."""


def rows() -> list[dict[str, str]]:
    if not FEEDS.is_dir():
        return []
    with (FEEDS / "SOURCES.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def addresses(feed: ParsedFeed) -> Iterator[str]:
    yield from (feed.link, feed.image, feed.icon, *(link.href for link in feed.links))
    for entry in feed.entries:
        yield from (entry.link, entry.image, entry.comments)
        yield from (link.href for link in entry.links)
        yield from (enclosure.url for enclosure in entry.enclosures)
        yield from (person.url for person in entry.authors)
        if entry.content:
            yield entry.content.base


@needs_shared_data
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_real_feed_is_read_whole(row: dict[str, str]) -> None:
    name = row["file"]
    feed = parse((FEEDS / name).read_bytes(), url=URL)
    assert feed.is_feed, feed.problems
    expected = DIFFERENT_COUNTS.get(name, (int(row["entries"]), ""))[0]
    assert len(feed.entries) == expected
    for address in addresses(feed):
        assert not address or urlsplit(address).scheme not in {"", "javascript", "data", "file"}
    for entry in feed.entries:
        for moment in (entry.published, entry.updated):
            assert moment is None or moment.year >= 1990


@needs_shared_data
def test_real_feeds_that_are_sound_are_without_a_problem() -> None:
    noted = []
    for row in rows():
        if row["bozo"] == "0":
            feed = parse((FEEDS / row["file"]).read_bytes(), url=URL)
            noted += [(row["file"], problem) for problem in feed.problems]
    assert len({name for name, _ in noted}) <= len(rows()) // 10, noted
