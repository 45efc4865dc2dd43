"""JSON Feed in the shape of a result, from what ``ecliptic.parse`` makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ecliptic.compat import values
from ecliptic.compat.exceptions import malformed
from ecliptic.compat.people import line_of
from ecliptic.compat.result import FeedParserDict
from ecliptic.compat.values import Options
from ecliptic.model.parsed import ParsedEntry, ParsedFeed, Person
from ecliptic.model.text import Content
from ecliptic.parse.jsonfeed import read_json as parse_json

_VERSIONS: Final = {"json10": "json1", "json11": "json11"}
_TYPES: Final = {"text": "text/plain", "html": "text/html"}


def read_json(data: bytes, base: str, options: Options, result: FeedParserDict) -> None:
    """Fill ``result`` from a JSON Feed document."""
    feed = parse_json(data, base, "charset=utf-8")
    for problem in feed.problems:
        if not result["bozo"]:
            result["bozo"], result["bozo_exception"] = True, malformed(problem)
    result["version"] = _VERSIONS.get(feed.format, "")
    result["namespaces"] = {}
    result["feed"] = _feed(feed, options)
    result["entries"] = [_entry(entry, options) for entry in feed.entries]


def _feed(feed: ParsedFeed, options: Options) -> FeedParserDict:
    record = FeedParserDict()
    _keep(record, id=feed.id, link=feed.link, language=feed.language, icon=feed.icon)
    _keep_content(record, "title", feed.title, options)
    _keep_content(record, "subtitle", feed.subtitle, options)
    _keep_people(record, feed.authors)
    record["links"] = [
        FeedParserDict(rel=link.rel, type=link.type or "text/html", href=link.href)
        for link in feed.links
    ]
    if feed.image:
        record["image"] = FeedParserDict(href=feed.image)
    return record


def _entry(entry: ParsedEntry, options: Options) -> FeedParserDict:
    record = FeedParserDict()
    _keep(record, id=entry.id, link=entry.link, language=entry.language)
    _keep_content(record, "title", entry.title, options)
    _keep_content(record, "summary", entry.summary, options)
    if entry.content:
        detail = _detail(entry.content, options)
        record["content"] = [detail]
        record.setdefault("summary", detail["value"])
    _keep_people(record, entry.authors)
    _keep_date(record, "published", entry.published)
    _keep_date(record, "updated", entry.updated)
    record["links"] = [
        FeedParserDict(rel=link.rel, type=link.type or "text/html", href=link.href)
        for link in entry.links
        if link.rel != "enclosure"
    ]
    record["links"] += [
        FeedParserDict(
            rel="enclosure", type=file.type, href=file.url, length=str(file.length or "")
        )
        for file in entry.enclosures
    ]
    if entry.categories:
        record["tags"] = [
            FeedParserDict(term=tag.term, scheme=tag.scheme or None, label=tag.label or None)
            for tag in entry.categories
        ]
    if entry.image:
        record["image"] = FeedParserDict(href=entry.image)
    return record


def _keep(record: FeedParserDict, **fields: str) -> None:
    record.update({key: value for key, value in fields.items() if value})


def _keep_content(
    record: FeedParserDict, key: str, content: Content | None, options: Options
) -> None:
    if content:
        detail = _detail(content, options)
        record[key] = detail["value"]
        record[f"{key}_detail"] = detail


def _detail(content: Content, options: Options) -> FeedParserDict:
    kind = _TYPES[content.kind]
    return FeedParserDict(
        type=kind,
        language=content.language or None,
        base=content.base,
        value=values.cleaned(content.value, kind, content.base, options),
    )


def _keep_people(record: FeedParserDict, people: Iterable[Person]) -> None:
    authors = [
        FeedParserDict(
            {
                key: value
                for key, value in (("name", one.name), ("email", one.email), ("href", one.url))
                if value
            }
        )
        for one in people
    ]
    if authors:
        record["authors"] = authors
        record["author_detail"] = authors[0]
        record["author"] = line_of(authors[0])


def _keep_date(record: FeedParserDict, key: str, moment: datetime | None) -> None:
    if moment:
        record[key] = moment.isoformat().replace("+00:00", "Z")
        record[f"{key}_parsed"] = moment.utctimetuple()
