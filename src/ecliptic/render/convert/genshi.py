"""Genshi, the templates that are XML, turned into Jinja's language.

``py:match`` and ``<?python ?>`` have no words there. Conditions are asked where Genshi
asks them, and its rule of who comes first is kept: def, for, if, choose, with,
replace, content, attrs, strip.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from posixpath import dirname, join, normpath
from typing import Final

from ecliptic.render.convert import genshi_tree as tree
from ecliptic.render.convert import jinja
from ecliptic.render.convert.attributes import Attributes
from ecliptic.render.convert.choices import choice
from ecliptic.render.convert.converted import Converted, Reader, Unsayable, new_name
from ecliptic.render.convert.directives import KNOWN, directives_of
from ecliptic.render.convert.expressions import expression, parsed
from ecliptic.render.convert.findings import Findings
from ecliptic.render.convert.interpolation import pieces
from ecliptic.render.convert.statements import assigned, loop_of, signature
from ecliptic.render.htmltmpl.place import Place

_VOID: Final = frozenset({
    "area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input",
    "isindex", "keygen", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_RAW: Final = frozenset({"script", "style"})
_GIVEN: Final = "{%- set feed, feeds, entries = venus.feed, venus.feeds, venus.entries -%}\n"
_BY_HAND: Final = "write what it does where it belongs, by hand"


def convert(text: str, name: str, read: Reader, *, is_included: bool = False) -> Converted:
    """Return a template of Genshi in Jinja's language; ``read`` gives those it includes."""
    try:
        nodes = tree.read(text)
    except Unsayable as problem:
        found = Findings()
        words = found.left_out(1, problem)
        return Converted(text=words, findings=found.all(), is_whole=False)
    writer = _Writer(name, read, frozenset(_functions(nodes)))
    body = "".join(writer.nodes(nodes, "text"))
    head = jinja.head(name) + ("" if is_included else _GIVEN)
    included = tuple(dict.fromkeys(writer.included))
    return Converted(text=head + body, findings=writer.findings.all(), included=included)


def _functions(nodes: Sequence[tree.Node]) -> Iterator[str]:
    """Yield the names of the functions that a template defines."""
    for node in nodes:
        if isinstance(node, tree.Element):
            asked = directives_of(node).get("def", "")
            if asked:
                yield asked.partition("(")[0].strip()
            yield from _functions(node.children)


