"""Templates and blocks of a theme that no page asks for: most are names that were mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from ecliptic.errors import RenderError
from ecliptic.model.codes import words
from ecliptic.model.finding import Finding
from ecliptic.render.theme import Theme


def idle_parts(theme: Theme) -> Iterator[Finding]:
    """Yield what the operator's own templates hold in vain, with the name that may be meant."""
    trees = {name: theme.tree(name) for name in theme.own_templates}
    asked = {each for tree in trees.values() for each in find_referenced_templates(tree)}
    is_open = None in asked  # a name that is worked out may be any
    for name, tree in trees.items():
        path = str(theme.own_templates[name])
        if not is_open and name not in theme.given_templates | asked:
            yield _finding("theme.idle_template", path, 0, name, theme.given_templates)
        parents = _blocks_above(theme, tree)
        for block in _outermost(tree) if parents else ():
            if block.name not in parents:
                yield _finding("theme.idle_block", path, block.lineno, block.name, parents)


def _blocks_above(theme: Theme, tree: nodes.Template) -> frozenset[str]:
    """Return the blocks of what a template extends, all the way up.

    There are none if it extends nothing, or what is not there: pages that need it tell that.
    """
    parent = _parent(tree)
    if not parent:
        return frozenset()
    try:
        above = theme.tree(parent)
    except RenderError:
        return frozenset()
    own = frozenset(block.name for block in above.find_all(nodes.Block))
    return own | _blocks_above(theme, above)


def _parent(tree: nodes.Template) -> str:
    """Return the template that one extends, where its name is written out."""
    extends = next(tree.find_all(nodes.Extends), None)
    name = extends.template.value if extends and isinstance(extends.template, nodes.Const) else ""
    return str(name)


def _outermost(tree: nodes.Template) -> Iterator[nodes.Block]:
    """Yield the blocks that stand in no other: those inside one are shown with it."""
    inside = {
        id(inner)
        for block in tree.find_all(nodes.Block)
        for inner in block.find_all(nodes.Block)
        if inner is not block
    }
    yield from (block for block in tree.find_all(nodes.Block) if id(block) not in inside)


def _finding(code: str, where: str, line: int, found: str, known: Iterable[str]) -> Finding:
    near = get_close_matches(found, sorted(known), 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return Finding(
        severity="warning",
        code=code,
        message=words(code, {"found": found}) + hint,
        where=where,
        line=line,
        found=found,
    )
