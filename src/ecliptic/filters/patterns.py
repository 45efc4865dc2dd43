r"""Regular expressions of operators, over texts of strangers.

An operator's pattern means well, but a text can be made so that ``re`` would look for
it for years (``(a+)+$`` over many ``a``). So a pattern is read first. Where the ways to
match are few whatever the text, ``re`` looks for it; elsewhere ``automaton`` does, which
is slower and always in time. Both are given at most ``LONGEST_TEXT`` characters.

>>> pattern(r"\bpy(thon)?\b").search("Why Python?"), pattern("(a+)+$").search("a" * 50_000 + "b")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from ecliptic.errors import FilterError
from ecliptic.filters.automaton import Automaton
from ecliptic.filters.syntax import MOST_PLACES, read_pattern
from ecliptic.filters.trees import Choice, Repeat, Row, Tree

LONGEST_TEXT: Final = 100_000
"""Characters of a text in which a pattern is looked for; what comes after them is not."""

_MOST_STEPS: Final = 1_000
"""Steps, from one place of a text, up to which ``re`` is asked."""


class Pattern:
    """A pattern, ready to be looked for; case does not count unless it says so."""

    __slots__ = ("_search", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        tree = _trimmed(read_pattern(text))
        self._search = _search_for(tree)

    def search(self, text: str) -> bool:
        """Return whether the pattern is found in ``text``."""
        return self._search(text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT])


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """Return a pattern by its text; raises ``FilterError`` for one that we do not run."""
    return Pattern(text)


def _search_for(tree: Tree) -> Callable[[str], bool]:
    if tree.can_be_empty:
        raise _refused("this is found in every text, for it can be empty")
    if tree.places > MOST_PLACES:
        raise _refused(f"written out, this has more than {MOST_PLACES:,} characters")
    if tree.effort.steps <= _MOST_STEPS:
        search = re.compile(tree.source, re.IGNORECASE).search
        return lambda text: search(text) is not None
    if tree.looks_around:
        raise _refused(
            "(?= (?! (?<= (?<! cannot be used together with * + or many choices: say it with "
            "and, not in place of them"
        )
    return Automaton(tree).search


def _refused(message: str) -> FilterError:
    return FilterError("filters.bad_pattern", message, column=1)


def _trimmed(tree: Tree) -> Tree:
    """Return a tree that is found in the same texts, without repetitions at its ends.

    ``foo.*`` is found where ``foo`` is, and ``a+b`` where ``ab`` is.
    """
    match tree:
        case Row(parts=(_, *_)):
            parts = [_trimmed_end(tree.parts[0]), *tree.parts[1:]]
            parts[-1] = _trimmed_end(parts[-1])
            return Row(tuple(parts))
        case Choice():
            return Choice(tuple(map(_trimmed, tree.parts)))
        case Repeat(most=None):
            return _trimmed_end(tree)
        case _:
            return tree


def _trimmed_end(tree: Tree) -> Tree:
    if isinstance(tree, Repeat) and tree.most is None:
        return Repeat(tree.part, tree.least, tree.least)
    return tree
