"""XHTML as a module: the body of an entry, and what robots are asked for a feed."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import markup, values
from ecliptic.parse.validate.rules import Check, Fault, Module, Note, module, rule

_ROBOTS: Final = frozenset({
    "all", "none", "index", "noindex", "follow", "nofollow", "noarchive", "nosnippet",
})  # fmt: skip
_OPPOSITES: Final = (("index", "noindex"), ("follow", "nofollow"))


def _body(element: Element, note: Note) -> None:
    markup.xhtml(element, note, is_relative_right=False)


def _robots(value: str) -> Fault | None:
    asked = {word.strip().lower() for word in value.split(",")}
    if not asked <= _ROBOTS or any(asked.issuperset(pair) for pair in _OPPOSITES):
        return Fault("check.bad_value", "index or noindex, follow or nofollow")
    return None


_CONTENT: Final[Check] = _robots

XHTML: Final[dict[str, Module]] = {
    "xhtml:body": module("entry", "?", rule("", _body, place="any")),
    "xhtml:div": module("entry", "?", rule("", _body, place="any")),
    "xhtml:meta": module("feed", "*", rule(place="any", attributes={
        "name!": values.one_of(("robots",)), "content!": _CONTENT,
    })),
}  # fmt: skip
