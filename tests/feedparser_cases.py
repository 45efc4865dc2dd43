"""feedparser's published cases: each a document with an expectation at its head.

An expectation is a line of Python. It is read as a syntax tree and worked out
by the few kinds of expression that occur; nothing of it is ever run.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import html5lib

from ecliptic.compat import feedparser
from shared_data import DATA

CASES: Final = DATA / "conformance" / "feedparser"
URL: Final = "http://127.0.0.1:8097/"

_EXPECTATION: Final = re.compile(r"Expect:\s*(.*?)\s*(?:-->.*)?$", re.MULTILINE)
_HEADER: Final = re.compile(r"^\s*Header:\s*([^:\s]+):[ \t]*(.*?)\s*$", re.MULTILINE)


def is_equal(left: object, right: object) -> bool:
    """Compare two values; two texts with markup as what a browser makes of them."""
    if left == right:
        return True
    if not (isinstance(left, str) and isinstance(right, str)):
        return False
    has_markup = any(mark in left or mark in right for mark in "<&")
    return has_markup and tree_of(left) == tree_of(right)


def tree_of(markup: str) -> object:
    """Return markup as nested values in which spelling makes no difference."""
    return _shape(html5lib.parseFragment(markup, container="div"))


def _shape(element: Any) -> object:
    attributes = {
        str(name).rpartition("}")[2].rpartition(":")[2]: value
        for name, value in element.attrib.items()
        if "xmlns" not in str(name)
    }
    children = [(_shape(child), child.tail or "") for child in element]
    return (str(element.tag), attributes, element.text or "", children)


_COMPARED: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], object]]] = {
    ast.Eq: is_equal,
    ast.NotEq: lambda left, right: not is_equal(left, right),
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
}
_UNARY: Final[Mapping[type[ast.unaryop], Callable[[Any], Any]]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
}
_BINARY: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = {
    "len": len,
    "ord": ord,
    "isinstance": isinstance,
    "bool": bool,
    "str": str,
}
_METHODS: Final = frozenset({"get", "has_key", "startswith", "endswith", "keys"})


class Case(NamedTuple):
    """A document, the headers it is served with, and what is expected of it."""

    path: Path
    headers: dict[str, str]
    expectation: str

    @property
    def name(self) -> str:
        return self.path.relative_to(CASES).as_posix()

    @property
    def is_served(self) -> bool:
        """Whether the case is about a document that came by HTTP."""
        return "http" in self.name


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.rglob("*.*")):
        text = decoded(path.read_bytes())
        expectation = _EXPECTATION.search(text)
        if expectation:
            found.append(Case(path, dict(_HEADER.findall(text)), expectation[1]))
    return found


def decoded(data: bytes) -> str:
    """Return the text of a case, as far as its head can be read."""
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp037"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "Expect" in text:
            return text
    return data.decode("latin-1")


def read(case: Case) -> feedparser.FeedParserDict:
    data = case.path.read_bytes()
    if not case.is_served:
        return feedparser.parse(data)
    headers = {"content-type": "application/xml"}
    headers.update({name.lower(): value for name, value in case.headers.items()})
    href = URL + f"tests/{case.path.relative_to(CASES).as_posix()}"
    return feedparser.parse(data, response_headers=headers, href=href)


def holds(case: Case) -> bool:
    """Tell whether the expectation is true of what the compat view reads."""
    result = read(case)
    tree = ast.parse(case.expectation.strip(), mode="eval").body
    try:
        return bool(Value(result).visit(tree))
    except (KeyError, IndexError, AttributeError, TypeError):
        return False


class Value(ast.NodeVisitor):
    """Works out expressions in which a result's keys are names."""

    def __init__(self, result: feedparser.FeedParserDict) -> None:
        self.names: dict[str, Any] = {**result, "feedparser": feedparser, "bytes": bytes}

    def generic_visit(self, node: ast.AST) -> Any:
        raise AssertionError(f"no rule for {ast.dump(node)}")

    def all(self, nodes: Iterable[ast.expr | None]) -> list[Any]:
        return [self.visit(node) for node in nodes if node]

    def visit_Constant(self, node: ast.Constant) -> Any:
        return node.value

    def visit_Name(self, node: ast.Name) -> Any:
        return self.names[node.id]

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        return getattr(self.visit(node.value), node.attr)

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        return self.visit(node.value)[self.visit(node.slice)]

    def visit_Tuple(self, node: ast.Tuple) -> Any:
        return tuple(self.all(node.elts))

    def visit_List(self, node: ast.List) -> Any:
        return self.all(node.elts)

    def visit_Dict(self, node: ast.Dict) -> Any:
        return dict(zip(self.all(node.keys), self.all(node.values), strict=True))

    def visit_BoolOp(self, node: ast.BoolOp) -> bool:
        # One after the other: what comes later may only be there if the first part holds.
        answers = (bool(self.visit(value)) for value in node.values)
        return all(answers) if isinstance(node.op, ast.And) else any(answers)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        return _UNARY[type(node.op)](self.visit(node.operand))

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        return _BINARY[type(node.op)](self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node: ast.Compare) -> bool:
        values = self.all((node.left, *node.comparators))
        return all(
            _COMPARED[type(how)](left, right)
            for how, (left, right) in zip(node.ops, pairwise(values), strict=True)
        )

    def visit_Call(self, node: ast.Call) -> Any:
        arguments = self.all(node.args)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
            return getattr(self.visit(node.func.value), node.func.attr)(*arguments)
        assert isinstance(node.func, ast.Name), ast.dump(node)
        return self.names if node.func.id == "locals" else _FUNCTIONS[node.func.id](*arguments)
