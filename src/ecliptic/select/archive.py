"""The pages of the archive: by month and by day, in parts that do not move.

The oldest come first, so what is new comes last: it makes the last page of its month and
its day anew, and no other. Of a month, a part ends where a day does. The parts of months are
there as Atom too, linked from the planet's own feeds, so that a reader can go back to the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final, Literal

from msgspec.structs import replace

from ecliptic.model.archive import ArchiveDay, Month, Neighbour, Stretch
from ecliptic.model.page import Page
from ecliptic.model.paths import post_path

INDEX: Final = "archive/index.html"
_OF_DAY: Final = 100
"""Entries on one page of a day."""

_OF_MONTH: Final = 500
"""Titles after which a month goes on with another part, at the next day."""


def archive_pages(days: Sequence[ArchiveDay], *, has_feeds: bool) -> Iterator[Page]:
    """Yield the pages for these days, which come oldest first; and feeds of the months."""
    by_month = _by_month(days)
    months = months_of(days)
    yield Page(
        path=INDEX,
        kind="archive",
        months=months,
        mark=repr([(month.path, month.entries) for month in months]),
        changed_at=_changed(days),
    )
    parts = [page for found in by_month for page in _month_pages(found)]
    yield from _linked(parts)
    if has_feeds:
        yield from _linked([_feed_of(page) for page in parts])
    yield from _linked([page for day in days for page in _day_pages(day)])


def months_of(days: Sequence[ArchiveDay]) -> tuple[Month, ...]:
    """Return the months of these days, newest first."""
    return tuple(_month(found) for found in reversed(_by_month(days)))


def _by_month(days: Sequence[ArchiveDay]) -> list[tuple[ArchiveDay, ...]]:
    return [tuple(found) for _, found in groupby(days, key=_month_of)]


def post_pages(days: Sequence[ArchiveDay], uids: Mapping[date, Sequence[str]]) -> Iterator[Page]:
    """Yield a page for each entry of these days; it changes when something in its day does."""
    for day in days:
        page = Page(
            path="",
            kind="post",
            stretch=Stretch(first=day.day, last=day.day),
            mark=f"{day.edition}",
            changed_at=day.changed_at,
        )
        for uid in uids.get(day.day, ()):
            yield replace(page, path=post_path(day.day, uid), uid=uid)


def _month_of(day: ArchiveDay) -> tuple[int, int]:
    return day.day.year, day.day.month


def _month(days: Sequence[ArchiveDay]) -> Month:
    first = days[0].day.replace(day=1)
    return Month(first=first, entries=sum(day.entries for day in days), path=_month_path(first, 1))


def _month_pages(days: Sequence[ArchiveDay]) -> Iterator[Page]:
    parts: list[list[ArchiveDay]] = [[]]
    held = 0
    for day in days:
        if held and held + day.entries > _OF_MONTH:
            parts.append([])
            held = 0
        parts[-1].append(day)
        held += day.entries
    for number, part in enumerate(parts, 1):
        stretch = Stretch(first=part[0].day, last=part[-1].day, part=number)
        yield _page("month", _month_path, stretch, part)


def _feed_of(page: Page) -> Page:
    """Return an archive document for the entries of a part of a month (RFC 5005, section 4)."""
    folder, _, name = page.path.rpartition("/")
    path = f"{folder}/{name.replace('index', 'atom', 1).removesuffix('html')}xml"
    return replace(page, path=path, kind="atom")


def _day_pages(day: ArchiveDay) -> Iterator[Page]:
    for number, skip in enumerate(range(0, day.entries, _OF_DAY), 1):
        stretch = Stretch(first=day.day, last=day.day, part=number, skip=skip, limit=_OF_DAY)
        yield _page("day", _day_path, stretch, (day,))


def _page(
    kind: Literal["month", "day"],
    path: Callable[[date, int], str],
    stretch: Stretch,
    days: Sequence[ArchiveDay],
) -> Page:
    return Page(
        path=path(stretch.first, stretch.part),
        kind=kind,
        stretch=stretch,
        mark=repr([(day.day.day, day.edition) for day in days]),
        changed_at=_changed(days),
    )


def _linked(pages: Sequence[Page]) -> Iterator[Page]:
    """Give each page its neighbours."""
    near = [_neighbour(page) for page in pages]
    for page, earlier, later in zip(pages, [None, *near], [*near[1:], None], strict=False):
        if page.stretch is not None:
            yield replace(page, stretch=replace(page.stretch, earlier=earlier, later=later))


def _neighbour(page: Page) -> Neighbour | None:
    stretch = page.stretch
    if stretch is None:
        return None
    return Neighbour(path=page.path, first=stretch.first, part=stretch.part)


def _changed(days: Sequence[ArchiveDay]) -> datetime | None:
    return max((day.changed_at for day in days if day.changed_at), default=None)


def _month_path(first: date, part: int) -> str:
    return f"{_folder(first)}/{_part('index', part)}.html"


def _day_path(day: date, part: int) -> str:
    return f"{_folder(day)}/{_part(f'{day.day:02}', part)}.html"


def _folder(day: date) -> str:
    return f"archive/{day.isoformat()[:7].replace('-', '/')}"


def _part(name: str, part: int) -> str:
    return name if part == 1 else f"{name}-{part}"
