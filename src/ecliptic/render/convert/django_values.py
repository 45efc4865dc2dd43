"""Values of Django's templates: a variable or a text, and filters behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec

from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Unsayable
from ecliptic.render.convert.django_filters import FILTERS, Filter

_LONGEST: Final = 2_000
_TEXT: Final = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'"
_VALUE: Final = rf"_\((?:{_TEXT})\)|{_TEXT}|[\w.+\-]+"
_START: Final = re.compile(rf"\s*({_VALUE})", re.DOTALL)
_FILTER: Final = re.compile(rf"\s*\|\s*(\w+)(?::({_VALUE}))?", re.DOTALL)
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_ESCAPED: Final = re.compile(r"""\\(["'\\])""")
_CALLED: Final = frozenset({"items", "keys", "values"})
_NAMES: Final = {"True": "true", "False": "false", "None": "none"}
_REWRITE: Final = "write it anew in Jinja"


class Value(msgspec.Struct, frozen=True):
    """An expression of Jinja; ``is_safe`` if it asks for markup, ``is_plain`` if for none.

    ``notes`` say what is not quite as it was, and what to do about it.
    """

    text: str
    is_safe: bool = False
    is_plain: bool = False
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def part(self) -> str:
        """The expression as a part of another."""
        return jinja.part(self.text)


def value(source: str, of_loop: Callable[[list[str]], str]) -> Value:
    """Return a value with its filters; ``of_loop`` gives what ``forloop`` tells.

    Raises ``Unsayable``.
    """
    source = source.strip()
    start = _START.match(source)
    if start is None or len(source) > _LONGEST:
        raise Unsayable(f"{source!r} is no value", "mend it")
    text, at = _operand(start[1], of_loop), start.end()
    is_safe, is_plain, notes = False, False, []
    while match := _FILTER.match(source, at):
        at = match.end()
        name, given = match[1], match[2]
        known = _known(name)
        text = known.write(text, None if given is None else _operand(given, of_loop))
        is_safe = is_safe or name == "safe"
        is_plain = is_plain or name in {"escape", "force_escape"}
        notes += [(f"the filter {name}", known.note)] if known.note else []
    if source[at:].strip():
        raise Unsayable(f"{source!r} is no value", "mend it")
    return Value(text, is_safe, is_plain, tuple(notes))


def _known(name: str) -> Filter:
    if name not in FILTERS:
        raise Unsayable(f"the filter {name} is not known", "write what it does, by hand")
    return FILTERS[name]


def _operand(source: str, of_loop: Callable[[list[str]], str]) -> str:
    """Return a text, a number or a variable."""
    if source.startswith("_("):
        source = source[2:-1]
    if source[0] in "\"'":
        return jinja.string(_ESCAPED.sub(r"\1", source[1:-1]))
    if _NUMBER.fullmatch(source):
        return repr(float(source)) if "." in source else str(int(source))
    if source in _NAMES:
        return _NAMES[source]
    first, *parts = source.split(".")
    if not first.isidentifier() or any(not part or part.startswith("_") for part in parts):
        raise Unsayable(f"{source!r} is no value", "mend it")
    if first == "forloop":
        return of_loop(parts)
    if (first, parts) == ("block", ["super"]):
        return "super()"
    whole = jinja.name(first)
    for part in parts:
        called = part in _CALLED
        whole = f"{whole}.{part}()" if called else jinja.member(whole, part)
    return whole
