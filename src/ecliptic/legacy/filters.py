"""Filters of older engines, as ours.

Planet 2.0 looks for ``filter`` and ``exclude`` in title or content, in any case, and reads
no ``exclude`` in ``[Planet]``. Venus gives the two, line by line, to its ``regexp_sifter``,
which looks through the whole entry and takes case seriously; those of a feed take the
place of the planet's. Its other filters are programs (``legacy.executables``); the stock
ones that choose entries, shorten them or take out advertisements are settings here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias
from urllib.parse import parse_qsl

import msgspec

from ecliptic.errors import FilterError
from ecliptic.legacy.dialect import Dialect
from ecliptic.legacy.ini import Section
from ecliptic.legacy.notices import some
from ecliptic.legacy.values import Values

if TYPE_CHECKING:
    from ecliptic.filters import Filter

_Way: TypeAlias = Literal["require", "exclude"]

_ADS: Final = frozenset({"feedburner.sed", "google_ad_map.sed", "yahoo.sed"})
_SIEVES: Final = frozenset({"regexp_sifter.py", "xpath_sifter.py"})

_WIDTH: Final = 500
_LONGEST_WIDTH: Final = 1_000_000


class Translated(msgspec.Struct, frozen=True, kw_only=True):
    """What a section asks for, in our settings: ``""`` and ``None`` where it does not."""

    filter: str = ""
    excerpt: int | None = None
    strip_ads: bool | None = None


class Translator:
    """Reads the filters of one file; ``values`` is told what cannot be translated."""

    def __init__(self, values: Values, kind: Dialect, programs: Sequence[Section] = ()) -> None:
        self._values = values
        self._kind = kind
        self._programs = {section.title.rpartition("/")[2]: section for section in programs}
        self._unknown: dict[str, int] = {}
        self._for_feeds: Section | None = None

    def planet(self, planet: Section, feeds: Iterable[Section]) -> Translated:
        """Return what holds for all feeds."""
        if self._kind == "planet":
            return self._translated([self._in_title_or_body(planet, "filter", "require")], [])
        if any(feed.text(key) for feed in feeds for key in ("filter", "exclude")):
            self._for_feeds = planet  # each feed then has its own, or these
            return self._translated([], self._steps(planet))
        return self._translated(self._sifted(planet), self._steps(planet))

    def feed(self, section: Section) -> Translated:
        """Return what holds for one feed, besides what holds for all."""
        if self._kind == "planet":
            own = [
                self._in_title_or_body(section, "filter", "require"),
                self._in_title_or_body(section, "exclude", "exclude"),
            ]
            return self._translated(own, [])
        if self._kind == "pluto":
            return self._translated([self._included(section)], [])
        return self._translated(self._sifted(section), self._steps(section))

    def close(self, templates: Iterable[Section] = ()) -> None:
        """Say which filters have no effect."""
        for section in templates:
            for step in section.text("filters").split():
                self._note(step.partition("?")[0], section.line_of("filters"))
        if self._unknown:
            named = some(f"{name} (line {line})" for name, line in self._unknown.items())
            self._values.notices.append(f"Filters that are not translated: {named}.")

    def _translated(self, chosen: Iterable[Filter | None], steps: Iterable[_Step]) -> Translated:
        filters = [one for one in chosen if one is not None]
        excerpt: int | None = None
        strip_ads: bool | None = None
        for step in steps:
            excerpt = step.excerpt or excerpt
            strip_ads = step.strip_ads or strip_ads
            filters += [step.filter] if step.filter is not None else []
        whole: Filter | None = None
        for one in filters:
            whole = one if whole is None else whole & one
        return Translated(
            filter="" if whole is None else str(whole), excerpt=excerpt, strip_ads=strip_ads
        )

    def _in_title_or_body(self, section: Section, key: str, way: _Way) -> Filter | None:
        """Return what Planet 2.0 makes of a key: one expression, in any case."""
        text = " ".join(section.text(key).split())
        return self._pattern(text, ("title", "body"), way, key, section.line_of(key))

    def _sifted(self, section: Section) -> list[Filter | None]:
        """Return what Venus makes of ``filter`` and ``exclude``: a feed's, or the planet's."""
        ways: tuple[tuple[str, _Way], ...] = (("filter", "require"), ("exclude", "exclude"))
        found = []
        for key, way in ways:
            source = section
            if not section.text(key) and self._for_feeds is not None:
                source = self._for_feeds
            found += [
                self._pattern(_with_case(line), ("text",), way, key, source.line_of(key))
                for line in source.text(key).splitlines()
            ]
        return found

    def _included(self, section: Section) -> Filter | None:
        """Return what Pluto makes of ``includes``: words, one of which must be there."""
        key = "includes" if section.text("includes") else "include"
        words = [word.strip() for word in re.split(r"[|,]", section.text(key))]
        pattern = "|".join(filter(None, words))
        return self._pattern(pattern, ("title", "body"), "require", key, section.line_of(key))

    def _pattern(
        self, text: str, fields: Iterable[str], way: _Way, key: str, line: int
    ) -> Filter | None:
        whole: Filter | None = None
        if not text:
            return None
        from ecliptic.filters import Matches  # noqa: PLC0415 - most planets have no filter

        try:
            for field in fields:
                one = Matches(field, text)
                whole = one if whole is None else whole | one
        except FilterError as problem:
            self._values.notices.append(
                f"No effect: {key} = {text} (line {line}); at character {problem.column}:"
                f" {problem.message}."
            )
            return None
        return None if whole is None else whole if way == "require" else ~whole

    def _steps(self, section: Section) -> Iterator[_Step]:
        """Yield what the programs in ``filters`` do, as far as we know them."""
        line = section.line_of("filters")
        for asked in section.text("filters").split():
            path, _, query = asked.partition("?")
            name = path.partition(">")[0].rpartition("/")[2]
            step = self._step(name, self._options(name, query), line)
            if step is not None:
                yield step
            elif name in _SIEVES:
                self._note(path, line)

    def _options(self, name: str, query: str) -> dict[str, str]:
        section = self._programs.get(name)
        given = {key: value.text for key, value in section.keys.items()} if section else {}
        return given | dict(parse_qsl(query))

    def _step(self, name: str, options: dict[str, str], line: int) -> _Step | None:
        if name in _ADS:
            return _Step(strip_ads=True)
        if name == "excerpt.py":
            width = options.get("width", "")
            return _Step(excerpt=min(int(width), _LONGEST_WIDTH) if width.isdecimal() else _WIDTH)
        if name in _SIEVES:
            return self._sieve(name, options, line)
        return None

    def _sieve(self, name: str, options: dict[str, str], line: int) -> _Step | None:
        whole: Filter | None = None
        ways: tuple[_Way, _Way] = ("require", "exclude")
        for way in ways:
            for text in filter(None, map(str.strip, options.get(way, "").splitlines())):
                if name == "regexp_sifter.py":
                    one = self._pattern(_with_case(text), ("text",), way, name, line)
                else:
                    from ecliptic.legacy.xpath import filter_of  # noqa: PLC0415 - see `_pattern`

                    found = filter_of(text)
                    one = found if found is None or way == "require" else ~found
                if one is None:
                    return None
                whole = one if whole is None else whole & one
        return None if whole is None else _Step(filter=whole)

    def _note(self, name: str, line: int) -> None:
        self._unknown.setdefault(name, line)


class _Step(msgspec.Struct, frozen=True, kw_only=True):
    """What a program in ``filters`` does."""

    filter: Any = None  # a Filter; the name alone would load the language
    excerpt: int = 0
    strip_ads: bool = False


def _with_case(pattern: str) -> str:
    """Return a pattern in which case counts, as it did in Venus, unless it says otherwise."""
    pattern = pattern.strip()
    if not pattern or pattern.startswith("(?i)"):
        return pattern
    return f"(?-i:{pattern})"
