"""The directives of an element in a template of Genshi."""

from __future__ import annotations

from typing import Final

from ecliptic.render.convert.genshi_tree import Element

_ARGUMENT: Final = {
    "for": "each", "if": "test", "choose": "test", "when": "test", "with": "vars",
    "def": "function", "match": "path", "replace": "value",
}  # fmt: skip

KNOWN: Final = frozenset(_ARGUMENT) | {"otherwise", "content", "attrs", "strip"}
"""All that there are."""


def directives_of(element: Element) -> dict[str, str]:
    """Return the directives of an element, with the one that it is itself."""
    kind = element.own.removeprefix("py:")
    if kind == element.own or not kind:
        return element.directives
    values = dict(element.attributes)
    return {**element.directives, kind: values.get(_ARGUMENT.get(kind, ""), "")}
