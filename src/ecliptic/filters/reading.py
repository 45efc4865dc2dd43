"""From an expression to a filter.

expression  = conjunction { "or" conjunction }
conjunction = negation { [ "and" ] negation }
negation    = ( "not" | "-" ) negation | "(" expression ")" | term
term        = [ field ":" [ "=" | "~" ] | field comparison ] value
value       = word | '"' text '"'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

import msgspec

from ecliptic.errors import FilterError
from ecliptic.filters import fields
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

LONGEST: Final = 20_000
"""Characters of an expression."""

MOST_TERMS: Final = 400
"""Terms of an expression."""

DEEPEST: Final = 40
"""Brackets and ``not`` inside each other."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<end>\Z)
    | (?P<mark>[()]|-(?=[^\s)]))
    | (?:(?P<field>[A-Za-z_]+)(?P<operator>:[=~]?|[<>]=?|=))?
      (?:"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<open>")|(?P<bare>[^\s()"]+))?
    )""",
    re.VERBOSE | re.DOTALL,
)
_escape: Final = re.compile(r"\\(.)", re.DOTALL)
_WORDS: Final = frozenset({"and", "or", "not"})

_Kind: TypeAlias = Literal["(", ")", "and", "or", "not", "term", "end"]


class _Token(msgspec.Struct, frozen=True):
    kind: _Kind
    column: int
    field: str = ""
    operator: str = ""
    value: str = ""
    is_quoted: bool = False


@lru_cache(maxsize=256)
def read(expression: str) -> Filter:
    r"""Return the filter that an expression means.

    Raises ``FilterError``, with the column, for what is none.

    >>> str(read('title:~"\\bjobs?\\b" OR -lang:en'))
    'title:~"\\bjobs?\\b" or not lang:en'
    """
    if len(expression) > LONGEST:
        raise _error(1, "filters.too_long", f"a filter has at most {LONGEST:,} characters")
    return _Reader(list(_tokens(expression))).read()


def _error(column: int, code: str, message: str) -> FilterError:
    return FilterError(code, f"column {column}: {message}", column=column)


def _tokens(text: str) -> Iterator[_Token]:
    place, terms = 0, 0
    while True:
        found = _TOKEN.match(text, place)
        if found is None:  # pragma: no cover - the last choice takes anything
            raise _error(place + 1, "filters.syntax", "this cannot be read")
        start, place = found.end() - len(found.group().lstrip()), found.end()
        if found["open"]:
            raise _error(found.start("open") + 1, "filters.syntax", 'this quote (") is not closed')
        token = _token(found, start + 1)
        yield token
        if token.kind == "end":
            return
        terms += token.kind == "term"
        if terms > MOST_TERMS:
            raise _error(start + 1, "filters.too_long", f"a filter has at most {MOST_TERMS} terms")
        _require_gap(text, place, token)


def _require_gap(text: str, place: int, token: _Token) -> None:
    """Refuse ``a"b"``, which would look like one value and be two."""
    following = text[place : place + 1]
    if token.kind != "term" or not following or following.isspace():
        return
    if following == '"' or (token.is_quoted and following not in "()"):
        raise _error(place + 1, "filters.syntax", "a space is missing here")


def _token(found: re.Match[str], column: int) -> _Token:
    if found["end"] is not None:
        return _Token("end", column)
    if found["mark"]:
        return _Token("not" if found["mark"] == "-" else cast("_Kind", found["mark"]), column)
    bare, operator = found["bare"], found["operator"] or ""
    if not operator and bare is not None:
        if bare.lower() in _WORDS:
            return _Token(cast("_Kind", bare.lower()), column)
        if bare[0] in "<>=:":
            message = f"{bare!r} must stand directly between a field and its value: date>=2024-05"
            raise _error(column, "filters.syntax", message)
    quoted = found["quoted"]
    if bare is None and quoted is None:
        raise _error(column, "filters.syntax", f"no value follows {found['field']}{operator}")
    return _Token(
        "term",
        column,
        field=(found["field"] or "").lower(),
        operator=operator,
        value=bare if quoted is None else _unquoted(quoted, is_pattern=operator == ":~"),
        is_quoted=quoted is not None,
    )


def _unquoted(text: str, *, is_pattern: bool) -> str:
    r"""Return what stands in quotes: ``\"`` is a quote, and ``\\`` in texts a backslash."""
    return _escape.sub(lambda found: _escaped(found[1], is_pattern=is_pattern), text)


def _escaped(char: str, *, is_pattern: bool) -> str:
    if char == '"' or (char == "\\" and not is_pattern):
        return char
    return f"\\{char}"


class _Reader:
    """Walks the tokens; each method reads one rule of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def read(self) -> Filter:
        one = self._expression()
        token = self._tokens[self._place]
        if token.kind == ")":
            raise _error(token.column, "filters.syntax", "this bracket closes nothing")
        return one

    def _take(self, kind: _Kind) -> bool:
        taken = self._tokens[self._place].kind == kind
        self._place += taken
        return taken

    def _expression(self) -> Filter:
        parts = [self._conjunction()]
        while self._take("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _conjunction(self) -> Filter:
        parts = [self._negation()]
        while self._take("and") or self._tokens[self._place].kind in {"term", "not", "("}:
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negation(self) -> Filter:
        token = self._tokens[self._place]
        self._place += token.kind != "end"
        match token.kind:
            case "not":
                with self._deeper(token):
                    return Not(self._negation())
            case "(":
                with self._deeper(token):
                    return self._bracket(token)
            case "term":
                return _term(token)
            case "end":
                message = "here the filter ends, and something must follow"
                if len(self._tokens) == 1:
                    message = "the filter is empty"
                raise _error(token.column, "filters.syntax", message)
            case _:
                message = (
                    f"{token.kind!r} cannot stand here; to look for the word, put it in quotes"
                )
                raise _error(token.column, "filters.syntax", message)

    @contextmanager
    def _deeper(self, token: _Token) -> Iterator[None]:
        self._depth += 1
        if self._depth > DEEPEST:
            message = f"brackets and not are nested more than {DEEPEST} times"
            raise _error(token.column, "filters.too_deep", message)
        yield
        self._depth -= 1

    def _bracket(self, opening: _Token) -> Filter:
        inner = self._expression()
        if not self._take(")"):
            raise _error(opening.column, "filters.syntax", "this bracket is not closed")
        return inner


def _term(token: _Token) -> Filter:
    try:
        return _asked(fields.ALIASES.get(token.field, token.field), token.operator, token.value)
    except FilterError as error:
        column = token.column
        if error.code == "filters.bad_pattern":
            column += len(token.field) + len(token.operator) + token.is_quoted + error.column - 1
        message = error.message
        if error.code == "filters.unknown_field":
            message += "; a text with such a sign in it stands in quotes"
        raise _error(column, error.code, message) from error


def _asked(field: str, operator: str, value: str) -> Filter:
    if not field:
        return Words("", value)
    if field == fields.AGE:
        return Age(_comparison(operator), value)
    if field in fields.TIMES:
        return _when(field, operator, value)
    if field in fields.TEXTS and operator in _TEXT_FILTERS:
        return _TEXT_FILTERS[operator](field, value)
    if field in _WORD_FILTERS and operator == ":":
        return _WORD_FILTERS[field](value.lower())
    if field not in fields.NAMES:
        raise fields.unknown(field)
    allowed = ":" if field in _WORD_FILTERS else ": or := or :~"
    raise FilterError(
        "filters.bad_operator", f"{field} does not know {operator}; allowed: {allowed}"
    )


_TEXT_FILTERS: Final[dict[str, type[Words | Exactly | Matches]]] = {
    ":": Words,
    ":=": Exactly,
    ":~": Matches,
}
_WORD_FILTERS: Final[dict[str, type[Has | Is]]] = {"has": Has, "is": Is}


def _when(field: str, operator: str, value: str) -> Filter:
    if operator not in {":", "=", ":=", "<", "<=", ">", ">="}:
        raise FilterError(
            "filters.bad_operator",
            f"{field} does not know {operator}; allowed: : (within), <, <=, > and >=",
        )
    return When(field, _comparison(operator), value)


def _comparison(operator: str) -> Comparison:
    match operator:
        case "<" | "<=" | ">" | ">=":
            return operator
        case _:
            return ":"
