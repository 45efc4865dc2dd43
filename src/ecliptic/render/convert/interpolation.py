"""Genshi's ``$name`` and ``${expression}`` in text and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

_STARTS: Final = re.compile(r"\$(?:(\$)|(\{)|([A-Za-z_][\w.]*))", re.ASCII)
_INSIDE: Final = re.compile(r"""[{}]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""", re.DOTALL)


class Piece(msgspec.Struct, frozen=True):
    """Text as it is, or an expression; ``lines`` are those before it."""

    text: str
    is_expression: bool = False
    lines: int = 0


def pieces(text: str) -> Iterator[Piece]:
    """Yield text and expressions in their order; what is not closed is text."""
    at = 0
    plain: list[str] = []
    while match := _STARTS.search(text, at):
        plain.append(text[at : match.start()])
        at, found = _read(text, match)
        if found is None:
            plain.append("$" if match[1] else text[match.start() : at])
            continue
        if any(plain):
            yield Piece("".join(plain))
        plain = []
        yield Piece(found, is_expression=True, lines=text.count("\n", 0, match.start()))
    rest = "".join([*plain, text[at:]])
    if rest:
        yield Piece(rest)


def _read(text: str, match: re.Match[str]) -> tuple[int, str | None]:
    """Return where to go on, and the expression that begins at a match, if there is one."""
    if match[3]:
        name = match[3].rstrip(".")
        return match.start() + 1 + len(name), name
    if match[2]:
        end = _closing(text, match.end())
        if end >= 0:
            return end + 1, text[match.end() : end]
    return match.end(), None


def _closing(text: str, at: int) -> int:
    """Return where the brace before ``at`` is closed, or -1."""
    depth = 1
    for match in _INSIDE.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.start()
    return -1
