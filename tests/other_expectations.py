"""What gofeed and podcastparser expect of their published cases, as fields of our records.

Both write an expectation as JSON beside the document. Of its keys those are
read that our records have a field for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from ecliptic.model.parsed import ParsedEntry, ParsedFeed
from ecliptic.model.text import Content
from ecliptic.parse import parse
from feedparser_cases import is_equal
from shared_data import DATA

CASES: Final = DATA / "conformance"
URL: Final = "https://feeds.example/feed.xml"

Answer = Callable[[Any], object]


class Case(NamedTuple):
    """A document and the file that says what is expected of it."""

    document: Path
    expected: Path

    @property
    def name(self) -> str:
        return self.expected.relative_to(CASES).as_posix()


class Mismatch(NamedTuple):
    """A field that is not as expected."""

    field: str
    expected: object
    found: object


def cases() -> list[Case]:
    """Return the expectations that stand beside their document."""
    found = []
    for expected in sorted((*CASES.glob("gofeed/**/*.json"), *CASES.glob("podcastparser/*.json"))):
        beside = (expected.with_suffix(suffix) for suffix in (".xml", ".rss"))
        found += [Case(document, expected) for document in beside if document.exists()]
    return found


def text_of(content: Content | None) -> str:
    return content.value if content else ""


def _bodies(entry: ParsedEntry) -> list[str]:
    return [text_of(entry.content), text_of(entry.summary)]


def _names(record: ParsedFeed | ParsedEntry) -> list[dict[str, str]]:
    return [
        {key: value for key, value in (("name", one.name), ("email", one.email)) if value}
        for one in record.authors
    ]


FEED: Final[Mapping[str, Answer]] = {
    "title": lambda feed: text_of(feed.title),
    "subtitle": lambda feed: text_of(feed.subtitle),
    "description": lambda feed: text_of(feed.subtitle),
    "link": lambda feed: feed.link,
    "language": lambda feed: feed.language,
    "copyright": lambda feed: feed.rights,
    "rights": lambda feed: feed.rights,
    "updatedParsed": lambda feed: feed.updated,
    "lastBuildDateParsed": lambda feed: feed.updated,
    "publishedParsed": lambda feed: feed.published,
    "pubDateParsed": lambda feed: feed.published,
    "ttl": lambda feed: str(feed.ttl or ""),
}
ENTRY: Final[Mapping[str, Answer]] = {
    "title": lambda entry: text_of(entry.title),
    "description": _bodies,
    "summary": _bodies,
    "link": lambda entry: entry.link,
    "id": lambda entry: entry.id,
    "comments": lambda entry: entry.comments,
    "updatedParsed": lambda entry: entry.updated,
    "publishedParsed": lambda entry: entry.published,
    "pubDateParsed": lambda entry: entry.published,
    "categories": lambda entry: [tag.term for tag in entry.categories],
    "authors": _names,
}
PODCAST_ENTRY: Final[Mapping[str, Answer]] = {
    "title": lambda entry: text_of(entry.title),
    "description_html": _bodies,
    "link": lambda entry: entry.link,
    "published": lambda entry: entry.published or datetime.fromtimestamp(0, UTC),
}


def mismatches(case: Case) -> Iterator[Mismatch]:
    """Yield what is not as expected, after the number of entries."""
    wanted = json.loads(case.expected.read_bytes())
    feed = parse(case.document.read_bytes(), url=URL)
    is_podcast = "podcastparser" in case.name
    yield from _wrong("feed", FEED, wanted, feed)
    entries = wanted.get("items") or wanted.get("entries") or wanted.get("episodes") or []
    if len(entries) != len(feed.entries):
        yield Mismatch("entries", len(entries), len(feed.entries))
        return
    answers = PODCAST_ENTRY if is_podcast else ENTRY
    for number, (expected, entry) in enumerate(zip(entries, feed.entries, strict=True)):
        yield from _wrong(f"entries[{number}]", answers, expected, entry)
        guid = expected.get("guid")
        if isinstance(guid, dict) and not is_right(guid.get("value", ""), entry.id):
            yield Mismatch(f"entries[{number}].guid", guid, entry.id)


def readable(case: Case) -> int:
    """Return how many fields of the expectation can be compared."""
    wanted = json.loads(case.expected.read_bytes())
    entries = wanted.get("items") or wanted.get("entries") or wanted.get("episodes") or []
    known = FEED.keys() & wanted.keys()
    of_entries = ENTRY.keys() | PODCAST_ENTRY.keys()
    return len(known) + sum(len(of_entries & one.keys()) for one in entries)


def _wrong(
    where: str, answers: Mapping[str, Answer], wanted: Mapping[str, Any], record: object
) -> Iterator[Mismatch]:
    for key in answers.keys() & wanted.keys():
        found = answers[key](record)
        if not is_right(wanted[key], found):
            yield Mismatch(f"{where}.{key}", wanted[key], found)


def is_right(expected: object, found: object) -> bool:
    """Tell whether a value, or one of several, is what is expected."""
    if isinstance(found, datetime):
        return _moment(expected) == found
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(is_right, expected, found))
    if isinstance(found, list):
        return any(is_right(expected, one) for one in found)
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(is_right(expected[key], found.get(key)) for key in found)
    return is_equal(_tidy(expected), _tidy(found))


def _tidy(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _moment(value: object) -> datetime | None:
    if isinstance(value, int):
        return datetime.fromtimestamp(value, UTC)
    return datetime.fromisoformat(value) if isinstance(value, str) else None
