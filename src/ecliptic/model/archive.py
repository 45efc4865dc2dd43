"""The archive: the days that have entries, and what its pages cover."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class ArchiveDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the planet's timezone, and how many entries stand in it: at least one.

    ``edition`` moves whenever its pages may look different, and ``changed_at`` is when the
    planet had changed last by then.
    """

    day: date
    entries: int
    edition: int
    changed_at: datetime | None


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """The page before another one, or after it: where it is, and where it begins."""

    path: str
    first: date
    part: int


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of the archive shows: entries from one day to another, oldest first.

    Of these, ``skip`` stand on the parts before it; 0 as ``limit`` is no limit.
    """

    first: date
    last: date
    part: int = 1
    skip: int = 0
    limit: int = 0
    earlier: Neighbour | None = None
    later: Neighbour | None = None


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """A month that has entries: its first day, how many, and the path of its first page."""

    first: date
    entries: int
    path: str
