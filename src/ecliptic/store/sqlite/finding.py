"""Filters as conditions of SQL.

What the columns of a row can say is said in SQL, so that an index can serve it: feeds,
dates, whether an entry is hidden. What needs the text of an entry is asked of
``filters`` itself, row by row, through a function of the connection. So SQL and Python
cannot differ in what a word is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from ecliptic.filters import (
    TEXTS,
    THINGS,
    Age,
    And,
    EntryParts,
    Exactly,
    FeedFacts,
    Filter,
    Has,
    Is,
    Matches,
    Not,
    Or,
    TextFilter,
    When,
    Words,
    facts_of,
    period,
    read,
    span,
    takes,
    takes_feed,
)
from ecliptic.model.feed import FeedState
from ecliptic.store.sqlite import rows

_COLUMNS: Final = {
    "title": "entry.title",
    "link": "entry.link",
    "id": "entry.author_id",
    "summary": "entry_text.summary",
    "content": "entry_text.content",
    "details": "entry_text.details",
}
_TIMES: Final = {
    "date": "entry.shown_at",
    "seen": "entry.first_seen_at",
    "published": "entry.published",
    "updated": "entry.updated",
}
_IN_SQL: Final = {
    "title": "entry.title != ''",
    "link": "entry.link != ''",
    "summary": "entry_text.summary != ''",
    "body": "(entry_text.summary != '' OR entry_text.content != '')",
    "date": "(entry.published IS NOT NULL OR entry.updated IS NOT NULL)",
}
_OLDER: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Condition(msgspec.Struct, frozen=True):
    """A condition of SQL, and the values of its question marks. It is never NULL."""

    sql: str
    values: tuple[object, ...] = ()


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the function that conditions call."""
    connection.create_function("filter_takes", -1, _takes, deterministic=True)


def condition(expression: str, feeds: Iterable[FeedState], now: datetime) -> Condition:
    """Return a filter as a condition on rows of ``entry`` and ``entry_text``."""
    facts = {feed.id: facts_of(feed) for feed in feeds}
    asked = _Writer(facts, now).condition(read(expression))
    return Condition(f"({asked.sql})", asked.values)


def of_feeds(feed_ids: Sequence[int]) -> Condition:
    """Return the condition that an entry is of one of these feeds."""
    # An empty list would be a constant, for which no index that is named can be used.
    return Condition(f"entry.feed_id IN ({', '.join(map(str, feed_ids or (-1,)))})")


class _Writer:
    def __init__(self, feeds: Mapping[int, FeedFacts], now: datetime) -> None:
        self._feeds = feeds
        self._now = now

    def condition(self, one: Filter) -> Condition:
        match one:
            case And():
                return self._joined(" AND ", one.parts)
            case Or():
                return self._joined(" OR ", one.parts)
            case Not():
                inner = self.condition(one.part)
                return Condition(f"NOT ({inner.sql})", inner.values)
            case Words() | Exactly() | Matches():
                return self._text(one)
            case When() | Age():
                return self._time(one)
            case _:
                return _state(one)

    def _joined(self, word: str, parts: Iterable[Filter]) -> Condition:
        each = [self.condition(part) for part in parts]
        sql = word.join(f"({part.sql})" for part in each)
        return Condition(sql, tuple(value for part in each for value in part.values))

    def _text(self, one: TextFilter) -> Condition:
        if one.field == "feed":
            return self._of_feeds(lambda facts: takes_feed(one, facts))
        asked = _asked(one, TEXTS[one.field].parts)
        if one.field == "lang":
            by_feed = self._of_feeds(lambda facts: takes(one, (facts.language,)))
            return Condition(f"coalesce({asked.sql}, {by_feed.sql})", asked.values)
        return asked

    def _of_feeds(self, is_taken: Callable[[FeedFacts], bool]) -> Condition:
        return of_feeds([feed_id for feed_id, facts in self._feeds.items() if is_taken(facts)])

    def _time(self, one: When | Age) -> Condition:
        if isinstance(one, Age):
            bound = rows.to_ticks(self._now - span(one.span))
            return Condition(f"entry.shown_at {_OLDER[one.comparison]} ?", (bound,))
        column = _TIMES[one.field]
        start, end = map(rows.to_ticks, period(one.time))
        sql, values = {
            ":": (f"{column} >= ? AND {column} < ?", (start, end)),
            "<": (f"{column} < ?", (start,)),
            "<=": (f"{column} < ?", (end,)),
            ">": (f"{column} >= ?", (end,)),
            ">=": (f"{column} >= ?", (start,)),
        }[one.comparison]
        return Condition(f"{column} IS NOT NULL AND {sql}", values)


def _state(one: Filter) -> Condition:
    match one:
        case Is():
            return Condition(f"entry.hidden IS {'NOT ' if one.state == 'hidden' else ''}NULL")
        case Has():
            if one.what in _IN_SQL:
                return Condition(_IN_SQL[one.what])
            return _asked(one, THINGS[one.what].parts)
        case _:
            raise TypeError(f"no filter that can be asked: {one!r}")


def _asked(one: TextFilter | Has, parts: Sequence[str]) -> Condition:
    columns = ", ".join(_COLUMNS[part] for part in parts)
    return Condition(f"filter_takes(?, {columns})", (str(one),))


def _takes(expression: str, *columns: str) -> bool | None:
    """Say what a filter of one term says of a row; its columns are those its field is made of."""
    one = read(expression)
    if isinstance(one, Has):
        thing = THINGS[one.what]
        return thing.is_there(_parts(thing.parts, columns))
    if isinstance(one, Words | Exactly | Matches):
        held = TEXTS[one.field]
        found = held.texts(_parts(held.parts, columns))
        return None if found == ("",) and one.field == "lang" else takes(one, found)
    raise TypeError(expression)


def _parts(names: Sequence[str], columns: Sequence[str]) -> EntryParts:
    given: dict[str, Any] = dict(zip(names, columns, strict=True))
    details = given.pop("details", None)
    if details is None:
        return EntryParts(**given)
    told = rows.details(details)
    return EntryParts(
        title=given.get("title", ""),
        summary=given.get("summary", ""),
        content=given.get("content", ""),
        language=told.language,
        image=told.image,
        comments=told.comments,
        authors=told.authors,
        categories=told.categories,
        enclosures=told.enclosures,
        source=told.source,
    )
