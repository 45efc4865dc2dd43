"""The children of a feed or entry, and the scope they stand in.

Readers are told at which places to look, in order of preference: what comes first
there wins, wherever it stands in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Final, TypeAlias

import msgspec
from msgspec.structs import replace

from ecliptic.model.parsed import Problem
from ecliptic.model.text import Content
from ecliptic.parse import address, text
from ecliptic.parse.dates import parse_date
from ecliptic.parse.names import XML_BASE, XML_LANG
from ecliptic.parse.shape import MAX_REPEATED, Layouts
from ecliptic.parse.tree import Element, list_of

Places: TypeAlias = Sequence[int]
"""Where elements stand among their siblings, the best first."""

_SHORT: Final = frozenset({"media:title", "media:description", "media:text", "itunes:subtitle"})
"""Elements that hold a line or two, in which markup is rarer than a lone ``<`` or ``&``."""

_ATOM: Final = frozenset({
    "atom:title", "atom:content", "atom:summary", "atom:rights", "atom:copyright",
    "atom:subtitle", "atom:tagline", "atom:info",
})  # fmt: skip
"""The text constructs of Atom, which say what they are."""

_MAX_PROBLEMS: Final = 20
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


def children_of(element: Element) -> list[Element]:
    """Return the children of ``element``, of each tag no more than are ever read."""
    return list_of(element) if len(element) <= MAX_REPEATED else some_of_each(element)


def some_of_each(elements: Iterable[Element]) -> list[Element]:
    """Return the first elements of each tag, of however many a hostile document has."""
    kept: list[Element] = []
    seen: dict[str, int] = {}
    for element in elements:
        count = seen[element.tag] = seen.get(element.tag, 0) + 1
        if count <= MAX_REPEATED:
            kept.append(element)
    return kept


class Fields:
    """Elements of one feed or entry, and where among them those of each name stand."""

    __slots__ = ("elements", "layout", "layouts", "problems", "scope", "tags")

    def __init__(self, layouts: Layouts, scope: Scope, elements: list[Element]) -> None:
        self.layouts = layouts
        self.scope = scope
        self.elements = elements
        self.tags = tuple([child.tag for child in elements])
        self.layout = layouts[self.tags]
        self.problems: list[Problem] = []

    def add(self, elements: list[Element]) -> None:
        """Take in more elements, after those that are there."""
        self.elements = self.elements + elements
        self.tags += tuple([child.tag for child in elements])
        self.layout = self.layouts[self.tags]

    def at(self, *names: str) -> Places:
        """Return where elements of these names stand: those of the first name, then of the next."""
        return self.layout.at(*names)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements of the first name, then of the next."""
        for place in self.layout.at(*names):
            yield self.elements[place]

    def text(self, places: Places) -> str:
        """Return the first text at these places that is not empty."""
        for place in places:
            value = text.plain(self.elements[place])
            if value:
                return value
        return ""

    def words(self, places: Places) -> str:
        """Return the first text construct at these places as plain text."""
        content = self.content(places, "")
        return text.as_plain(content) if content else ""

    def date(self, places: Places) -> datetime | None:
        """Return the first date at these places that can be read; note those that cannot."""
        for place in places:
            element = self.elements[place]
            value = text.plain(element)
            moment = parse_date(value)
            if moment:
                return moment
            if value:
                self.note("parse.bad_date", value[:80], element)
        return None

    def content(self, places: Places, base: str, *, title: bool = False) -> Content | None:
        """Return the first text construct at these places that is not empty."""
        for place in places:
            content = self.read_content(place, base, title=title)
            if content:
                return content
        return None

    def longest(self, places: Places, base: str) -> Content | None:
        """Return the longest text construct at these places, the first of several as long."""
        best: Content | None = None
        for place in places:
            content = self.read_content(place, base)
            if content and (best is None or len(content.value) > len(best.value)):
                best = content
        return best

    def read_content(self, place: int, base: str, *, title: bool = False) -> Content | None:
        """Read one text construct; ``base`` counts unless the author wrote ``xml:base``."""
        element = self.elements[place]
        name = self.layout.names[place]
        scope = self.scope
        if element.keys():
            scope = scope.inside(element)
        base = scope.own_base or base
        if name in _ATOM:
            return text.atom_content(element, base, scope.language, body=not title)
        value = text.rss_value(element)
        if not value:
            return None
        kind: text.Kind = "text"
        if "<" in value or "&" in value:
            is_short = title or name in _SHORT
            kind = text.title_kind(value) if is_short else text.body_kind(value)
        return Content(value=value, kind=kind, base=base, language=scope.language)

    def note(self, code: str, detail: str, element: Element) -> None:
        """Keep a problem, within bounds."""
        if len(self.problems) < _MAX_PROBLEMS:
            line = _line_of(element) or 0
            self.problems.append(Problem(code=code, detail=detail, line=line))
