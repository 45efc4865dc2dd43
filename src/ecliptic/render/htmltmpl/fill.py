"""A template and values in, text out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from ecliptic.render.htmltmpl.markup import written
from ecliptic.render.htmltmpl.tree import Choice, Loop, Node, Template, Variable

Value: TypeAlias = "str | int | Sequence[Scope]"
"""A text (``Markup`` if it is markup made safe), a number, or what a loop goes over."""

Scope: TypeAlias = Mapping[str, Value]
"""The values that one level of a template sees, by name."""

_EVERY: Final = re.compile(r"__EVERY__([1-9]\d{0,5})", re.IGNORECASE)


def fill(template: Template, values: Scope) -> str:
    """Return a template with its values in their places; what is not there leaves nothing."""
    parts: list[str] = []
    _write(template.nodes, [values], parts)
    return "".join(parts)


def _write(nodes: Iterable[Node], scopes: list[Scope], parts: list[str]) -> None:
    for node in nodes:
        match node:
            case str():
                parts.append(node)
            case Variable():
                parts.append(_value(node, scopes))
            case Choice():
                is_there = bool(_found(node.name, scopes, is_global=node.is_global))
                _write(node.then if is_there != node.negated else node.otherwise, scopes, parts)
            case Loop():
                _repeat(node, scopes, parts)


def _value(node: Variable, scopes: list[Scope]) -> str:
    value = _found(node.name, scopes, is_global=node.is_global)
    if not isinstance(value, (str, int)):
        return str(len(value))
    if value == "" and node.default is not None:
        value = node.default
    return written(value, node.escape, node.place)


def _repeat(node: Loop, scopes: list[Scope], parts: list[str]) -> None:
    """Write a loop; its lists are of the level it stands in, so that loops do not multiply."""
    items = _found(node.name, scopes, is_global=False)
    if isinstance(items, (str, int)):
        return
    for number, item in enumerate(items, 1):
        _write(node.body, [*scopes, _Passing(item, number, len(items))], parts)


def _found(name: str, scopes: Sequence[Scope], *, is_global: bool) -> Value:
    """Return a value of the innermost level, or with GLOBAL of any around it."""
    for scope in reversed(scopes):
        for spelt in (name, name.lower(), name.capitalize()):
            if spelt in scope:
                return scope[spelt]
        if not is_global:
            break
    return ""


class _Passing(Mapping[str, Value]):
    """An item of a loop, which knows where in the loop it stands."""

    def __init__(self, item: Scope, number: int, total: int) -> None:
        self._item = item
        self._number = number
        self._total = total

    def __getitem__(self, name: str) -> Value:
        if name.startswith("__"):
            return self._context(name.upper())
        return self._item[name]

    def __contains__(self, name: object) -> bool:
        return name in self._item or (isinstance(name, str) and name.startswith("__"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._item)

    def __len__(self) -> int:
        return len(self._item)

    def _context(self, name: str) -> Value:
        first, last = self._number == 1, self._number == self._total
        known: dict[str, Value] = {
            "__PASS__": self._number,
            "__PASSTOTAL__": self._total,
            "__FIRST__": int(first),
            "__LAST__": int(last),
            "__INNER__": int(not first and not last),
            "__ODD__": self._number % 2,
        }
        every = _EVERY.fullmatch(name)
        if every:
            return int(self._number % int(every[1]) == 0)
        return known.get(name, "")
