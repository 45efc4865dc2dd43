"""The attributes of an element in a template of Genshi."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from html import escape
from typing import Final

from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Unsayable
from ecliptic.render.convert.expressions import Translator, expression, parsed
from ecliptic.render.convert.findings import Findings
from ecliptic.render.convert.genshi_tree import Element
from ecliptic.render.convert.interpolation import Piece, pieces
from ecliptic.render.htmltmpl.place import attribute_place

_NAME: Final = re.compile(r"[A-Za-z_][\w:.\-]*")


class Attributes:
    """Writes the attributes of an element; a value that is none leaves its attribute out."""

    def __init__(self, element: Element, findings: Findings, functions: Collection[str]) -> None:
        self._element = element
        self._findings = findings
        self._functions = functions

    def written(self, asked: str) -> str:
        """Return all attributes; ``asked`` is what ``py:attrs`` says."""
        try:
            given = dict(self._given(asked)) if asked.strip() else {}
        except Unsayable as problem:
            self._findings.note(self._element.line, problem.what, problem.do)
            given = {}
        kept = [
            self._attribute(name, value)
            for name, value in self._element.attributes
            if name not in given
        ]
        return "".join([*kept, *map(_worked_out, given, given.values())])

    def _given(self, asked: str) -> Iterator[tuple[str, str]]:
        """Yield the names and expressions of a dictionary that is written out."""
        node = parsed(asked)
        pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else None
        if pairs is None:
            raise Unsayable(
                f"py:attrs {asked!r} is no dictionary that is written out",
                "write the attributes into the tag",
            )
        for key, value in pairs:
            if not (
                isinstance(key, ast.Constant)
                and isinstance(key.value, str)
                and _NAME.fullmatch(key.value)
            ):
                raise Unsayable(f"a name in py:attrs {asked!r}", "write it into the tag")
            yield key.value, Translator(asked, self._functions).whole(value)

    def _attribute(self, name: str, value: str) -> str:
        found = list(pieces(value))
        if len(found) == 1 and found[0].is_expression:
            try:
                return _worked_out(name, expression(found[0].text, self._functions))
            except Unsayable as problem:
                return f' {name}="{self._findings.left_out(self._element.line, problem)}"'
        parts = (
            self._value(name, piece, is_first=index == 0)
            if piece.is_expression
            else jinja.text(escape(piece.text))
            for index, piece in enumerate(found)
        )
        return f' {name}="{"".join(parts)}"'

    def _value(self, name: str, piece: Piece, *, is_first: bool) -> str:
        try:
            written = expression(piece.text, self._functions)
        except Unsayable as problem:
            return self._findings.left_out(self._element.line + piece.lines, problem)
        return jinja.guarded(written, attribute_place(name, is_first=is_first))


def _worked_out(name: str, written: str) -> str:
    return f"{{{{ attribute({jinja.string(name)}, {written}) }}}}"
