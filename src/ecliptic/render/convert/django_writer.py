"""Writing the nodes of a Django template.

What a value stands in is followed through the text, as for htmltmpl: in text Jinja
escapes it, elsewhere a filter guards it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ecliptic.render.convert import django_tree as tree
from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Reader, Unsayable
from ecliptic.render.convert.django_loops import Loops
from ecliptic.render.convert.django_values import Value, value
from ecliptic.render.convert.findings import Findings
from ecliptic.render.htmltmpl.place import Position


class Writer:
    """Writes nodes; ``statements`` write a tag by its name, and raise ``Unsayable``.

    ``loops`` are those that the nodes stand in, ``included`` the templates that were named,
    ``blocks`` the names of blocks.
    """

    def __init__(
        self,
        findings: Findings,
        read: Reader,
        statements: Mapping[str, Callable[[Writer, tree.Tag], Iterable[str]]],
        *,
        escapes: bool,
    ) -> None:
        self.included: list[str] = []
        self.blocks: set[str] = set()
        self.loops = Loops()
        self.findings = findings
        self.read = read
        self._statements = statements
        self._escapes = escapes
        self._position = Position()

    def nodes(self, nodes: Sequence[tree.Node]) -> list[str]:
        """Return what nodes become, piece by piece."""
        parts: list[str] = []
        for node in nodes:
            match node:
                case tree.Text():
                    self._position.take(node.text)
                    parts.append(jinja.text(node.text))
                case tree.Value():
                    parts.append(self._said(node))
                case tree.Tag():
                    parts += self._statement(node)
        return parts

    def branches(self, tag: tree.Tag) -> Iterator[tuple[tree.Branch, list[str]]]:
        """Yield the branches of a statement with what they become, each from its beginning."""
        mark = self._position.mark()
        for branch in tag.branches:
            self._position.back_to(mark)
            yield branch, self.nodes(branch.nodes)

    def value(self, source: str, line: int) -> Value:
        """Return a value with its filters; raises ``Unsayable``."""
        found = value(source, self.loops.told)
        for what, do in found.notes:
            self.findings.note(line, what, do)
        return found

    def expression(self, source: str, line: int) -> str:
        """Return a value as a part of an expression."""
        return self.value(source, line).part

    def output(self, found: Value) -> str:
        """Return a value as it is written where it stands."""
        place = self._position.place()
        self._position.after_value()
        text = found.text
        if not self._escapes and not found.is_safe and not found.is_plain:
            text = f"{text if ' | ' in text else found.part} | safe"
        return jinja.guarded(text, place)

    @contextmanager
    def escaping(self, *, escapes: bool) -> Iterator[None]:
        """Write with values escaped, or not."""
        before, self._escapes = self._escapes, escapes
        yield
        self._escapes = before

    def _said(self, node: tree.Value) -> str:
        try:
            return self.output(self.value(node.source, node.line))
        except Unsayable as problem:
            return self.findings.left_out(node.line, problem)

    def _statement(self, tag: tree.Tag) -> list[str]:
        """Write a statement; of one that has no words what is inside is kept, but of a loop."""
        try:
            write = self._statements.get(tag.name, _unknown)
            return list(write(self, tag))
        except Unsayable as problem:
            said = self.findings.left_out(tag.line, problem)
            return [said, *self.nodes(tag.branches[0].nodes if tag.name != "for" else ())]


def _unknown(_writer: Writer, tag: tree.Tag) -> Iterable[str]:
    raise Unsayable(f"the tag {{% {tag.name} %}} is not known", "write what it does, by hand")
