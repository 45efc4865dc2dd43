"""The files of the index of words, which ``search.js`` reads in a browser.

``top`` says which there are. ``words`` have, for each word, the numbers of the entries that
hold it; ``days`` say when entries were published, ``entries`` what results show of them,
and ``feeds`` whose they are: name, site and page here, on which an entry without a link of its
own has its anchor. Numbers are written to base 36, as differences.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Protocol

from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.paths import feed_page_path
from ecliptic.model.results import Hit
from ecliptic.model.text import words_of_html
from ecliptic.model.words import BLOCK, REGION, Indexed, IndexPart, Segment
from ecliptic.render.naming import author_names, feed_link, web_address
from ecliptic.render.words import shard_of, words
from ecliptic.render.writer import utf8

VERSION: Final = 2
"""Moves when the files would look different, so that all are made anew."""

_MOST_INDEXED: Final = 20_000
"""Characters of a body whose words can be found."""

_MOST_SHOWN: Final = 800
"""Characters of a body from which results cite."""

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_DAY: Final = 86_400


class Rows(Protocol):
    """Where entries come from (``store.words``)."""

    def entries(self, first: int, last: int, feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream the entries of a stretch of numbers that pages may show."""
        ...

    def some(self, numbers: Iterable[int], feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream those of these entries that pages may show."""
        ...

    def times(
        self, first: int, last: int, feeds: Collection[int]
    ) -> Iterator[tuple[int, datetime]]:
        """Stream where entries stand in time."""
        ...


class WordIndexWriter:
    """Makes the files of the index as it stands; ``excerpts`` are the most characters by feed."""

    def __init__(
        self,
        rows: Rows,
        indexed: Indexed,
        feeds: Mapping[int, FeedState],
        excerpts: Mapping[int, int],
    ) -> None:
        self._rows = rows
        self._indexed = indexed
        self._feeds = feeds
        self._excerpts = excerpts
        self._segment: tuple[Segment | None, list[bytes]] | None = None

    def depends_on(self, part: IndexPart) -> object:
        """Return what a file depends on, beside the entries in it."""
        match part.kind:
            case "feeds":
                return (VERSION, self._names())
            case "entries":
                return (VERSION, self._excerpts)
            case _:
                return VERSION

    def body(self, part: IndexPart) -> bytes:
        """Return the bytes of a file."""
        match part.kind:
            case "words":
                return self._words(part.segment)[part.number]
            case "entries":
                return _encoded(self._entries(part.number))
            case "days":
                return _encoded(self._days(part.number))
            case "feeds":
                return _encoded(self._names())
            case "top":
                return _encoded(self._top())

    def _words(self, segment: Segment | None) -> list[bytes]:
        """Return all files of a segment: they are asked for one after the other."""
        if self._segment is None or self._segment[0] != segment:
            self._segment = (segment, self._built(segment))
        return self._segment[1]

    def _built(self, segment: Segment | None) -> list[bytes]:
        feeds, indexed = self._feeds.keys(), self._indexed
        if segment is not None:
            found = self._rows.entries(segment.first, segment.last, feeds)
            return word_files(found, segment.shards)
        late = self._rows.some(indexed.late, feeds)
        new = self._rows.entries(indexed.first_new, indexed.last, feeds)
        return word_files((row for rows in (late, new) for row in rows), indexed.new_shards)

    def _entries(self, block: int) -> list[object]:
        first = block * BLOCK
        shown: list[object] = [None] * BLOCK
        for number, entry in self._rows.entries(first, first + BLOCK - 1, self._feeds.keys()):
            found = hit(entry, self._feeds[entry.feed_id], self._excerpts.get(entry.feed_id, 0))
            seconds = int(found.time.timestamp())
            link = web_address(entry.link) or f"#{entry.uid}"  # pages of feeds move
            told = (found.title, link, entry.feed_id, seconds, found.author, found.text)
            shown[number - first] = told
        return shown

    def _days(self, region: int) -> str:
        first, before = region * REGION, 0
        days = [""] * REGION
        for number, time in self._rows.times(first, first + REGION - 1, self._feeds.keys()):
            day = int(time.timestamp()) // _DAY
            days[number - first], before = _digits(day - before), day
        return ",".join(days).rstrip(",")

    def _names(self) -> dict[int, tuple[str, str, str]]:
        return {
            feed.id: (feed_name(feed), feed_link(feed), feed_page_path(feed))
            for feed in self._feeds.values()
        }

    def _top(self) -> dict[str, object]:
        indexed = self._indexed
        new = ("new", indexed.new_shards, indexed.edition)
        has_new = indexed.last >= indexed.first_new or indexed.late
        segments = [(f"{one.first}-{one.last}", one.shards, one.built) for one in indexed.segments]
        return {
            "segments": [*segments, *([new] if has_new else [])],
            "late": indexed.late,
            "regions": sorted(indexed.regions.items()),
        }


def hit(entry: Entry, feed: FeedState, most: int = 0) -> Hit:
    """Return an entry as results show it, with at most so many characters; 0 is as for others."""
    most = min(most or _MOST_SHOWN, _MOST_SHOWN)
    text = " ".join(words_of_html(entry.content or entry.summary)[: most * 4].split())
    return Hit(
        title=entry.title.strip(),
        link=web_address(entry.link) or f"{feed_page_path(feed)}#{entry.uid}",
        feed=feed_name(feed),
        home=feed_link(feed) or feed_page_path(feed),
        author=author_names(entry.authors),
        time=entry.shown_at,
        text=text if len(text) <= most else text[:most] + "…",
    )


def word_files(entries: Iterable[tuple[int, Entry]], shards: int) -> list[bytes]:
    """Return the words of entries, each with their numbers, in so many files."""
    held: dict[str, list[int]] = defaultdict(list)
    for number, entry in entries:
        for word in words(_text(entry)):
            held[word].append(number)
    files: list[dict[str, str]] = [{} for _ in range(shards)]
    for word in sorted(held):
        files[shard_of(word, shards)][word] = _differences(held[word])
    return [_encoded(file) for file in files]


def _text(entry: Entry) -> str:
    body = words_of_html(entry.content or entry.summary)[:_MOST_INDEXED]
    tags = (text for tag in entry.categories for text in (tag.term, tag.label))
    return "\n".join((entry.title, body, author_names(entry.authors), *tags))


def _differences(numbers: list[int]) -> str:
    before = 0
    written = []
    for number in numbers:
        written.append(_digits(number - before))
        before = number
    return " ".join(written)


def _digits(number: int) -> str:
    if 0 <= number < len(_DIGITS):
        return _DIGITS[number]
    if number < 0:
        return "-" + _digits(-number)
    return _digits(number // 36) + _DIGITS[number % 36]


def _encoded(value: object) -> bytes:
    return utf8(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
