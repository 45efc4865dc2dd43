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

from ecliptic.model.parsed import EntrySource, ParsedEntry, ParsedFeed, Person
from ecliptic.model.text import Content
from ecliptic.parse import parse
from feedparser_cases import is_equal
from shared_data import DATA

CASES: Final = DATA / "conformance"
URL: Final = "https://feeds.example/feed.xml"

Answer = Callable[[Any], object]


class OneOf(list[object]):
    """Values of which one must be as expected."""


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
        beside = [expected.with_suffix(suffix) for suffix in (".xml", ".rss")]
        if expected.stem.endswith("_expected"):  # a JSON Feed cannot stand beside its own name
            beside.append(expected.with_stem(expected.stem.removesuffix("_expected")))
        found += [Case(document, expected) for document in beside if document.exists()]
    return found


def text_of(content: Content | None) -> str:
    return content.value if content else ""


def _bodies(entry: ParsedEntry) -> OneOf:
    return OneOf([text_of(entry.content), text_of(entry.summary)])


def _names(record: ParsedFeed | ParsedEntry) -> list[dict[str, str]]:
    return [{key: value for key, value in _parts(one).items() if value} for one in record.authors]


def _parts(one: Person) -> dict[str, str]:
    return {"name": one.name, "email": one.email, "uri": one.url, "url": one.url}


def _links(record: ParsedFeed | ParsedEntry) -> list[dict[str, str]]:
    return [{"href": link.href, "rel": link.rel} for link in record.links]


def _addresses(record: ParsedFeed | ParsedEntry) -> list[str]:
    return [link.href for link in record.links] or [record.link]


def _related(record: ParsedFeed | ParsedEntry, relation: str) -> str:
    return next((link.href for link in record.links if link.rel == relation), "")


def _topics(record: ParsedFeed | ParsedEntry) -> list[str]:
    return [tag.term for tag in record.categories]


def _files(entry: ParsedEntry) -> list[dict[str, str]]:
    return [{"url": file.url, "type": file.type} for file in entry.enclosures]


def _source(entry: ParsedEntry) -> dict[str, str]:
    source = entry.source or EntrySource()
    return {"title": source.title, "id": source.id, "url": source.feed_url}


def _version(feed: ParsedFeed) -> str:
    """Return the version in the format's name: ``rss20`` is RSS 2.0."""
    digits = feed.format.lstrip("abcdefghijklmnopqrstuvwxyz")
    return f"{digits[0]}.{digits[1:]}" if digits else ""


def _kind(feed: ParsedFeed) -> str:
    return feed.format.rstrip("0123456789")


FEED: Final[Mapping[str, Answer]] = {
    "version": _version,
    "feedVersion": _version,
    "feedType": _kind,
    "id": lambda feed: feed.id,
    "authors": _names,
    "author": lambda feed: next(iter(_names(feed)), {}),
    "itunes_author": lambda feed: next((one.name for one in feed.authors), ""),
    "categories": _topics,
    "generator": lambda feed: feed.generator,
    "image": lambda feed: {"url": feed.image},
    "icon": lambda feed: feed.image,
    "favicon": lambda feed: feed.icon,
    "links": lambda feed: OneOf([_addresses(feed), _links(feed)]),
    "skipDays": lambda feed: list(feed.skip_days),
    "home_page_url": lambda feed: feed.link,
    "feed_url": lambda feed: _related(feed, "self"),
    "feedLink": lambda feed: _related(feed, "self"),
    "next_url": lambda feed: _related(feed, "next"),
    "paged_feed_first": lambda feed: _related(feed, "first"),
    "paged_feed_next": lambda feed: _related(feed, "next"),
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
    "categories": _topics,
    "authors": _names,
    "author": lambda entry: next(iter(_names(entry)), {}),
    "contributors": lambda entry: [_parts(one) for one in entry.contributors],
    "content": _bodies,
    "rights": lambda entry: entry.rights,
    "source": _source,
    "enclosure": lambda entry: next(iter(_files(entry)), {}),
    "enclosures": _files,
    "attachments": _files,
    "image": lambda entry: {"url": entry.image},
    "url": lambda entry: entry.link,
    "content_html": _bodies,
    "links": lambda entry: OneOf([_addresses(entry), _links(entry)]),
}
PODCAST_ENTRY: Final[Mapping[str, Answer]] = {
    "title": lambda entry: text_of(entry.title),
    "description_html": _bodies,
    "link": lambda entry: entry.link,
    "guid": lambda entry: OneOf([entry.id, entry.link]),
    "total_time": lambda entry: next((file.duration for file in entry.enclosures), 0),
    "payment_url": lambda entry: _related(entry, "payment") or None,
    "episode_art_url": lambda entry: entry.image,
    "enclosures": _files,
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
    of_entries = PODCAST_ENTRY if "podcastparser" in case.name else ENTRY
    return len(_compared(FEED, wanted)) + sum(len(_compared(of_entries, one)) for one in entries)


_HELD: Final = {"generator": set(), "image": {"url"}, "links": {"href"}, "source": {"id", "title"}}
"""Of values with parts, the parts that our records hold."""


def _compared(answers: Mapping[str, Answer], wanted: Mapping[str, Any]) -> set[str]:
    """Return the keys of an expectation that can be compared."""
    return {
        key
        for key in answers.keys() & wanted.keys()
        for value in (wanted[key] if isinstance(wanted[key], list) else [wanted[key]])
        if not isinstance(value, dict) or _HELD.get(key, value.keys()) & value.keys()
    } | {key for key in answers.keys() & wanted.keys() if wanted[key] == []}


def _wrong(
    where: str, answers: Mapping[str, Answer], wanted: Mapping[str, Any], record: object
) -> Iterator[Mismatch]:
    for key in _compared(answers, wanted):
        found = answers[key](record)
        if not is_right(wanted[key], found):
            yield Mismatch(f"{where}.{key}", wanted[key], found)


def is_right(expected: object, found: object) -> bool:
    """Tell whether a value, or one of several, is what is expected."""
    if isinstance(found, datetime):
        return _moment(expected) == found
    if isinstance(found, dict) and not isinstance(expected, dict):
        found = OneOf(found.values())
    if isinstance(found, OneOf):
        return any(is_right(expected, one) for one in found)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(is_right, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        shared = expected.keys() & found.keys()
        return bool(shared) and all(is_right(expected[key], found[key]) for key in shared)
    if isinstance(expected, dict):  # a text with its attributes
        return any(is_right(value, found) for value in expected.values())
    return is_equal(_tidy(expected), _tidy(found))


def _tidy(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _moment(value: object) -> datetime | None:
    if isinstance(value, int):
        return datetime.fromtimestamp(value, UTC)
    return datetime.fromisoformat(value) if isinstance(value, str) else None
