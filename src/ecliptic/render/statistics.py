"""What the template of the statistics sees: counts, and lines that show how they go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from ecliptic.model.feed import FeedState
from ecliptic.model.paths import term_folder
from ecliptic.model.statistics import Statistics
from ecliptic.model.terms import TAXONOMIES, Term
from ecliptic.render.dates import Dates
from ecliptic.render.interface import noted
from ecliptic.render.terms import HEADINGS
from ecliptic.render.view import Views

_WIDTH: Final = 120
_HEIGHT: Final = 24
_CHART: Final = 36
"""Months that the chart has at most, a bar for each."""

_NARROWEST: Final = 12
_TALLEST: Final = 100


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A month of the chart, by its ``place`` from the first; ``height`` is at most 100."""

    path: str
    heading: str
    entries: int
    height: int
    place: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or term: where its entries are, how many, and how many in each recent month.

    ``line`` is the data of an SVG path, 120 wide and 24 high.
    """

    name: str
    path: str
    entries: int
    recent: tuple[int, ...]
    line: str
    language: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one kind, those with most entries first."""

    heading: str
    name: str
    rows: tuple[Row, ...]


def statistics_context(
    found: Statistics, feeds: Sequence[FeedState], views: Views, dates: Dates, root: str
) -> dict[str, object]:
    """Return what the page of statistics is made of."""
    newest = found.months[0].first if found.months else date.min
    charted = [month for month in reversed(found.months) if _between(month.first, newest) < _CHART]
    tallest = max((month.entries for month in charted), default=1)
    bars = [
        Bar(
            path=root + month.path,
            heading=dates.month(month.first),
            entries=month.entries,
            height=max(1, round(_TALLEST * month.entries / tallest)),
            place=_between(charted[0].first, month.first),
        )
        for month in charted
    ]
    return {
        "posts": sum(month.entries for month in found.months),
        "bars": bars,
        "width": max(_NARROWEST, 1 + bars[-1].place) if bars else 0,
        "groups": list(_groups(found, feeds, views, root)),
    }


def _between(earlier: date, later: date) -> int:
    """Return how many months lie between two."""
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def _groups(
    found: Statistics, feeds: Sequence[FeedState], views: Views, root: str
) -> Iterator[Group]:
    rows = [_of_feed(feed, found, views) for feed in feeds]
    yield Group(heading=noted("Feeds"), name="feeds", rows=_ordered(rows))
    for taxonomy in TAXONOMIES:
        terms = [term for term in found.listed if term.name.taxonomy == taxonomy]
        if terms:
            rows = [_of_term(term, found, root) for term in terms]
            yield Group(heading=HEADINGS[taxonomy], name=taxonomy, rows=_ordered(rows))


def _ordered(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: -row.entries))


def _of_feed(feed: FeedState, found: Statistics, views: Views) -> Row:
    view = views.feed(feed)
    recent = found.feeds.get(feed.id, ())
    shown = feed.entries - sum(feed.hidden.values())
    return Row(name=view.name, path=view.path, entries=shown, recent=recent, line=sparkline(recent))


def _of_term(term: Term, found: Statistics, root: str) -> Row:
    recent = found.terms.get(term.row, ())
    return Row(
        name=term.name.name,
        path=f"{root}{term_folder(term.name)}/index.html",
        entries=term.entries,
        recent=recent,
        line=sparkline(recent),
        language=term.name.key if term.name.taxonomy == "languages" else "",
    )


def sparkline(counts: Sequence[int]) -> str:
    """Return the data of an SVG path that goes from count to count; ``""`` for fewer than two."""
    if len(counts) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    tallest, step = max(*counts, 1), _WIDTH / (len(counts) - 1)
    points = (
        f"{round(place * step, 1):g} {round(_HEIGHT - 1 - (_HEIGHT - 2) * count / tallest, 1):g}"
        for place, count in enumerate(counts)
    )
    return "M" + "L".join(points)
