"""Regular expressions, read into a tree: the part of Python's language that has no surprises.

What is left out (backreferences, possessive and atomic parts, flags other than ``i``)
either cannot be found in a time that grows with the text alone, or is better said with
``and`` and ``not``.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from ecliptic.errors import FilterError
from ecliptic.filters.trees import Char, Choice, Look, Mark, Repeat, Row, Tree

LONGEST: Final = 2_000
"""Characters of a pattern."""

MOST_PLACES: Final = 1_000
"""Characters that a pattern can name when its counted repetitions are written out."""

_DEEPEST: Final = 30

_MARKS: Final = {"^": "^", "$": "$", r"\b": "b", r"\B": "B", r"\A": "A", r"\Z": "Z"}
_TOKEN: Final = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\((?:\?(?:P<[A-Za-z_]\w*>|<=|<!|[=!]|(?:-?i)?:)?)?|[^\\\[(]",
    re.DOTALL,
)
_QUANTIFIER: Final = re.compile(r"(?:[*+?]|\{(\d{0,4}),(\d{0,4})\}|\{(\d{1,4})\})(\??)(\+?)")
_counts = re.compile(r"\{\d*,?\d*\}").match
_REFERENCES: Final = frozenset("0123456789gkN")
_IN_DOUBT: Final = re.compile(r"(?<!\\)(?:\[|--|&&|~~|\|\|)")
_LOOKS: Final = frozenset({"(?=", "(?!", "(?<=", "(?<!"})


def read_pattern(text: str) -> Tree:
    """Return what a pattern means; raises ``FilterError`` with the place of what is not read."""
    if len(text) > LONGEST:
        _refuse(0, f"a pattern has at most {LONGEST:,} characters")
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        _refuse(0, "a pattern has half a character in it")
    tree = _Reader(text).read()
    try:
        re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError) as error:
        _refuse(getattr(error, "pos", 0) or 0, f"this is no regular expression: {error}")
    return tree


def _refuse(place: int, message: str) -> NoReturn:
    raise FilterError("filters.bad_pattern", message, column=place + 1)


class _Reader:
    """Walks a pattern; what it does not read as Python would, it refuses."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._any_case = True
        self._depth = 0

    def read(self) -> Tree:
        if self._text.startswith("(?i)"):  # as it is anyway
            self._place = 4
        tree = self._choice()
        if self._place < len(self._text):
            _refuse(self._place, "this bracket closes nothing")
        return tree

    def _choice(self) -> Tree:
        rows = [self._row()]
        while self._text.startswith("|", self._place):
            self._place += 1
            rows.append(self._row())
        return rows[0] if len(rows) == 1 else Choice(tuple(rows))

    def _row(self) -> Tree:
        parts: list[Tree] = []
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            parts.append(self._repeated(self._part()))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _part(self) -> Tree:
        start = self._place
        found = _TOKEN.match(self._text, start)
        if found is None:
            _refuse(start, "this is not ended")
        piece = found.group()
        self._place = found.end()
        if piece in _MARKS:
            return Mark(_MARKS[piece])
        if piece[0] == "(":
            return self._group(piece, start)
        if piece[0] == "\\" and piece[1] in _REFERENCES:
            _refuse(start, f"{piece} is not read: a pattern cannot refer to a part of itself")
        if piece[0] == "[" and _IN_DOUBT.search(piece, 1):
            _refuse(start, "in these brackets, put a backslash before [ and doubled signs")
        # A brace that no number follows stands for itself.
        return Char(piece if piece != "{" else r"\{", self._any_case)

    def _group(self, opening: str, start: int) -> Tree:
        if opening == "(?":
            _refuse(start, "this kind of group is not read; (?:…) and (?-i:…) are")
        self._depth += 1
        if self._depth > _DEEPEST:
            _refuse(start, f"groups are nested more than {_DEEPEST} times")
        outside = self._any_case
        if opening in {"(?i:", "(?-i:"}:
            self._any_case = opening == "(?i:"
        inner = self._choice()
        if not self._text.startswith(")", self._place):
            _refuse(start, "this group is not closed")
        self._any_case = outside
        self._depth -= 1
        self._place += 1
        return Look(opening, inner) if opening in _LOOKS else inner

    def _repeated(self, part: Tree) -> Tree:
        start = self._place
        found = _QUANTIFIER.match(self._text, start)
        if found is None:
            if _counts(self._text, start):
                _refuse(start, f"a part may come at most {MOST_PLACES:,} times")
            return part
        low, high, exact, _, possessive = found.groups()
        if possessive:
            _refuse(start, f"{found.group()} is not read; leave out its last +")
        self._place = found.end()
        if max(int(low or 0), int(high or 0), int(exact or 0)) > MOST_PLACES:
            _refuse(start, f"a part may come at most {MOST_PLACES:,} times")
        if exact is not None:
            return Repeat(part, int(exact), int(exact))
        if low is not None:
            return Repeat(part, int(low or 0), int(high) if high else None)
        sign = found.group()[0]
        return Repeat(part, int(sign == "+"), 1 if sign == "?" else None)
