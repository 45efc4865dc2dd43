"""Genshi, the templates that are XML, turned into Jinja's language.

``py:match`` and ``<?python ?>`` have no words there. Conditions are asked where Genshi
asks them, and its rule of who comes first is kept: def, for, if, choose, with,
replace, content, attrs, strip.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from html import escape
from posixpath import dirname, join, normpath
from typing import Final

from ecliptic.render.convert import genshi_tree as tree
from ecliptic.render.convert import jinja
from ecliptic.render.convert.attributes import Attributes
from ecliptic.render.convert.converted import Converted, Reader, Unsayable, new_name
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
_BRANCHES: Final = ("when", "otherwise")
_ARGUMENT: Final = {
    "for": "each", "if": "test", "choose": "test", "when": "test", "with": "vars",
    "def": "function", "match": "path", "replace": "value",
}  # fmt: skip
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
            asked = _directives(node).get("def", "")
            if asked:
                yield asked.partition("(")[0].strip()
            yield from _functions(node.children)


def _directives(element: tree.Element) -> dict[str, str]:
    """Return the directives of an element, with the one that it is itself."""
    if not element.own.startswith("py:"):
        return element.directives
    kind = element.own[3:]
    values = dict(element.attributes)
    return {**element.directives, kind: values.get(_ARGUMENT.get(kind, ""), "")}


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
        directives = _directives(element)
        closing: list[str] = []
        try:
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
            content = list(self._choose(element.children, directives["choose"], within))
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

    def _start(
        self, element: tree.Element, directives: dict[str, str], *, is_empty: bool
    ) -> tuple[str, str]:
        """Return both tags of an element; in HTML only some elements have none at their end."""
        attributes = Attributes(element, self.findings, self._functions)
        written = attributes.written(directives.get("attrs", ""))
        if is_empty and element.name.lower() in _VOID:
            return f"<{element.name}{written}/>", ""
        return f"<{element.name}{written}>", f"</{element.name}>"

    def _choose(self, nodes: Sequence[tree.Node], subject: str, place: Place) -> Iterator[str]:
        """Yield the branches of a choice, and what stands around them."""
        asked = jinja.part(expression(subject, self._functions)) if subject.strip() else ""
        before: list[str] = []
        seen: list[str] = []
        is_open = False
        for node in nodes:
            branch = _branch(node)
            if branch is None:
                if is_open and not _is_blank(node):
                    yield "{% endif %}"
                    is_open, before = False, list(seen)
                if not is_open:
                    yield from self.nodes([node], place)
                continue
            try:
                condition = self._condition(branch, asked)
            except Unsayable as problem:
                yield self.findings.left_out(_line(node), problem)
                continue
            if before:
                earlier = before[0] if len(before) == 1 else f"({' or '.join(before)})"
                rest = "" if condition == "true" else f" and {jinja.part(condition)}"
                condition = f"not {earlier}{rest}"
            if is_open and condition == "true":
                yield "{% else %}"
            else:
                yield f"{{% {'elif' if is_open else 'if'} {condition} %}}"
            is_open = True
            seen.append(jinja.part(condition))
            yield from self.nodes([_without_branch(node)], place)
        if is_open:
            yield "{% endif %}"

    def _condition(self, branch: tuple[str, str], asked: str) -> str:
        kind, test = branch
        if kind == "otherwise":
            return "true"
        if not test.strip():
            return asked or "false"
        wanted = expression(test, self._functions)
        return f"{asked} == {jinja.part(wanted)}" if asked else wanted

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


def _branch(node: tree.Node) -> tuple[str, str] | None:
    """Return ``when`` or ``otherwise`` with its test, if a node is a branch of a choice."""
    if not isinstance(node, tree.Element):
        return None
    directives = _directives(node)
    return next(((kind, directives[kind]) for kind in _BRANCHES if kind in directives), None)


def _without_branch(node: tree.Node) -> tree.Node:
    """Return a branch as what it holds."""
    if not isinstance(node, tree.Element):
        return node
    rest = {key: value for key, value in node.directives.items() if key not in _BRANCHES}
    return tree.Element(
        name=node.name,
        line=node.line,
        own="py:branch" if node.own.startswith("py:") else "",
        attributes=node.attributes,
        directives=rest,
        children=node.children,
    )


def _line(node: tree.Node) -> int:
    return node.line if isinstance(node, (tree.Element, tree.Text)) else 0


def _is_blank(node: tree.Node) -> bool:
    return isinstance(node, tree.Text) and not node.text.strip()


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
