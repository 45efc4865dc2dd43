"""The words in which the tables of this package say what a document may hold.

``elements("title! link* author?", …)`` reads as the schemas of the specifications do: ``!``
exactly once, ``?`` at most once, ``*`` any number, ``+`` at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from ecliptic.parse.tree import Element


class Fault(NamedTuple):
    """What is wrong with a value: its code, and what its words need to know."""

    code: str
    detail: str = ""


Check: TypeAlias = Callable[[str], Fault | None]
"""Looks at a value and says what is wrong with it, if anything is."""

Note: TypeAlias = Callable[[str, str, str], None]
"""Notes a code, what was found and a detail, about one element."""

Examine: TypeAlias = Callable[[Element, Note], None]
"""Looks at an element as a whole, where its children and attributes depend on each other."""

TIMES: Final = "!?*+"


class Rule(NamedTuple):
    """What may stand in an element and what its text and attributes must look like.

    ``text`` is ``None`` where text has no place. ``place`` is ``feed`` or ``entry`` where the
    modules' elements of that kind may stand, ``any`` where nothing is known of what may.
    """

    children: Mapping[str, str] = {}
    attributes: Mapping[str, Check] = {}
    required: frozenset[str] = frozenset()
    text: Check | None = None
    place: str = ""
    examine: tuple[Examine, ...] = ()
    may_be_empty: bool = False
    is_strict: bool = False
    """Whether other attributes are mistakes: elsewhere they are left alone."""


def rule(
    children: str = "",
    *examine: Examine,
    attributes: Mapping[str, Check] | None = None,
    text: Check | None = None,
    place: str = "",
    may_be_empty: bool = False,
    is_strict: bool = False,
) -> Rule:
    """Return a rule; a ``!`` after the name of an attribute says that it must be there."""
    given = attributes or {}
    return Rule(
        children={word.rstrip(TIMES): word[-1] for word in children.split()},
        attributes={name.rstrip("!"): check for name, check in given.items()},
        required=frozenset(name[:-1] for name in given if name.endswith("!")),
        text=text,
        place=place,
        examine=examine,
        may_be_empty=may_be_empty,
        is_strict=is_strict,
    )


class Module(NamedTuple):
    """An element of a module: where it may stand (``feed``, ``entry`` …), how often, its rule."""

    places: frozenset[str]
    times: str
    rule: Rule


def module(places: str, times: str, found: Rule) -> Module:
    """Return what is known of an element that is no format's own."""
    return Module(frozenset(places.split()), times, found)


class Format(NamedTuple):
    """A kind of document: the name of its root, and the rules of its own elements.

    A rule is looked up as ``parent/child`` and then as ``child``.
    """

    root: str
    rules: Mapping[str, Rule]
    own: frozenset[str]
    """The prefixes of its own vocabulary: what stands there and has no rule is a mistake."""

    free: frozenset[str] = frozenset()
    """The prefixes that may stand everywhere."""

    def rule_of(self, parent: str, name: str) -> Rule | None:
        """Return the rule of an element inside another one."""
        return self.rules.get(f"{parent}/{name}") or self.rules.get(name)


def prefixed(prefix: str, rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return rules with all names in a vocabulary of that prefix."""

    def named(word: str) -> str:
        return word if ":" in word else f"{prefix}:{word}"

    return {
        "/".join(map(named, key.split("/"))): found._replace(
            children={named(child): times for child, times in found.children.items()}
        )
        for key, found in rules.items()
    }
