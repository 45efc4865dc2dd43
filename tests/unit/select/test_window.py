"""Which entries a page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.page import Selection, Shown
from ecliptic.select import window
from making import NOON
from rendering import make_feed, make_shown

ALL = Selection(limit=0)


def shown(number: int, feed: int = 1, *, hours: float = 0) -> Shown:
    """Return an entry of a feed, shown ``hours`` before noon."""
    at = NOON - timedelta(hours=hours)
    return make_shown(number, make_feed(feed), shown_at=at, position=number)


def uids(entries: Sequence[Shown]) -> list[str]:
    return [one.entry.uid for one in entries]


def test_window_when_limited_ends_there_and_reads_no_further() -> None:
    read: list[int] = []

    def stream() -> Iterator[Shown]:
        for number in range(1000):
            read.append(number)
            yield shown(number, hours=number)

    assert len(window(stream(), Selection(limit=10))) == 10
    assert len(read) <= 11


def test_window_when_unlimited_shows_all() -> None:
    assert len(window((shown(n, hours=n) for n in range(99)), ALL)) == 99


def test_window_when_counted_in_days_ends_whole_days_before_the_newest() -> None:
    entries = [shown(1), shown(2, hours=239.9), shown(3, hours=240), shown(4, hours=240.1)]
    assert uids(window(entries, Selection(limit=0, days=10))) == ["e1x1", "e1x2", "e1x3"]


def test_window_when_both_limits_are_set_keeps_both() -> None:
    entries = [shown(1), shown(2, hours=1), shown(3, hours=30)]
    assert uids(window(entries, Selection(limit=1, days=9))) == ["e1x1"]
    assert uids(window(entries, Selection(limit=9, days=1))) == ["e1x1", "e1x2"]


def test_window_when_a_feed_is_capped_gives_its_newest() -> None:
    entries = [shown(1), shown(2, hours=1), shown(3, hours=2), shown(1, 2, hours=3)]
    assert uids(window(entries, Selection(limit=9, feed_items=2))) == ["e1x1", "e1x2", "e2x1"]


def test_window_when_one_moment_is_at_the_limit_prefers_the_earlier_feed() -> None:
    tied = [shown(1, 5), shown(2, 1)]
    assert uids(window(tied, Selection(limit=1))) == ["e1x2"]
    assert uids(window(reversed(tied), Selection(limit=1))) == ["e1x2"]


entry_lists = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 60)),
    max_size=40,
)
selections = st.builds(
    Selection, limit=st.integers(0, 12), days=st.integers(0, 2), feed_items=st.integers(0, 4)
)


def stream_of(rows: Sequence[tuple[int, int]]) -> list[Shown]:
    """Return entries as a store streams them: newest first, ties by feed."""
    made = [shown(number, feed, hours=hours) for number, (feed, hours) in enumerate(rows)]
    return sorted(made, key=lambda one: (NOON - one.entry.shown_at, one.feed.id))


@given(entry_lists, selections)
def test_window_when_asked_anything_keeps_its_promises(
    rows: list[tuple[int, int]], selection: Selection
) -> None:
    chosen = window(stream_of(rows), selection)
    times = [one.entry.shown_at for one in chosen]
    assert times == sorted(times, reverse=True)
    assert len(set(uids(chosen))) == len(chosen)
    if selection.limit:
        assert len(chosen) <= selection.limit
    if selection.feed_items and chosen:
        assert max(Counter(one.feed.id for one in chosen).values()) <= selection.feed_items
    if selection.days and chosen:
        assert times[0] - times[-1] <= timedelta(days=selection.days)


@given(entry_lists, selections, st.randoms())
def test_window_when_the_store_breaks_ties_otherwise_is_the_same(
    rows: list[tuple[int, int]], selection: Selection, random: Random
) -> None:
    stream = stream_of(rows)
    other: list[Shown] = []
    for _, moment in groupby(stream, key=lambda one: one.entry.shown_at):
        feeds = [list(found) for _, found in groupby(moment, key=lambda one: one.feed.id)]
        random.shuffle(feeds)
        other += [one for feed in feeds for one in feed]
    assert uids(window(other, selection)) == uids(window(stream, selection))


@given(entry_lists, st.integers(1, 12))
def test_window_when_copies_are_inside_it_shows_the_earliest_feeds(
    rows: list[tuple[int, int]], limit: int
) -> None:
    stream = stream_of(rows)
    chosen = window(stream, Selection(limit=limit))
    end = chosen[-1].entry.shown_at if chosen else NOON
    for one in chosen:
        rivals = [
            rival.feed.position
            for rival in stream
            if (rival.entry.id, rival.entry.link) == (one.entry.id, one.entry.link)
            and rival.entry.shown_at > end
        ]
        assert all(one.feed.position <= rival for rival in rivals)


@given(entry_lists, st.integers(1, 12))
def test_window_when_limited_is_full_if_there_is_enough(
    rows: list[tuple[int, int]], limit: int
) -> None:
    stream = stream_of(rows)
    different = {(one.entry.id, one.entry.link) for one in stream}
    assert len(window(stream, Selection(limit=limit))) == min(limit, len(different))
