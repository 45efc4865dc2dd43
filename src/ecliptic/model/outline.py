"""Pages that are listed together, as most of a large site moves seldom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

import msgspec

from ecliptic.model.page import Page


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page as the list of all names it, and the first day that it shows, if it has one."""

    path: str
    changed_at: datetime | None
    first: date | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Pages that depend on one thing, as those of a tag: while ``mark`` stands, none moves.

    ``paths`` are all of theirs, and ``listed`` gives those that search engines are told of. Only
    where the mark has moved are the ``pages`` themselves asked for. No two sections have one
    ``name``, or a path in common; a name is no path.
    """

    name: str
    mark: object
    paths: tuple[str, ...]
    pages: Callable[[], Iterable[Page]]
    listed: Callable[[], Iterable[Listed]] = tuple


class Outline(msgspec.Struct, frozen=True):
    """All pages of a site; iterating yields each, those of sections too."""

    parts: tuple[Page | Section, ...]

    def __iter__(self) -> Iterator[Page]:
        for part in self.parts:
            if isinstance(part, Section):
                yield from part.pages()
            else:
                yield part

    def __add__(self, pages: Iterable[Page]) -> Outline:
        return Outline((*self.parts, *pages))

    @property
    def single(self) -> Iterator[Page]:
        """The pages that are of no section."""
        return (part for part in self.parts if isinstance(part, Page))

    @property
    def sections(self) -> Iterator[Section]:
        """The sections."""
        return (part for part in self.parts if isinstance(part, Section))

    @property
    def paths(self) -> Iterator[str]:
        """The path of every page."""
        for part in self.parts:
            if isinstance(part, Section):
                yield from part.paths
            else:
                yield part.path
