"""Published JSON Feeds: the format says itself what each of its keys means.

So the document is its own expectation: it is read a second time by Python's own JSON reader,
and each key is compared with the field that it must be found in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

from ecliptic.model.parsed import ParsedEntry, ParsedFeed
from ecliptic.model.text import Content
from ecliptic.parse import parse
from shared_data import DATA

CASES: Final = DATA / "conformance"
URL: Final = "https://feeds.example/feed.json"
FOLDERS: Final = ("jsonfeed", "reader", "gofeed/parser/json", "gofeed/translator/json")


class Compared(NamedTuple):
    """A key of a document, the value it has there, and the value we read."""

    key: str
    expected: object
    found: object


def documents() -> list[Path]:
    """Return the documents that are JSON Feeds by their version."""
    paths = [path for folder in FOLDERS for path in sorted((CASES / folder).glob("*.json"))]
    return [path for path in paths if b"jsonfeed.org/version/1" in path.read_bytes()]


def compared(path: Path) -> Iterator[Compared]:
    """Yield every key that our records have a field for, with both values."""
    wanted = json.loads(path.read_text("utf-8-sig"))
    feed = parse(path.read_bytes(), url=URL)
    yield Compared("items", len(wanted["items"]), len(feed.entries))
    yield from _keys("", _FEED, wanted, feed)
    for number, (item, entry) in enumerate(zip(wanted["items"], feed.entries, strict=False)):
        yield from _keys(f"items[{number}].", _ENTRY, item, entry)


def _keys(
    where: str, answers: Mapping[str, Callable[[Any], object]], wanted: Any, record: object
) -> Iterator[Compared]:
    for key in answers.keys() & wanted.keys():
        is_said_again = key == "author" and wanted.get("authors")  # version 1.1 goes by the other
        if wanted[key] not in (None, "", []) and not is_said_again:
            yield Compared(where + key, _comparable(key, wanted[key]), answers[key](record))


def _comparable(key: str, value: Any) -> object:
    """Return a value of the document in the form that our record has it."""
    match key:
        case "date_published" | "date_modified":
            is_iso = value[:4].isdecimal()
            return datetime.fromisoformat(value) if is_iso else parsedate_to_datetime(value)
        case "author" | "authors":
            return _person(value) if key == "author" else [_person(one) for one in value]
        case "attachments":
            files = [one for one in value if one.get("url")]  # without an address there is no file
            return [(urljoin(URL, one["url"]), one.get("mime_type", "")) for one in files]
        case "tags":
            return list(value)
    # Where the format has a text, nothing else is read.
    return "" if isinstance(value, list | dict) else str(value).strip()


def _person(value: Any) -> tuple[str, str]:
    return value.get("name", ""), value.get("url", "")


def _text(content: Content | None) -> str:
    return content.value if content else ""


def _related(record: ParsedFeed | ParsedEntry, relation: str) -> str:
    return next((link.href for link in record.links if link.rel == relation), "")


def _body(kind: str) -> Callable[[ParsedEntry], str]:
    return lambda entry: (
        _text(entry.content) if entry.content and entry.content.kind == kind else ""
    )


_PEOPLE: Final[dict[str, Callable[[Any], object]]] = {
    "author": lambda record: next(((one.name, one.url) for one in record.authors), None),
    "authors": lambda record: [(one.name, one.url) for one in record.authors],
}
_FEED: Final[dict[str, Callable[[Any], object]]] = {
    **_PEOPLE,
    "title": lambda feed: _text(feed.title),
    "description": lambda feed: _text(feed.subtitle),
    "home_page_url": lambda feed: feed.link,
    "feed_url": lambda feed: _related(feed, "self"),
    "next_url": lambda feed: _related(feed, "next"),
    "icon": lambda feed: feed.image,
    "favicon": lambda feed: feed.icon,
    "language": lambda feed: feed.language,
}
_ENTRY: Final[dict[str, Callable[[Any], object]]] = {
    **_PEOPLE,
    "id": lambda entry: entry.id,
    "url": lambda entry: entry.link,
    "external_url": lambda entry: _related(entry, "related") or _related(entry, "alternate"),
    "title": lambda entry: _text(entry.title),
    "content_html": _body("html"),
    "summary": lambda entry: _text(entry.summary),
    "image": lambda entry: entry.image,
    "date_published": lambda entry: entry.published,
    "date_modified": lambda entry: entry.updated,
    "language": lambda entry: entry.language,
    "tags": lambda entry: [category.term for category in entry.categories],
    "attachments": lambda entry: [(file.url, file.type) for file in entry.enclosures],
}
