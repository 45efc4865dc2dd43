"""Genshi's ``py:choose``: the first branch whose test holds, with what stands around them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeAlias

from ecliptic.render.convert import genshi_tree as tree
from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Unsayable
from ecliptic.render.convert.directives import directives_of
from ecliptic.render.convert.expressions import expression

Step: TypeAlias = "str | tree.Node | tuple[int, Unsayable]"
"""A statement of Jinja, a node to be written, or what cannot be said, with its line."""

_BRANCHES: Final = ("when", "otherwise")
_ALWAYS: Final = "true"


def choice(nodes: Sequence[tree.Node], subject: str, functions: Collection[str]) -> Iterator[Step]:
    """Yield the steps of a choice; raises ``Unsayable`` for a subject that has no words.

    Branches become one statement. Where something else stands between them, the next
    one asks that none before it was taken.
    """
    asked = jinja.part(expression(subject, functions)) if subject.strip() else ""
    seen: list[str] = []
    before: list[str] = []
    is_open = False
    for node in nodes:
        branch = _branch(node)
        if branch is None:
            if is_open and not _is_blank(node):
                yield "{% endif %}"
                is_open, before = False, list(seen)
            if not is_open:
                yield node
            continue
        element, kind, test = branch
        if _ALWAYS in seen:
            continue  # as in Genshi, no branch is taken behind one that always is
        try:
            condition = _condition(kind, test, asked, functions)
        except Unsayable as problem:
            yield element.line, problem
            continue
        yield _head(condition, before, is_open=is_open)
        yield _without_branch(element)
        is_open = True
        seen.append(jinja.part(condition))
    if is_open:
        yield "{% endif %}"


def _head(condition: str, before: Sequence[str], *, is_open: bool) -> str:
    if before:
        earlier = before[0] if len(before) == 1 else f"({' or '.join(before)})"
        rest = "" if condition == _ALWAYS else f" and {jinja.part(condition)}"
        condition = f"not {earlier}{rest}"
    if is_open and condition == _ALWAYS:
        return "{% else %}"
    return f"{{% {'elif' if is_open else 'if'} {condition} %}}"


def _condition(kind: str, test: str, asked: str, functions: Collection[str]) -> str:
    if kind == "otherwise":
        return _ALWAYS
    if not test.strip():
        return asked or "false"
    wanted = expression(test, functions)
    return f"{asked} == {jinja.part(wanted)}" if asked else wanted


def _branch(node: tree.Node) -> tuple[tree.Element, str, str] | None:
    """Return an element that is a branch, with its kind and test."""
    if not isinstance(node, tree.Element):
        return None
    directives = directives_of(node)
    kind = next((kind for kind in _BRANCHES if kind in directives), None)
    return (node, kind, directives[kind]) if kind else None


def _without_branch(element: tree.Element) -> tree.Element:
    """Return a branch as what it holds."""
    rest = {key: value for key, value in element.directives.items() if key not in _BRANCHES}
    return tree.Element(
        name=element.name,
        line=element.line,
        own="py:" if element.own.startswith("py:") else "",
        attributes=element.attributes,
        directives=rest,
        children=element.children,
    )


def _is_blank(node: tree.Node) -> bool:
    return isinstance(node, tree.Text) and not node.text.strip()
