"""The fields of an entry: what each holds, and of which parts it is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from ecliptic.model.entry import Entry
from ecliptic.model.naming import host_of
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person
from ecliptic.model.text import words_of_html


class EntryParts(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of an entry that its fields are made of; fields mean what they mean there."""

    title: str = ""
    summary: str = ""
    content: str = ""
    link: str = ""
    id: str = ""
    language: str = ""
    image: str = ""
    comments: str = ""
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    source: EntrySource | None = None


Told: TypeAlias = Entry | EntryParts

_words_of = lru_cache(maxsize=8)(words_of_html)  # several terms ask for those of one body
_NO_SOURCE: Final = EntrySource()


def _body(entry: Told) -> str:
    return _words_of(entry.content or entry.summary)


def _all(entry: Told) -> tuple[str, ...]:
    words = (entry.title, _words_of(entry.summary), _words_of(entry.content))
    return (*words, *_tags(entry), *(person.name for person in entry.authors))


def _authors(entry: Told) -> tuple[str, ...]:
    each = ((person.name, person.email, person.url) for person in entry.authors)
    return tuple(part for parts in each for part in parts if part)


def _tags(entry: Told) -> tuple[str, ...]:
    return tuple(text for tag in entry.categories for text in (tag.term, tag.label) if text)


def _source(entry: Told) -> tuple[str, ...]:
    source = entry.source or _NO_SOURCE
    return tuple(filter(None, (source.title, source.link, source.feed_url, source.id)))


def _has_picture(entry: Told) -> bool:
    in_body = "<img" in entry.content or "<img" in entry.summary
    return in_body or bool(entry.image) or _has_file(entry, "image/")


def _has_file(entry: Told, kind: str) -> bool:
    return any(file.type.lower().startswith(kind) for file in entry.enclosures)


class Held(msgspec.Struct, frozen=True):
    """What a field is made of, and how: ``details`` are the parts that have no other name."""

    parts: tuple[str, ...]
    texts: Callable[[Told], tuple[str, ...]]


class Shown(msgspec.Struct, frozen=True):
    """A thing that an entry may have: of which parts that follows, and how."""

    parts: tuple[str, ...]
    is_there: Callable[[Told], bool]


_DETAILS: Final = ("details",)
_BODY: Final = ("content", "summary")

TEXTS: Final = {
    "": Held(("title", *_BODY), lambda entry: (entry.title, _body(entry))),
    "title": Held(("title",), lambda entry: (entry.title,)),
    "body": Held(_BODY, lambda entry: (_body(entry),)),
    "summary": Held(("summary",), lambda entry: (_words_of(entry.summary),)),
    "text": Held(("title", *_BODY, "details"), _all),
    "author": Held(_DETAILS, _authors),
    "tag": Held(_DETAILS, _tags),
    "lang": Held(_DETAILS, lambda entry: (entry.language,)),
    "link": Held(("link",), lambda entry: (entry.link,)),
    "host": Held(("link",), lambda entry: (host_of(entry.link),)),
    "source": Held(_DETAILS, _source),
    "id": Held(("id",), lambda entry: (entry.id,)),
}
"""The fields that hold text. ``feed`` is not among them: no part of an entry says it."""

THINGS: Final = {
    "title": Shown(("title",), lambda entry: bool(entry.title)),
    "body": Shown(_BODY, lambda entry: bool(entry.content or entry.summary)),
    "summary": Shown(("summary",), lambda entry: bool(entry.summary)),
    "link": Shown(("link",), lambda entry: bool(entry.link)),
    "author": Shown(_DETAILS, lambda entry: bool(entry.authors)),
    "tag": Shown(_DETAILS, lambda entry: bool(entry.categories)),
    "lang": Shown(_DETAILS, lambda entry: bool(entry.language)),
    "source": Shown(_DETAILS, lambda entry: entry.source is not None),
    "image": Shown((*_BODY, "details"), _has_picture),
    "enclosure": Shown(_DETAILS, lambda entry: bool(entry.enclosures)),
    "audio": Shown(_DETAILS, lambda entry: _has_file(entry, "audio/")),
    "video": Shown(_DETAILS, lambda entry: _has_file(entry, "video/")),
    "comments": Shown(_DETAILS, lambda entry: bool(entry.comments)),
}
"""What ``has:`` asks for, but for ``has:date``, which is no part but the lack of one."""
