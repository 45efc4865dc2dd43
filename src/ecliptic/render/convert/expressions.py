"""Expressions of Python, as far as Jinja has the same."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Collection
from typing import Final

from ecliptic.render.convert import jinja
from ecliptic.render.convert.calls import FUNCTIONS, METHODS, as_filter
from ecliptic.render.convert.converted import Unsayable

_LONGEST: Final = 4_000
_DEEPEST: Final = 40
_LARGEST: Final = 2**63
_REWRITE: Final = "write it anew in Jinja"
_COMPARED: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_COUNTED: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
}  # fmt: skip


def parsed(source: str) -> ast.expr:
    """Return the tree of an expression; raises ``Unsayable`` where there is none."""
    if not 0 < len(source.strip()) <= _LONGEST:
        raise Unsayable("an expression that is empty or very long", _REWRITE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in a text is the template's own
            return ast.parse(f"({source.strip()}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise Unsayable(f"{source.strip()!r} is no expression", "mend it") from problem


def expression(source: str, functions: Collection[str] = ()) -> str:
    """Return an expression of Python in Jinja's language.

    ``functions`` are those that the template defines itself. Raises ``Unsayable``.
    """
    return Translator(source, functions).whole(parsed(source))


class Translator:
    """Translates the parts of one expression; ``source`` is for what cannot be said."""

    def __init__(self, source: str, functions: Collection[str] = ()) -> None:
        self._source = source.strip()
        self._functions = functions
        self._depth = 0

    def whole(self, node: ast.expr) -> str:
        """Return an expression as it may stand alone."""
        writer = _WRITERS.get(type(node))
        self._depth += 1
        if writer is None or self._depth > _DEEPEST:
            raise self._unsayable(f"{self._source!r}")
        written = writer(self, node)
        self._depth -= 1
        return written

    def part(self, node: ast.expr) -> str:
        """Return an expression as a part of another."""
        written = self.whole(node)
        return written if _stands_alone(written, node) else f"({written})"

    def constant(self, node: ast.Constant) -> str:
        """Return a text, a number, or one of the three names."""
        value = node.value
        if isinstance(value, str):
            return jinja.string(value)
        if value is None or isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)) and abs(value) < _LARGEST:
            return repr(value)
        raise self._unsayable(f"the value {self._source!r}")

    def name(self, node: ast.Name) -> str:
        """Return a variable."""
        return jinja.name(node.id)

    def attribute(self, node: ast.Attribute) -> str:
        """Return a part of a value; what Python keeps to itself is not seen in a sandbox."""
        if node.attr.startswith("_"):
            raise self._unsayable(f"the name {node.attr}")
        return jinja.member(self.part(node.value), node.attr)

    def subscript(self, node: ast.Subscript) -> str:
        """Return an item, or some in a row."""
        cut = node.slice
        if isinstance(cut, ast.Slice):
            ends = [self.whole(end) if end else "none" for end in (cut.lower, cut.upper, cut.step)]
            return as_filter("cut_out", self.part(node.value), *ends[: 3 if cut.step else 2])
        if isinstance(cut, ast.Tuple):
            raise self._unsayable(f"{self._source!r}")
        return f"{self.part(node.value)}[{self.whole(cut)}]"

    def joined(self, node: ast.BoolOp) -> str:
        """Return parts joined by ``and`` or ``or``."""
        word = " and " if isinstance(node.op, ast.And) else " or "
        return word.join(map(self.part, node.values))

    def signed(self, node: ast.UnaryOp) -> str:
        """Return what has ``not`` or a minus before it."""
        if isinstance(node.op, ast.Not):
            return f"not {self.part(node.operand)}"
        if isinstance(node.op, ast.USub):
            return f"-{self.part(node.operand)}"
        raise self._unsayable(f"{self._source!r}")

    def counted(self, node: ast.BinOp) -> str:
        """Return a sum, a product, a text with values in it."""
        sign = _COUNTED.get(type(node.op))
        if sign is None:
            raise self._unsayable(f"{self._source!r}")
        return f"{self.part(node.left)} {sign} {self.part(node.right)}"

    def compared(self, node: ast.Compare) -> str:
        """Return a comparison; of what ``is``, only ``None`` has a word in Jinja."""
        parts = [self.part(node.left)]
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(sign, (ast.Is, ast.IsNot)) and not (
                isinstance(right, ast.Constant) and right.value is None
            ):
                raise self._unsayable(f"{self._source!r}")
            parts += [_COMPARED[type(sign)], self.part(right)]
        return " ".join(parts)

    def chosen(self, node: ast.IfExp) -> str:
        """Return one of two values."""
        parts = (self.part(part) for part in (node.body, node.test, node.orelse))
        return "{} if {} else {}".format(*parts)

    def listed(self, node: ast.List | ast.Tuple) -> str:
        """Return a list or a tuple."""
        parts = ", ".join(map(self.whole, node.elts))
        if isinstance(node, ast.List):
            return f"[{parts}]"
        return f"({parts},)" if len(node.elts) == 1 else f"({parts})"

    def paired(self, node: ast.Dict) -> str:
        """Return keys with their values."""
        if None in node.keys:
            raise self._unsayable(f"{self._source!r}")
        pairs = zip(node.keys, node.values, strict=True)
        return "{" + ", ".join(f"{self.whole(k)}: {self.whole(v)}" for k, v in pairs if k) + "}"

    def called(self, node: ast.Call) -> str:
        """Return what a function gives: the template's own, a method, or one with a filter."""
        if any(isinstance(one, ast.Starred) for one in node.args):
            raise self._unsayable(f"{self._source!r}")
        if any(one.arg is None for one in node.keywords):
            raise self._unsayable(f"{self._source!r}")
        given = [self.whole(one) for one in node.args]
        given += [f"{one.arg}={self.whole(one.value)}" for one in node.keywords]
        if isinstance(node.func, ast.Name):
            return self._by_name(node.func.id, node, given)
        if isinstance(node.func, ast.Attribute) and not node.keywords:
            return self._by_method(node.func, node, given)
        raise self._unsayable(f"{self._source!r}")

    def _by_name(self, name: str, node: ast.Call, given: list[str]) -> str:
        if name in self._functions:
            return f"{jinja.name(name)}({', '.join(given)})"
        function = FUNCTIONS.get(name)
        if function and not node.keywords and function.takes(len(given)):
            parts = [self.part(node.args[0]), *given[1:]] if given else []
            return function.write(parts)
        raise self._unsayable(f"the call of {name}()")

    def _by_method(self, method: ast.Attribute, node: ast.Call, given: list[str]) -> str:
        where = method.value
        if isinstance(where, ast.Name) and (where.id, method.attr) == ("time", "strftime"):
            if len(given) == 2:  # noqa: PLR2004 - a format and a time
                return as_filter("strftime", self.part(node.args[1]), given[0])
        elif method.attr == "has_key" and len(given) == 1:
            return f"{self.part(node.args[0])} in {self.part(where)}"
        elif method.attr in METHODS:
            return f"{self.part(where)}.{method.attr}({', '.join(given)})"
        raise self._unsayable(f"the call of {method.attr}()")

    def _unsayable(self, what: str) -> Unsayable:
        return Unsayable(f"{what} has no words in Jinja", _REWRITE)


def _stands_alone(written: str, node: ast.expr) -> bool:
    """Whether an expression needs no parentheses in another."""
    if isinstance(node, (ast.Call, ast.Subscript)):
        return " | " not in written and " in " not in written
    return isinstance(node, _ALONE)


_ALONE: Final = (
    ast.Constant, ast.Name, ast.Attribute, ast.List, ast.Tuple, ast.Dict,
)  # fmt: skip
_WRITERS: Final[dict[type[ast.expr], Callable[..., str]]] = {
    ast.Constant: Translator.constant,
    ast.Name: Translator.name,
    ast.Attribute: Translator.attribute,
    ast.Subscript: Translator.subscript,
    ast.BoolOp: Translator.joined,
    ast.UnaryOp: Translator.signed,
    ast.BinOp: Translator.counted,
    ast.Compare: Translator.compared,
    ast.IfExp: Translator.chosen,
    ast.List: Translator.listed,
    ast.Tuple: Translator.listed,
    ast.Dict: Translator.paired,
    ast.Call: Translator.called,
}
