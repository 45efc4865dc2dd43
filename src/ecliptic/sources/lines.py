"""On which lines of a TOML document each table and key stands.

``tomllib`` gives values without places. This scanner is only ever run on text
that ``tomllib`` has accepted, so it need not know what is valid: it must only
find where a value ends (TOML 1.0, "Key/Value Pair", "String", "Array").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import msgspec

Path: TypeAlias = tuple[str | int, ...]
"""Where a value is: ``("planet", "name")``, ``("feed", 2, "url")``."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A table header or a key with its value: its path, first line and last line."""

    kind: Literal["table", "value"]
    path: Path
    first: int
    last: int


_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_KEY})[ \t]*\]\]?")
_EQUALS = re.compile(rf"({_KEY})[ \t]*=")
_SIMPLE = re.compile(
    rf"""({_KEY})[ \t]*=[ \t]*(?:"[^"\\\n]*"|[A-Za-z0-9_.+-]+)[ \t]*(?:\#[^\n]*)?(?=\r?\n|\Z)"""
)
_PIECE = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""(?:"{0,2})'''
    r"""|'''.*?'''(?:'{0,2})"""
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]|[^\[\]{}"'\#\n]+""",
    re.DOTALL,
)


def statements(text: str) -> Iterator[Statement]:
    """Yield the headers and keys of a valid TOML document, in order."""
    table: Path = ()
    counts: dict[Path, int] = {}
    position, line = 0, 1
    while True:
        blank = _BLANK.match(text, position)
        if blank:
            line += blank.group().count("\n")
            position = blank.end()
        if position >= len(text):
            return
        header = _HEADER.match(text, position)
        if header:
            table = _table_path(header, counts)
            yield Statement(kind="table", path=table, first=line, last=line)
            position = header.end()
            continue
        simple = _SIMPLE.match(text, position)
        if simple:  # most values are a text or a number, and end where their line does
            path = (*table, *_parts(simple.group(1)))
            yield Statement(kind="value", path=path, first=line, last=line)
            position = simple.end()
            continue
        equals = _EQUALS.match(text, position)
        if not equals:  # pragma: no cover - tomllib accepted the text
            return
        end = _value_end(text, equals.end())
        last = line + text.count("\n", position, end)
        yield Statement(
            kind="value", path=(*table, *_parts(equals.group(1))), first=line, last=last
        )
        position, line = end, last


def places(text: str) -> dict[Path, int]:
    """Return the first line of every table and key, and of what holds them."""
    found: dict[Path, int] = {}
    for statement in statements(text):
        path = statement.path
        while path and path not in found:
            found[path] = statement.first
            path = path[:-1]
    return found


def headers(text: str, name: str) -> list[int]:
    """Return the lines on which ``[[name]]`` stands; none where it might be part of a string.

    It is for long lists, most of which are plain; where the number is not what
    it should be, ``places`` knows.
    """
    if '"""' in text or "'''" in text:
        return []
    found: list[int] = []
    line, position = 1, 0
    for header in re.finditer(rf"^[ \t]*\[\[[ \t]*{name}[ \t]*\]\]", text, re.MULTILINE):
        line += text.count("\n", position, header.start())
        position = header.start()
        found.append(line)
    return found


def line_of(places: dict[Path, int], path: Path) -> int:
    """Return the line of a path, or of the nearest thing around it; 0 if there is none."""
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return 0


def _table_path(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """Return the path of a header; elements of an array of tables are counted from 0."""
    names = _parts(header.group(2))
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if header.group(1) == "[[":
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path


def _value_end(text: str, position: int) -> int:
    """Return where a value ends: at a line's end outside all brackets and strings."""
    depth = 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if not piece:  # pragma: no cover - tomllib accepted the text
            return len(text)
        part = piece.group()
        if part == "\n" and depth == 0:
            return position
        if part in "[{":
            depth += 1
        elif part in "]}":
            depth -= 1
        position = piece.end()
    return position


def _parts(key: str) -> tuple[str, ...]:
    if _BARE.fullmatch(key):
        return (key,)
    names: list[str] = []
    table: Any = tomllib.loads(f"{key} = 0")
    while isinstance(table, dict):
        name, table = next(iter(table.items()))
        names.append(name)
    return tuple(names)
