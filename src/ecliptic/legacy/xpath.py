"""The XPath that people gave to Venus' sifter, as filters: what can be said of one entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Final

from ecliptic.errors import FilterError
from ecliptic.filters import Exactly, Filter, Has, Matches

_STEP: Final = re.compile(
    r"(?://|(?:/?atom:entry)?/)?"
    r"atom:(category|title|summary|content|author/atom:name|link|rights|id)"
    r"(?:/@(term|label))?(?:\[(.+)\])?",
    re.DOTALL,
)
_NOT: Final = re.compile(r"not\((.+)\)", re.DOTALL)
_TEXT: Final = r"""(?:"([^"]*)"|'([^']*)')"""
_WHAT: Final = r"(?:@term|@label|@href|\.|text\(\)|normalize-space\(\.?\))"
_EQUALS: Final = re.compile(rf"{_WHAT}\s*=\s*{_TEXT}")
_CONTAINS: Final = re.compile(rf"contains\(\s*{_WHAT}\s*,\s*{_TEXT}\s*\)")
_FIELDS: Final = {
    "category": "tag",
    "title": "title",
    "summary": "summary",
    "content": "body",
    "author/atom:name": "author",
    "link": "link",
    "id": "id",
}


def filter_of(xpath: str) -> Filter | None:
    """Return the filter that takes the entries for which an expression finds something.

    ``None`` stands for an expression that we do not know.

    >>> str(filter_of("//atom:category[@term='planet' or contains(@term,'moon')]"))
    'tag:="planet" or tag:~"(?-i:moon)"'
    """
    try:
        return _combined(xpath.strip(), _path)
    except (FilterError, RecursionError):  # longer or deeper than a filter may be
        return None


def _combined(text: str, read: Callable[[str], Filter | None]) -> Filter | None:
    """Read ``… or …``, ``… and …`` and ``not(…)`` around what ``read`` reads."""
    for word in ("or", "and"):
        parts = _split(text, word)
        if len(parts) > 1:
            return _joined(word, [_combined(part, read) for part in parts])
    negated = _NOT.fullmatch(text)
    if negated:
        inner = _combined(negated[1].strip(), read)
        return None if inner is None else ~inner
    return read(text)


def _joined(word: str, parts: list[Filter | None]) -> Filter | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return reduce(or_ if word == "or" else and_, known)


def _split(text: str, word: str) -> list[str]:
    """Split at a word that stands outside quotes and brackets."""
    parts, start, depth, quote = [], 0, 0, ""
    for place, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif not depth and place >= start and text.startswith(f" {word} ", place):
            parts.append(text[start:place].strip())
            start = place + len(word) + 2
    return [*parts, text[start:].strip()]


def _path(text: str) -> Filter | None:
    step = _STEP.fullmatch(text)
    field = _FIELDS.get(step[1]) if step else None
    if step is None or field is None:
        return None
    if step[3] is None:
        return Has({"content": "body"}.get(step[1], field)) if field != "id" else None
    return _combined(step[3].strip(), lambda condition: _condition(field, condition))


def _condition(field: str, text: str) -> Filter | None:
    equals, contains = _EQUALS.fullmatch(text), _CONTAINS.fullmatch(text)
    if equals:
        return Exactly(field, equals[1] or equals[2] or "")
    if contains:
        wanted = contains[1] or contains[2]
        return Matches(field, f"(?-i:{re.escape(wanted)})") if wanted else None
    return None
