"""The children of a feed or entry, by canonical name, and the scope they stand in.

Readers ask for what they want in order of preference: ``fields.date(("pubdate",
"dc:date"))``. What comes first in the list wins, wherever it stands in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Final

import msgspec
from msgspec.structs import replace

from ecliptic.model.parsed import Problem
from ecliptic.model.text import Content
from ecliptic.parse import address, text
from ecliptic.parse.dates import parse_date
from ecliptic.parse.names import XML_BASE, XML_LANG, Names
from ecliptic.parse.tree import Element

MAX_REPEATED: Final = 300
"""The most elements of one name that are read in one entry or feed."""

_SHORT: Final = frozenset({"media:title", "media:description", "media:text", "itunes:subtitle"})
"""Elements that hold a line or two, in which markup is rarer than a lone ``<`` or ``&``."""

_MAX_PROBLEMS: Final = 20
_NONE: Final[tuple[Element, ...]] = ()
_line_of: Final[Callable[[Element], int | None]] = attrgetter("sourceline")


class Scope(msgspec.Struct, frozen=True, gc=False):
    """What holds at a place of the document (XML Base; XML 1.0, 2.12).

    ``base`` resolves addresses; ``own_base`` is it only where the author wrote ``xml:base``.
    """

    base: str
    own_base: str = ""
    language: str = ""

    def inside(self, element: Element) -> Scope:
        """Return the scope of ``element``, which stands in this one."""
        given = element.keys()  # asked first: most elements have no attributes at all
        if not given or (XML_BASE not in given and XML_LANG not in given):
            return self
        base = element.get(XML_BASE)
        language = element.get(XML_LANG)
        scope = self
        if base is not None:
            resolved = address.absolute(base, self.base)
            if resolved:
                scope = replace(scope, base=resolved, own_base=resolved)
        if language is not None:
            scope = replace(scope, language=language_tag(language))
        return scope


def language_tag(value: str) -> str:
    """Return a language tag as BCP 47 spells it: hyphens between its parts."""
    return value.strip()[:40].replace("_", "-")


class Fields:
    """Elements of one feed or entry, grouped by name in document order."""

    __slots__ = ("found", "names", "problems", "scope")

    def __init__(self, names: Names, scope: Scope, elements: Iterable[Element]) -> None:
        self.names = names
        self.scope = scope
        self.found: dict[str, list[Element]] = {}
        self.problems: list[Problem] = []
        self.add(elements)

    def add(self, elements: Iterable[Element]) -> None:
        """Take in elements, each under its name."""
        found = self.found
        names = self.names
        for child in elements:
            name = names[child.tag]
            if name not in found:
                found[name] = [child]
            elif len(found[name]) < MAX_REPEATED:
                found[name].append(child)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements of the first name, then of the next."""
        for name in names:
            yield from self.found.get(name, _NONE)

    def text(self, *names: str) -> str:
        """Return the first text of these names that is not empty."""
        for name in names:
            for element in self.found.get(name, _NONE):
                value = text.plain(element)
                if value:
                    return value
        return ""

    def words(self, names: tuple[str, ...]) -> str:
        """Return the first text construct of these names as plain text."""
        content = self.content(names, "") if names else None
        return text.as_plain(content) if content else ""

    def date(self, *names: str) -> datetime | None:
        """Return the first date of these names that can be read; note those that cannot."""
        for name in names:
            for element in self.found.get(name, _NONE):
                value = text.plain(element)
                moment = parse_date(value)
                if moment:
                    return moment
                if value:
                    self.note("parse.bad_date", value[:80], element)
        return None

    def content(self, names: tuple[str, ...], base: str, *, title: bool = False) -> Content | None:
        """Return the first text construct of these names that is not empty."""
        for name in names:
            for element in self.found.get(name, _NONE):
                content = self.read_content(name, element, base, title=title)
                if content:
                    return content
        return None

    def longest(self, names: tuple[str, ...], base: str) -> Content | None:
        """Return the longest text construct of these names, the first of several as long."""
        best: Content | None = None
        for name in names:
            for element in self.found.get(name, _NONE):
                content = self.read_content(name, element, base)
                if content and (best is None or len(content.value) > len(best.value)):
                    best = content
        return best

    def read_content(
        self, name: str, element: Element, base: str, *, title: bool = False
    ) -> Content | None:
        """Read one text construct; ``base`` counts unless the author wrote ``xml:base``."""
        scope = self.scope.inside(element)
        base = scope.own_base or base
        if name.startswith("atom:"):
            return text.atom_content(element, base, scope.language, body=not title)
        kind_of = text.title_kind if title or name in _SHORT else text.body_kind
        return text.rss_content(element, base, scope.language, kind_of)

    def note(self, code: str, detail: str, element: Element) -> None:
        """Keep a problem, within bounds."""
        if len(self.problems) < _MAX_PROBLEMS:
            line = _line_of(element) or 0
            self.problems.append(Problem(code=code, detail=detail, line=line))
