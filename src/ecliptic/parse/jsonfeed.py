"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → ``ParsedFeed``; every value may be of a wrong type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from ecliptic.model.parsed import (
    Category,
    Enclosure,
    Link,
    ParsedEntry,
    ParsedFeed,
    Person,
    Problem,
)
from ecliptic.model.text import Content
from ecliptic.parse import address, encoding
from ecliptic.parse.dates import parse_date

_MAX_ENTRIES: Final = 2_000
_MAX_REPEATED: Final = 300
_MAX_PARTS: Final = 500_000
_VERSION: Final = "jsonfeed.org/version/"
_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

Object = Mapping[str, Any]


def read_json(data: bytes, base: str, content_type: str = "") -> ParsedFeed:
    """Read a JSON Feed document, or say that it is none."""
    text, name, problems = encoding.decode(data, content_type)
    if _has_too_many_parts(text):
        return _none("JSON of more parts than are read", problems)
    value = _decoded(text)
    if value is _BROKEN:
        return _none("JSON that cannot be read", problems)
    if not isinstance(value, dict) or not _is_feed(value):
        return _none("JSON that is no JSON Feed", problems)
    return _feed(value, base, name, problems)


def read_object(data: bytes, content_type: str = "") -> Object | None:
    """Return the object that a document is, or ``None`` if it is none, or too large a one."""
    text = encoding.decode(data, content_type).text
    value = None if _has_too_many_parts(text) else _decoded(text)
    return value if isinstance(value, dict) else None


_BROKEN: Final = object()
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def _has_too_many_parts(text: str) -> bool:
    """Tell whether there are more values than a feed has; a part of three bytes costs a hundred."""
    return text.count(",") > _MAX_PARTS and _STRING.sub("", text).count(",") > _MAX_PARTS


def _decoded(text: str) -> object:
    text = text.strip().translate({0: None}) if "\0" in text else text.strip()
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        pass
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _BROKEN


def _is_feed(value: Object) -> bool:
    return _VERSION in str(value.get("version")) or isinstance(value.get("items"), list)


def _none(detail: str, problems: tuple[Problem, ...]) -> ParsedFeed:
    return ParsedFeed(problems=(Problem(code="parse.not_a_feed", detail=detail), *problems))


def _feed(value: Object, base: str, name: str, problems: tuple[Problem, ...]) -> ParsedFeed:
    base = base or address.absolute(_text(value, "feed_url"), "")
    base = base or address.absolute(_text(value, "home_page_url"), "")
    link = address.absolute(_text(value, "home_page_url"), base)
    page = link if address.is_web(link) else base
    items = [item for item in _list(value, "items") if isinstance(item, dict)]
    if len(items) > _MAX_ENTRIES:
        problem = Problem(code="parse.too_many_entries", detail=str(_MAX_ENTRIES))
        problems = (*problems, problem)
    return ParsedFeed(
        format="json11" if "1.1" in str(value.get("version")) else "json10",
        encoding=name,
        id=_text(value, "feed_url"),
        title=_content(_text(value, "title"), "text", page),
        subtitle=_content(_text(value, "description"), "text", page),
        link=link,
        links=_feed_links(value, base, link),
        authors=_people(value, base),
        language=_text(value, "language"),
        image=address.absolute(_text(value, "icon"), base),
        icon=address.absolute(_text(value, "favicon"), base),
        entries=tuple(
            _entry(item, base, page, position) for position, item in enumerate(items[:_MAX_ENTRIES])
        ),
        problems=problems,
    )


