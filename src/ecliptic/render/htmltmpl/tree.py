"""A template as a tree: text, variables, choices and loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import msgspec

from ecliptic.errors import RenderError
from ecliptic.render.htmltmpl.fault import fault
from ecliptic.render.htmltmpl.place import Place, Position
from ecliptic.render.htmltmpl.scan import Statement, Token, scan

Include: TypeAlias = Callable[[str, str], tuple[str, str]]
"""Finds an included template: its name and the file that names it in, file and text out.

Raises ``LookupError`` with the reason when there is none.
"""


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """A value to be written, and what it stands in."""

    name: str
    escape: str
    default: str | None
    is_global: bool
    place: Place


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of two parts, by whether a value is there; ``negated`` for TMPL_UNLESS."""

    name: str
    is_global: bool
    negated: bool
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]


class Loop(msgspec.Struct, frozen=True, kw_only=True):
    """A part that is written once for each item of a list."""

    name: str
    body: tuple[Node, ...]


Node: TypeAlias = "str | Variable | Choice | Loop"


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template ready to be filled. ``names`` holds every variable it looks at."""

    nodes: tuple[Node, ...]
    names: frozenset[str]


_DEEPEST: Final = 50
_DEEPEST_INCLUDE: Final = 10
_MOST_INCLUDES: Final = 200


def read(text: str, file: str, include: Include | None = None) -> Template:
    """Read a template, and those it includes.

    Raises ``RenderError`` that names file, line and remedy for a fault in it.
    """
    builder = _Builder(file)
    for token in _Flat(include).tokens(text, file, 0):
        builder.take(token)
    return builder.template()


class _Flat:
    """The tokens of a template with those of what it includes in their places."""

    def __init__(self, include: Include | None) -> None:
        self._include = include
        self._included = 0

    def tokens(self, text: str, file: str, depth: int) -> Iterator[Token]:
        for token in scan(text, file):
            if isinstance(token, str) or token.kind != "INCLUDE":
                yield token
            else:
                yield from self.tokens(*self._find(token, depth), depth + 1)

    def _find(self, token: Statement, depth: int) -> tuple[str, str]:
        self._included += 1
        if depth >= _DEEPEST_INCLUDE or self._included > _MOST_INCLUDES:
            raise _at(token, "templates include each other without end; remove one TMPL_INCLUDE")
        if self._include is None:
            raise _at(token, "this template can include no other")
        try:
            file, text = self._include(token.name, token.file)
        except LookupError as error:
            raise _at(token, f"cannot include {token.name!r}: {error.args[0]}") from error
        return text, file


class _Open:
    """A block whose end has not come yet."""

    def __init__(self, statement: Statement, position: tuple[str, str, str, str]) -> None:
        self.statement = statement
        self.position = position
        self.parts: list[list[Node]] = [[]]


class _Builder:
    def __init__(self, file: str) -> None:
        top = Statement(
            kind="", closing=False, name="", escape="", default=None, is_global=False,
            file=file, line=1,
        )  # fmt: skip
        self._position = Position()
        self._open = [_Open(top, self._position.mark())]
        self._names: set[str] = set()

    def template(self) -> Template:
        if len(self._open) > 1:
            kind = self._open[-1].statement.kind
            raise _at(self._open[-1].statement, f"TMPL_{kind} has no end; write </TMPL_{kind}>")
        return Template(nodes=tuple(self._open[0].parts[0]), names=frozenset(self._names))

    def take(self, token: Token) -> None:
        if isinstance(token, str):
            self._text(token)
            return
        match token.kind:
            case "VAR":
                self._variable(token)
            case "GETTEXT":
                self._text(token.name)
            case "ELSE":
                self._otherwise(token)
            case "LOOP" | "IF" | "UNLESS":
                self._close(token) if token.closing else self._begin(token)
            case _:  # BOUNDARY only says where a page may be sent in parts
                return

    def _text(self, text: str) -> None:
        self._position.take(text)
        self._open[-1].parts[-1].append(text)

    def _variable(self, token: Statement) -> None:
        self._names.add(token.name)
        self._open[-1].parts[-1].append(
            Variable(
                name=token.name,
                escape=token.escape,
                default=token.default,
                is_global=token.is_global,
                place=self._position.place(),
            )
        )
        self._position.after_value()

    def _begin(self, token: Statement) -> None:
        if len(self._open) > _DEEPEST:
            raise _at(token, f"blocks stand more than {_DEEPEST} deep in each other; flatten them")
        self._names.add(token.name)
        self._open.append(_Open(token, self._position.mark()))

    def _otherwise(self, token: Statement) -> None:
        block = self._open[-1]
        if block.statement.kind not in {"IF", "UNLESS"} or len(block.parts) > 1:
            raise _at(token, "TMPL_ELSE stands outside a TMPL_IF; move or remove it")
        block.parts.append([])
        self._position.back_to(block.position)

    def _close(self, token: Statement) -> None:
        block = self._open[-1]
        begun = block.statement
        if begun.kind != token.kind:
            where = f", which begins in line {begun.line}" if begun.kind else ""
            wanted = f"write </TMPL_{begun.kind}> first" if begun.kind else "remove it"
            raise _at(token, f"</TMPL_{token.kind}> has no beginning here{where}; {wanted}")
        self._open.pop()
        parts = [tuple(part) for part in block.parts]
        node: Node
        if begun.kind == "LOOP":
            node = Loop(name=begun.name, body=parts[0])
        else:
            node = Choice(
                name=begun.name,
                is_global=begun.is_global,
                negated=begun.kind == "UNLESS",
                then=parts[0],
                otherwise=parts[1] if len(parts) > 1 else (),
            )
        self._open[-1].parts[-1].append(node)


def _at(statement: Statement, said: str) -> RenderError:
    return fault(statement.file, statement.line, said)
