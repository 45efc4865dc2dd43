"""Which entries of a stream a page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from ecliptic.model.page import Selection, Shown

_DAY = timedelta(seconds=86_400)


def window(entries: Iterable[Shown], selection: Selection) -> tuple[Shown, ...]:
    """Return the newest entries that ``selection`` asks for, newest first.

    ``entries`` comes newest first and is read no further than needed. Those of
    one moment are put in the operator's order of feeds, so that the answer does
    not depend on how the store breaks ties.

    The rules, in this order: a feed gives its newest ``feed_items``; the window
    ends when it holds ``limit`` entries, or ``days`` before the newest of them.
    """
    chosen: list[Shown] = []
    for shown in _capped(_by_moment(entries), selection.feed_items):
        if _is_past(shown.entry.shown_at, chosen, selection.days):
            break
        chosen.append(shown)
        if selection.limit and len(chosen) >= selection.limit:
            break
    return tuple(chosen)


def _by_moment(entries: Iterable[Shown]) -> Iterator[Shown]:
    """Order the entries of each moment by feed; inside a feed they stay as they come."""
    for _, moment in groupby(entries, key=lambda shown: shown.entry.shown_at):
        yield from sorted(moment, key=lambda shown: shown.feed.position)


def _capped(entries: Iterable[Shown], feed_items: int) -> Iterator[Shown]:
    """Leave out what a feed has beyond its newest ``feed_items``."""
    if not feed_items:
        yield from entries
        return
    given: Counter[int] = Counter()
    for shown in entries:
        given[shown.feed.id] += 1
        if given[shown.feed.id] <= feed_items:
            yield shown


def _is_past(moment: datetime, chosen: list[Shown], days: int) -> bool:
    if not days or not chosen:
        return False
    return chosen[0].entry.shown_at - moment > days * _DAY
