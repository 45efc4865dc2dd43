"""What the templates of the archive see."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from ecliptic.model.archive import Month, Neighbour
from ecliptic.model.page import Page, Shown
from ecliptic.render.dates import Dates
from ecliptic.render.view import Views


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Another page of the archive: its address seen from this one, and what it is called."""

    path: str
    heading: str


class MonthView(msgspec.Struct, frozen=True, kw_only=True):
    """A month that has entries, in the list of all."""

    path: str
    heading: str
    entries: int


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """A year that has entries, and its months, newest first."""

    year: int
    entries: int
    months: tuple[MonthView, ...]


def archive_context(
    page: Page, entries: Sequence[Shown], views: Views, dates: Dates, root: str
) -> dict[str, object]:
    """Return what a page of the archive is made of, beside what all pages have."""
    stretch = page.stretch
    if stretch is None:
        return {"years": _years(page.months, dates, root)}
    is_month = page.kind == "month"
    days = views.days(entries)
    return {
        "heading": dates.month(stretch.first) if is_month else dates.of_day(stretch.first),
        "date": stretch.first.isoformat(),
        "part": stretch.part,
        "days": days,
        "month": Link(
            path=f"{root}archive/{stretch.first.isoformat()[:7].replace('-', '/')}/index.html",
            heading=dates.month(stretch.first),
        ),
        "earlier": _link(stretch.earlier, dates, root, is_month=is_month),
        "later": _link(stretch.later, dates, root, is_month=is_month),
    }


def _link(neighbour: Neighbour | None, dates: Dates, root: str, *, is_month: bool) -> Link | None:
    if neighbour is None:
        return None
    heading = dates.month(neighbour.first) if is_month else dates.of_day(neighbour.first)
    if neighbour.part > 1:
        heading = f"{heading} ({neighbour.part})"
    return Link(path=root + neighbour.path, heading=heading)


def _years(months: Sequence[Month], dates: Dates, root: str) -> tuple[YearView, ...]:
    years = groupby(months, key=lambda month: month.first.year)
    return tuple(_year(year, tuple(found), dates, root) for year, found in years)


def _year(year: int, months: Sequence[Month], dates: Dates, root: str) -> YearView:
    return YearView(
        year=year,
        entries=sum(month.entries for month in months),
        months=tuple(
            MonthView(
                path=root + month.path,
                heading=dates.month_name(month.first),
                entries=month.entries,
            )
            for month in months
        ),
    )
