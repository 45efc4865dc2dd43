"""A filter as a value: what it asks of an entry, and how it combines with others.

Every node says yes or no to an entry. ``&``, ``|`` and ``~`` make larger ones;
``str()`` gives the expression that ``read`` reads back as the same value.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

import msgspec

from ecliptic.errors import FilterError
from ecliptic.filters import fields, times
from ecliptic.filters.patterns import pattern
from ecliptic.filters.words import checked_text, checked_words
from ecliptic.filters.writing import quoted, quoted_pattern, value, word

Comparison: TypeAlias = Literal[":", "<", "<=", ">", ">="]

_escapes: Final = re.compile(r"\\.", re.DOTALL)


class Filter(msgspec.Struct, frozen=True):
    """What every filter can do; the classes below are the kinds there are."""

    def __and__(self, other: Filter) -> And:
        """Return the filter that takes what both take."""
        return And((*_parts(self, And), *_parts(other, And)))

    def __or__(self, other: Filter) -> Or:
        """Return the filter that takes what either takes."""
        return Or((*_parts(self, Or), *_parts(other, Or)))

    def __invert__(self) -> Filter:
        """Return the filter that takes what this one leaves."""
        return self.part if isinstance(self, Not) else Not(self)

    def __str__(self) -> str:
        """Return the expression, which ``read`` reads back as this filter."""
        raise NotImplementedError

    def _inside(self, *in_brackets: type[Filter]) -> str:
        return f"({self})" if isinstance(self, in_brackets) else str(self)


class And(Filter, frozen=True):
    """Takes what all its parts take; there are two at least."""

    parts: tuple[Filter, ...]

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for fewer than two parts."""
        _need_two(self.parts)

    def __str__(self) -> str:
        """Return the expression."""
        return " and ".join(part._inside(And, Or) for part in self.parts)  # noqa: SLF001 - its own kind


class Or(Filter, frozen=True):
    """Takes what one of its parts takes; there are two at least."""

    parts: tuple[Filter, ...]

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for fewer than two parts."""
        _need_two(self.parts)

    def __str__(self) -> str:
        """Return the expression."""
        return " or ".join(part._inside(Or) for part in self.parts)  # noqa: SLF001 - its own kind


class Not(Filter, frozen=True):
    """Takes what its part leaves."""

    part: Filter

    def __str__(self) -> str:
        """Return the expression."""
        return f"not {self.part._inside(And, Or)}"  # noqa: SLF001 - its own kind


class Words(Filter, frozen=True):
    """The field holds the words (``field:words``), or is the word where it is a name.

    Case does not count, and words are whole ones; ``*`` at an end stands for any
    letters. The field ``""`` is what a word alone is looked for in.
    """

    field: str
    words: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a field that has no words, or for no words."""
        fields.require_text(self.field)
        checked_words(self.words)

    def __str__(self) -> str:
        """Return the expression."""
        return f"{self.field}:{value(self.words)}" if self.field else word(self.words)


class Exactly(Filter, frozen=True):
    """The field is this text and nothing else (``field:="text"``)."""

    field: str
    text: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a field that holds no text."""
        fields.require_text(self.field, named=True)
        checked_text(self.text)

    def __str__(self) -> str:
        """Return the expression."""
        return f"{self.field}:={quoted(self.text)}"


class Matches(Filter, frozen=True):
    """A regular expression is found in the field (``field:~"…"``); see ``patterns``."""

    field: str
    pattern: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a field that holds no text, or a pattern we do not run."""
        fields.require_text(self.field, named=True)
        # A quote needs no backslash, and two spellings would be two filters.
        plain = _escapes.sub(lambda found: found[0].replace('\\"', '"'), self.pattern)
        msgspec.structs.force_setattr(self, "pattern", plain)
        pattern(plain)

    def __str__(self) -> str:
        """Return the expression."""
        return f"{self.field}:~{quoted_pattern(self.pattern)}"


class When(Filter, frozen=True):
    """The time in the field stands so to a year, month, day or minute (``date>=2024-01``)."""

    field: str
    comparison: Comparison
    time: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a field that is no time, or a time that is none."""
        fields.require_time(self.field)
        msgspec.structs.force_setattr(self, "time", self.time.upper())
        times.period(self.time)

    def __str__(self) -> str:
        """Return the expression."""
        return f"{self.field}{self.comparison}{value(self.time)}"


class Age(Filter, frozen=True):
    """The entry's date lies so far back (``age<30d``); what it takes changes with time."""

    comparison: Comparison
    span: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a span that is none."""
        if self.comparison == ":":
            raise FilterError("filters.bad_operator", "age is compared by < or >: age<30d")
        msgspec.structs.force_setattr(self, "span", self.span.lower())
        times.span(self.span)

    def __str__(self) -> str:
        """Return the expression."""
        return f"age{self.comparison}{self.span}"


class Has(Filter, frozen=True):
    """The entry has something (``has:image``)."""

    what: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a thing that no entry has."""
        fields.require_known(self.what, fields.THINGS, "has")

    def __str__(self) -> str:
        """Return the expression."""
        return f"has:{self.what}"


class Is(Filter, frozen=True):
    """The entry is hidden or shown at present (``is:hidden``)."""

    state: str

    def __post_init__(self) -> None:
        """Raise ``FilterError`` for a state that no entry is in."""
        fields.require_known(self.state, fields.STATES, "is")

    def __str__(self) -> str:
        """Return the expression."""
        return f"is:{self.state}"


def _parts(one: Filter, kind: type[And | Or]) -> tuple[Filter, ...]:
    return one.parts if isinstance(one, kind) else (one,)


def _need_two(parts: tuple[Filter, ...]) -> None:
    if len(parts) < 2:  # noqa: PLR2004 - one part alone is the filter itself
        raise FilterError("filters.too_few", "and, or need two filters at least")


def parts_of(one: Filter) -> tuple[Filter, ...]:
    """Return the filters that a filter is made of; none for one that asks something itself."""
    if isinstance(one, And | Or):
        return one.parts
    return (one.part,) if isinstance(one, Not) else ()


def follows_state(one: Filter) -> str:
    """Return the first part that changes without the entry being changed, or nothing.

    What is judged once, when an entry comes, cannot ask for it.
    """
    if isinstance(one, Age | Is):
        return str(one)
    return next((found for part in parts_of(one) if (found := follows_state(part))), "")


def asks_feed(one: Filter) -> bool:
    """Whether what a feed is called can change what the filter takes."""
    if isinstance(one, Words | Exactly | Matches) and one.field in {"feed", "lang"}:
        return True
    return any(map(asks_feed, parts_of(one)))
