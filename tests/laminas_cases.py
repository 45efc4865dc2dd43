"""laminas-feed's published cases: small documents, in folders named for a field.

``expectations/laminas-feed.tsv`` says what that project expects of the field, folder by folder;
of a folder ``none``, that there is nothing. A row without a field is about something that our
records do not hold; documents without a row are whole feeds, which other tests read.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from ecliptic.model.parsed import Category, ParsedEntry, ParsedFeed, Person
from ecliptic.model.text import Content
from ecliptic.parse import parse
from shared_data import DATA

CASES: Final = DATA / "conformance" / "laminas-feed"
EXPECTATIONS: Final = Path(__file__).parent / "conformance" / "expectations" / "laminas-feed.tsv"


class Case(NamedTuple):
    """A document, the field it is about, and the value that is expected."""

    path: Path
    name: str
    field: str
    expected: object


def cases() -> list[Case]:
    """Return the cases that have an expectation, in the order of their names."""
    found = []
    for path in sorted(CASES.rglob("*.xml")):
        name = path.relative_to(CASES).as_posix()
        about = name.replace("_files/", "").replace("plain/", "")
        row = next((row for row in rows() if fnmatchcase(about, row["cases"])), None)
        if row and row["field"]:
            expected = json.loads(row["expected"])
            nothing = [] if isinstance(expected, list) else ""
            value = nothing if "/none/" in about else expected
            found.append(Case(path, name, row["field"], value))
    return found


def found_in(case: Case) -> object:
    """Return what our reading of the document has in the field."""
    feed = parse(case.path.read_bytes(), url="https://feeds.example/feed.xml")
    if case.name.startswith("Entry/"):
        return _ENTRY[case.field](feed.entries[0])
    return _FEED[case.field](feed)


@cache
def rows() -> list[dict[str, str]]:
    with EXPECTATIONS.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def _text(content: Content | None) -> str:
    return content.value if content else ""


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _people(people: tuple[Person, ...]) -> list[dict[str, str]]:
    parts = [{"name": one.name, "email": one.email, "url": one.url} for one in people]
    return [{key: value for key, value in part.items() if value} for part in parts]


def _topics(categories: tuple[Category, ...]) -> list[list[str]]:
    return [[category.scheme, category.term] for category in categories]


def _related(record: ParsedFeed | ParsedEntry, relation: str) -> list[str]:
    return [link.href for link in record.links if link.rel == relation]


def _files(entry: ParsedEntry) -> list[list[object]]:
    return [[file.url, file.type, file.length] for file in entry.enclosures]


_ENTRY: Final[Mapping[str, Callable[[ParsedEntry], Any]]] = {
    "authors": lambda entry: _people(entry.authors),
    "body": lambda entry: _text(entry.content) or _text(entry.summary),
    "categories": lambda entry: _topics(entry.categories),
    "comments": lambda entry: entry.comments,
    "comments feed": lambda entry: next(
        (link.href for link in entry.links if link.rel == "replies" and "xml" in link.type), ""
    ),
    "date": lambda entry: _moment(entry.updated or entry.published),
    "enclosures": _files,
    "id": lambda entry: entry.id,
    "link": lambda entry: entry.link,
    "links": lambda entry: _related(entry, "alternate") or [entry.link for _ in entry.link[:1]],
    "published": lambda entry: _moment(entry.published),
    "title": lambda entry: _text(entry.title),
}
_FEED: Final[Mapping[str, Callable[[ParsedFeed], Any]]] = {
    "authors": lambda feed: _people(feed.authors),
    "categories": lambda feed: _topics(feed.categories),
    "description": lambda feed: _text(feed.subtitle),
    "generator": lambda feed: feed.generator,
    "hubs": lambda feed: _related(feed, "hub"),
    "id": lambda feed: feed.id,
    "image": lambda feed: feed.image,
    "language": lambda feed: feed.language,
    "link": lambda feed: feed.link,
    "published": lambda feed: _moment(feed.published),
    "rights": lambda feed: feed.rights,
    "self": lambda feed: next(iter(_related(feed, "self")), ""),
    "source authors": lambda feed: _people(feed.entries[0].authors),
    "source link": lambda feed: getattr(feed.entries[0].source, "link", ""),
    "title": lambda feed: _text(feed.title),
    "updated": lambda feed: _moment(feed.updated),
}