class _Writer:
    """Writes nodes; ``place`` is what values in their text stand in."""

    def __init__(self, name: str, read: Reader, functions: Collection[str]) -> None:
        self.findings = Findings()
        self.included: list[str] = []
        self._folder = dirname(name)
        self._read = read
        self._functions = frozenset(functions)

    def nodes(self, nodes: Sequence[tree.Node], place: Place) -> Iterator[str]:
        for node in nodes:
            match node:
                case tree.Text():
                    yield from self._text(node, place)
                case tree.Markup():
                    yield jinja.text(node.text)
                    yield "\n" if node.is_head else ""
                case tree.Code():
                    problem = Unsayable("Python in the template (<?python ?>)", _BY_HAND)
                    yield self.findings.left_out(node.line, problem)
                case tree.Element():
                    yield from self._element(node, place)

    def _text(self, node: tree.Text, place: Place) -> Iterator[str]:
        """Yield text; in scripts and CDATA it is not escaped, so values are guarded there."""
        if node.is_cdata:
            yield "<![CDATA["
            place = "script" if place == "script" else "cdata"
        for piece in pieces(node.text):
            if piece.is_expression:
                yield self._value(piece.text, node.line + piece.lines, place)
            elif node.is_cdata or (place == "script" and "</" not in piece.text):
                yield jinja.text(piece.text)
            else:
                yield jinja.text(escape(piece.text, quote=False))
        if node.is_cdata:
            yield "]]>"

    def _value(self, source: str, line: int, place: Place) -> str:
        try:
            literal = _own_markup(source)
            if literal is not None and place == "text":
                return jinja.text(literal)
            written = expression(source, self._functions)
        except Unsayable as problem:
            return self.findings.left_out(line, problem)
        return jinja.guarded(written, place)

    def _element(self, element: tree.Element, place: Place) -> Iterator[str]:
        """Yield an element in what its directives make of it."""
        if element.own.startswith("xi:"):
            yield self._include(element)
            return
        directives = directives_of(element)
        closing: list[str] = []
        try:
            _require_known(directives)
            for kind in ("match", "def", "for", "if"):
                if kind in directives:
                    opened, closed = self._statement(kind, directives[kind])
                    yield opened
                    closing.append(closed)
            inner = list(self._inside(element, directives, place))
        except Unsayable as problem:
            yield self.findings.left_out(element.line, problem)
            inner = []
        yield from inner
        yield from reversed(closing)

    def _statement(self, kind: str, asked: str) -> tuple[str, str]:
        """Return the beginning and the end of a statement."""
        if kind == "match":
            raise Unsayable(
                f"py:match {asked!r}, which changes elements elsewhere",
                "change these elements in the new template",
            )
        if kind == "def":
            return f"{{% macro {signature(asked, self._functions)} %}}", "{% endmacro %}"
        if kind == "for":
            return f"{{% for {loop_of(asked, self._functions)} %}}", "{% endfor %}"
        return f"{{% if {expression(asked, self._functions)} %}}", "{% endif %}"

    def _inside(
        self, element: tree.Element, directives: dict[str, str], place: Place
    ) -> Iterator[str]:
        """Yield what stands inside of the conditions and loops of an element."""
        names = assigned(directives.get("with", ""), self._functions)
        yield from (f"{{% with {name} = {value} %}}" for name, value in names)
        if "replace" in directives:
            yield self._value(directives["replace"], element.line, place)
        else:
            yield from self._tags(element, directives, place)
        yield from ("{% endwith %}" for _ in names)

    def _tags(
        self, element: tree.Element, directives: dict[str, str], place: Place
    ) -> Iterator[str]:
        within: Place = "script" if element.name.lower() in _RAW else place
        if "content" in directives:
            content = [self._value(directives["content"], element.line, within)]
        elif "choose" in directives:
            content = list(self._choice(element.children, directives["choose"], within))
        else:
            content = list(self.nodes(element.children, within))
        if element.own:
            yield from content
            return
        start, end = self._start(element, directives, is_empty=not any(content))
        if "strip" not in directives:
            yield from (start, *content, end)
            return
        stripped = directives["strip"].strip()
        if stripped:
            asked = f"{{% if not {jinja.part(expression(stripped, self._functions))} %}}"
            yield from (asked, start, "{% endif %}", *content)
            yield from (asked, end, "{% endif %}")
        else:
            yield from content

    def _choice(self, nodes: Sequence[tree.Node], subject: str, place: Place) -> Iterator[str]:
        """Yield a choice; what of it has no condition in Jinja is left out."""
        for step in choice(nodes, subject, self._functions):
            match step:
                case str():
                    yield step
                case tuple():
                    yield self.findings.left_out(*step)
                case _:
                    yield from self.nodes([step], place)

    def _start(
        self, element: tree.Element, directives: dict[str, str], *, is_empty: bool
    ) -> tuple[str, str]:
        """Return both tags of an element; in HTML only some elements have none at their end."""
        attributes = Attributes(element, self.findings, self._functions)
        written = attributes.written(directives.get("attrs", ""))
        if is_empty and element.name.lower() in _VOID:
            return f"<{element.name}{written}/>", ""
        return f"<{element.name}{written}>", f"</{element.name}>"

    def _include(self, element: tree.Element) -> str:
        """Return the statement that includes another template, with its functions."""
        values = dict(element.attributes)
        href = values.get("href", "")
        name = normpath(join(self._folder, href))
        try:
            text = self._included(element, name, values)
            functions = sorted(set(_functions(tree.read(text)))) if text else []
        except Unsayable as problem:
            return self.findings.left_out(element.line, problem)
        self.included.append(name)
        file = jinja.string(new_name(name, self._read))
        named = ", ".join(map(jinja.name, functions))
        self._functions = self._functions.union(functions)
        brought = f"{{% from {file} import {named} with context %}}" if named else ""
        return f"{brought}{{% include {file} %}}"

    def _included(self, element: tree.Element, name: str, values: dict[str, str]) -> str:
        if element.own != "xi:include":
            raise Unsayable(f"{element.own} by itself", "remove it")
        if "$" in name or values.get("parse", "xml") != "xml" or not values.get("href"):
            raise Unsayable("an include that is worked out, or of plain text", _BY_HAND)
        text = None if name.startswith(("/", "..")) else self._read(name)
        if text is None:
            raise Unsayable(f"the include of {name}, which is not there", "add the file")
        return text


def _require_known(directives: Mapping[str, str]) -> None:
    """Raise ``Unsayable`` for a branch without its choice, and for what Genshi has not."""
    for name in directives:
        if name in {"when", "otherwise"}:
            raise Unsayable(f"py:{name} that is not right inside its py:choose", "move it there")
        if name not in KNOWN:
            raise Unsayable(f"py:{name} is not known", _BY_HAND)


def _own_markup(source: str) -> str | None:
    """Return markup that the template writes itself: ``Markup('&nbsp;')``."""
    node = parsed(source)
    match node:
        case ast.Call(
            func=ast.Name(id="Markup" | "HTML" | "XML"),
            args=[ast.Constant(value=str(text))],
            keywords=[],
        ):
            return text
    return None