def _entry(item: Object, base: str, page: str, position: int) -> ParsedEntry:
    link = address.absolute(_text(item, "url"), base)
    external = address.absolute(_text(item, "external_url"), base)
    identifier = _text(item, "id")
    if not link and not external and address.is_web(identifier):
        link = identifier
    own = link or external
    inner = own if address.is_web(own) else page
    body = _content(_text(item, "content_html"), "html", inner)
    body = body or _content(_text(item, "content_text"), "text", inner)
    summary = _content(_text(item, "summary"), "text", inner)
    if body is None or (summary and summary.value == body.value):
        body, summary = body or summary, None
    problems: list[Problem] = []
    return ParsedEntry(
        id=identifier,
        link=own,
        title=_content(_text(item, "title"), "text", inner),
        summary=summary,
        content=body,
        published=_date(item, "date_published", problems),
        updated=_date(item, "date_modified", problems),
        authors=_people(item, base),
        categories=tuple(Category(term=tag) for tag in _tags(item)),
        enclosures=tuple(_attachments(item, base)),
        links=_entry_links(link, external),
        image=address.absolute(_text(item, "image") or _text(item, "banner_image"), base),
        language=_text(item, "language"),
        position=position,
        problems=tuple(problems),
    )


def _feed_links(value: Object, base: str, link: str) -> tuple[Link, ...]:
    links = [Link(href=link)] if link else []
    for key, relation in (("feed_url", "self"), ("next_url", "next")):
        href = address.absolute(_text(value, key), base)
        if href:
            links.append(Link(href=href, rel=relation, type="application/feed+json"))
    for hub in _list(value, "hubs"):
        href = address.absolute(_text(hub, "url"), base) if isinstance(hub, dict) else ""
        if href:
            links.append(Link(href=href, rel="hub"))
    return tuple(links)


def _entry_links(link: str, external: str) -> tuple[Link, ...]:
    links = [Link(href=link)] if link else []
    if external:
        links.append(Link(href=external, rel="related" if link else "alternate"))
    return tuple(links)


def _people(value: Object, base: str) -> tuple[Person, ...]:
    """Read ``authors``, or ``author`` of version 1.0; version 1.1 goes by the first of them."""
    people: dict[Person, None] = {}
    for author in _list(value, "authors") or [value.get("author")]:
        if isinstance(author, str):
            author = {"name": author}  # noqa: PLW2901 - a common mistake, read as it is meant
        if isinstance(author, dict):
            person = Person(
                name=_text(author, "name"), url=address.absolute(_text(author, "url"), base)
            )
            if person.name or person.url:
                people[person] = None
    return tuple(people)


def _tags(item: Object) -> Iterator[str]:
    tags = [_scalar(tag)[:200] for tag in _list(item, "tags")]
    yield from dict.fromkeys(tag for tag in tags if tag)


def _attachments(item: Object, base: str) -> Iterator[Enclosure]:
    for attachment in _list(item, "attachments"):
        if not isinstance(attachment, dict):
            continue
        href = address.absolute(_text(attachment, "url"), base)
        if href:
            yield Enclosure(
                url=href,
                type=_text(attachment, "mime_type").lower()[:200],
                length=_number(attachment, "size_in_bytes"),
                duration=_number(attachment, "duration_in_seconds"),
                title=_text(attachment, "title"),
            )


def _content(value: str, kind: str, base: str) -> Content | None:
    if not value:
        return None
    return Content(value=value, kind="html" if kind == "html" else "text", base=base)


def _date(item: Object, key: str, problems: list[Problem]) -> datetime | None:
    value = _text(item, key)
    moment = parse_date(value)
    if value and not moment:
        problems.append(Problem(code="parse.bad_date", detail=value[:80]))
    return moment


def _list(value: Object, key: str) -> list[Any]:
    found = value.get(key)
    limit = None if key == "items" else _MAX_REPEATED
    return found[:limit] if isinstance(found, list) else []


def _text(value: Object, key: str) -> str:
    return _scalar(value.get(key))


def _scalar(value: object) -> str:
    """Return a text; numbers are read as authors mean them (``"id": 1``)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).strip()
    return text if text.isascii() else text.translate(_SURROGATES)


def _number(value: Object, key: str) -> int:
    found = value.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return 0
    return int(found) if 0 <= found < 1 << 53 else 0
