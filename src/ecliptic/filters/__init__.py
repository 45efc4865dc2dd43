"""The language of filters: text → filter → text, and what a filter says of an entry.

One language for settings, commands, pages and search; in Python the same filters
combine with ``&``, ``|`` and ``~``:

>>> from ecliptic.filters import Has, read
>>> print(read('title:python') & ~read('tag:jobs or tag:ads') | Has("image"))
title:python and not (tag:jobs or tag:ads) or has:image

It is written down in ``docs/reference/filters.md``. ``store.sqlite`` asks the same
of rows, in SQL.
"""

from ecliptic.filters.matching import TextFilter, matches, takes, takes_feed
from ecliptic.filters.nodes import (
    Age,
    And,
    Exactly,
    Filter,
    Has,
    Is,
    Matches,
    Not,
    Or,
    When,
    Words,
    asks_feed,
    follows_state,
)
from ecliptic.filters.parts import TEXTS, THINGS, EntryParts
from ecliptic.filters.reading import read
from ecliptic.filters.times import period, span
from ecliptic.model.naming import FeedFacts, facts_of

__all__ = [
    "TEXTS",
    "THINGS",
    "Age",
    "And",
    "EntryParts",
    "Exactly",
    "FeedFacts",
    "Filter",
    "Has",
    "Is",
    "Matches",
    "Not",
    "Or",
    "TextFilter",
    "When",
    "Words",
    "asks_feed",
    "facts_of",
    "follows_state",
    "matches",
    "period",
    "read",
    "span",
    "takes",
    "takes_feed",
]
