"""Functions of Python that templates call, and what Jinja has for them."""

from __future__ import annotations

from typing import Final

import msgspec

METHODS: Final = frozenset({
    "capitalize", "count", "endswith", "find", "get", "items", "join", "keys", "lower", "lstrip",
    "replace", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper", "values",
})  # fmt: skip
"""Methods that only tell; Jinja calls them as Python does."""


class Function(msgspec.Struct, frozen=True):
    """A function of Python: ``word`` is Jinja's, ``form`` how it is said there."""

    word: str
    form: str = "filter"
    least: int = 1
    most: int = 1

    def takes(self, count: int) -> bool:
        """Whether it is called with as many values."""
        return self.least <= count <= self.most

    def write(self, given: list[str]) -> str:
        """Return the call."""
        if self.form == "filter":
            return as_filter(self.word, *given)
        if self.form == "test":
            return f"{given[1]} {self.word} {given[0]}"
        if self.form == "method":
            return f"{given[0]}.{self.word}({', '.join(given[1:])})"
        return f"{self.word}({', '.join(given)})"


FUNCTIONS: Final = {
    **{name: Function(name) for name in ("int", "float", "abs", "sum", "min", "max", "list")},
    "len": Function("length"),
    "str": Function("string"),
    "unicode": Function("string"),
    "sorted": Function("sort(case_sensitive=true)"),
    "reversed": Function("reverse"),
    "round": Function("round", most=2),
    **{name: Function("safe") for name in ("Markup", "HTML", "XML")},
    "escape": Function("string"),
    "hasattr": Function("in", "test", least=2, most=2),
    "getattr": Function("get", "method", least=2, most=3),
    "enumerate": Function("enumerate", "call"),
    "zip": Function("zip", "call", most=4),
    "range": Function("range", "call", most=3),
    "xrange": Function("range", "call", most=3),
}
"""By their names in Python, and in Genshi's own templates."""


def as_filter(word: str, value: str, *given: str) -> str:
    """Return a filter's expression."""
    return f"{value} | {word}({', '.join(given)})" if given else f"{value} | {word}"
