"""By what entries can be browsed, beside feeds and days: tags, authors and languages."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from ecliptic.model.parsed import Category, Person

Taxonomy: TypeAlias = Literal["tags", "authors", "languages"]

TAXONOMIES: Final[tuple[Taxonomy, ...]] = ("tags", "authors", "languages")


NEWEST: Final = 60
"""Entries on the first page of a term; of a term that has more, all stand by year."""

OF_PART: Final = 200
"""Entries after which a year of a term goes on with another part."""


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """What the author of an entry, or its feed, says it is filed under."""

    feed_id: int
    categories: tuple[Category, ...]
    authors: tuple[Person, ...]
    language: str


class TermName(msgspec.Struct, frozen=True, kw_only=True):
    """A tag, author or language. Spellings that have one ``key`` are one term."""

    taxonomy: Taxonomy
    key: str
    name: str


class TermPart(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a year of a term, counted from 1, the oldest: at most ``OF_PART`` entries.

    ``edition`` moves whenever its page may look different, and ``changed_at`` is when the
    planet had changed last by then.
    """

    year: int
    part: int
    entries: int
    edition: int
    changed_at: datetime | None


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term that has entries which pages may show.

    ``row`` is its number in the store. The ``edition`` moves whenever one of its pages may look
    different, and ``changed_at`` is when the planet had changed last by then. One of more than
    ``NEWEST`` entries has ``parts``, the newest first.
    """

    row: int
    name: TermName
    entries: int
    edition: int
    changed_at: datetime | None
    parts: tuple[TermPart, ...] = ()
