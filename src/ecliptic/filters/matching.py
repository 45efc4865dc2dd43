"""Whether an entry is what a filter asks for.

``store.sqlite`` asks the same of rows. It shares ``takes`` and ``parts`` with this
module, so that the two cannot differ in what a field is or how it is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeAlias, assert_never

import msgspec

from ecliptic.filters import fields
from ecliptic.filters.feeds import is_called, is_in_domain
from ecliptic.filters.feeds import texts as texts_of_feed
from ecliptic.filters.nodes import (
    Age,
    And,
    Comparison,
    Exactly,
    Filter,
    Has,
    Is,
    Matches,
    Not,
    Or,
    When,
    Words,
)
from ecliptic.filters.parts import TEXTS, THINGS
from ecliptic.filters.patterns import pattern
from ecliptic.filters.times import period, span
from ecliptic.filters.words import fold, name_pattern, words_pattern
from ecliptic.model.entry import Entry
from ecliptic.model.naming import FeedFacts

TextFilter: TypeAlias = Words | Exactly | Matches


def matches(one: Filter, entry: Entry, feed: FeedFacts, *, now: datetime) -> bool:
    """Return whether a filter takes an entry of a feed; ``now`` is for ``age`` alone."""
    return _Asked(entry, feed, now).is_taken(one)


class _Asked(msgspec.Struct, frozen=True):
    """An entry that is asked about."""

    entry: Entry
    feed: FeedFacts
    now: datetime

    def is_taken(self, one: Filter) -> bool:
        match one:
            case And():
                return all(map(self.is_taken, one.parts))
            case Or():
                return any(map(self.is_taken, one.parts))
            case Not():
                return not self.is_taken(one.part)
            case Words() | Exactly() | Matches():
                return self._has_text(one)
            case When() | Age():
                return self._is_then(one)
            case _:
                return self._has(one)

    def _has_text(self, one: TextFilter) -> bool:
        if one.field == "feed":
            return takes_feed(one, self.feed)
        if one.field == "lang":
            return takes(one, (self.entry.language or self.feed.language,))
        return takes(one, TEXTS[one.field].texts(self.entry))

    def _is_then(self, one: When | Age) -> bool:
        if isinstance(one, Age):
            return _is_old(self.now - self.entry.shown_at, one.comparison, span(one.span))
        time = _time_of(one.field, self.entry)
        return time is not None and _is_within(time, one.comparison, *period(one.time))

    def _has(self, one: Filter) -> bool:
        entry = self.entry
        match one:
            case Is():
                return (entry.hidden is not None) == (one.state == "hidden")
            case Has(what="date"):
                return entry.published is not None or entry.updated is not None
            case Has():
                return THINGS[one.what].is_there(entry)
            case _:
                raise TypeError(f"no filter that can be asked: {one!r}")


def takes_feed(one: TextFilter, feed: FeedFacts) -> bool:
    """Return whether a filter of the field ``feed`` takes all entries of a feed."""
    if isinstance(one, Words):
        return is_called(feed, one.words)
    return takes(one, texts_of_feed(feed))


def takes(one: TextFilter, found: Iterable[str]) -> bool:
    """Return whether one of the texts that a field holds is what the filter asks for."""
    match one:
        case Exactly():
            return any(text == one.text for text in found)
        case Matches():
            return any(map(pattern(one.pattern).search, found))
        case Words():
            return _takes_words(one, found)
        case _:
            assert_never(one)


def _takes_words(one: Words, found: Iterable[str]) -> bool:
    match fields.TEXTS[one.field].manner if one.field else "words":
        case "words":
            search = words_pattern(one.words).search
            return any(search(_folded(text)) for text in found)
        case "name":
            is_name = name_pattern(one.words).fullmatch
            return any(is_name(fold(text)) for text in found)
        case "language":
            wanted = _language(one.words)
            return any(_is_language(_language(text), wanted) for text in found)
        case _:
            return any(is_in_domain(host, one.words) for host in found)


_folded = lru_cache(maxsize=8)(fold)  # as in `parts`


def _language(tag: str) -> str:
    return tag.lower().replace("_", "-")


def _is_language(tag: str, wanted: str) -> bool:
    """Return whether a tag is the one wanted or narrower (RFC 4647, 3.3.1)."""
    return tag == wanted or tag.startswith(f"{wanted}-")


def _time_of(field: str, entry: Entry) -> datetime | None:
    match field:
        case "date":
            return entry.shown_at
        case "seen":
            return entry.first_seen_at
        case "published":
            return entry.published
        case _:
            return entry.updated


def _is_within(time: datetime, comparison: Comparison, start: datetime, end: datetime) -> bool:
    match comparison:
        case ":":
            return start <= time < end
        case "<":
            return time < start
        case "<=":
            return time < end
        case ">":
            return time >= end
        case ">=":
            return time >= start
        case _:
            assert_never(comparison)


def _is_old(age: timedelta, comparison: Comparison, wanted: timedelta) -> bool:
    match comparison:
        case "<":
            return age < wanted
        case "<=":
            return age <= wanted
        case ">":
            return age > wanted
        case _:
            return age >= wanted
