"""Answers to filters that are kept from run to run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import FeedInfo
from ecliptic.model.page import Selection
from ecliptic.model.site import Subscription
from ecliptic.store import Store, open_store
from filtering import REASON
from making import NOON, make_change, make_entry

FEEDS = tuple(Subscription(url=f"https://blog{n}.example/feed", name=f"Blog {n}") for n in (1, 2))
POSTS = Selection(filter="title:post", limit=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planet.sqlite") as opened:
        opened.subscribe(FEEDS)
        yield opened


def add(store: Store, *numbers: int, feed_id: int = 1, title: str = "Post") -> None:
    entries = [make_entry(n, feed_id=feed_id, title=f"{title} {n}") for n in numbers]
    store.apply(make_change(*entries, feed_id=feed_id, at=NOON - timedelta(hours=min(numbers))))


def shown(store: Store, selection: Selection = POSTS) -> list[str]:
    store.searches().keep([selection], NOON)
    return [entry.uid for entry in islice(store.searches().newest(selection), selection.limit)]


def test_answer_when_entries_come_then_the_newest_that_are_taken_are_in_it(store: Store) -> None:
    assert shown(store) == []
    add(store, 5, 6, 7, 8)
    add(store, 2, title="Other")
    assert shown(store) == ["e1x5", "e1x6", "e1x7"]
    add(store, 1, feed_id=2)
    assert shown(store) == ["e2x1", "e1x5", "e1x6"]


def test_answer_when_its_entries_are_hidden_then_older_ones_take_their_places(store: Store) -> None:
    add(store, *range(1, 9))
    assert shown(store) == ["e1x1", "e1x2", "e1x3"]
    hidden = [
        replace(as_it_stands(make_entry(number), 1), hidden=REASON) for number in (1, 2, 3, 5)
    ]
    store.amend(hidden, NOON)
    assert shown(store) == ["e1x4", "e1x6", "e1x7"]


def test_answer_when_an_entry_is_edited_then_it_comes_or_goes(store: Store) -> None:
    add(store, *range(1, 9))
    before = shown(store)
    store.apply(make_change(make_entry(2, title="Other", fingerprint=b"second")))
    assert shown(store) == ["e1x1", "e1x3", "e1x4"]
    store.apply(make_change(make_entry(2, title="Post", fingerprint=b"third")))
    assert shown(store) == before


def test_answer_when_feeds_come_and_go_then_only_shown_ones_are_in_it(store: Store) -> None:
    add(store, 1, 3, 5, feed_id=1)
    add(store, 2, 4, 6, feed_id=2)
    assert shown(store) == ["e1x1", "e2x2", "e1x3"]
    store.subscribe([FEEDS[0], replace(FEEDS[1], hidden=True)])
    assert shown(store) == ["e1x1", "e1x3", "e1x5"]
    store.subscribe(FEEDS)
    assert shown(store) == ["e1x1", "e2x2", "e1x3"]


def test_answer_when_a_feed_is_called_otherwise_then_its_filter_is_asked_anew(store: Store) -> None:
    add(store, 1, 2)
    of_ada = Selection(filter='feed:"Ada"', limit=3)
    assert shown(store, of_ada) == []
    store.subscribe([replace(FEEDS[0], name="Ada"), FEEDS[1]])
    assert shown(store, of_ada) == ["e1x1", "e1x2"]
    store.apply(replace(make_change(feed_id=1), info=FeedInfo(language="de")))
    assert shown(store, Selection(filter="lang:de", limit=3)) == ["e1x1", "e1x2"]


def test_mark_when_what_a_page_shows_stays_the_same_then_it_stays_too(store: Store) -> None:
    add(store, 4, 5, 6, 7)
    before = store.searches().keep([POSTS], NOON)[POSTS]
    add(store, 1, title="Other")
    add(store, 9)
    assert store.searches().keep([POSTS], NOON)[POSTS] == before
    add(store, 2)
    after = store.searches().keep([POSTS], NOON)[POSTS]
    assert after.mark != before.mark
    assert (before.changed_at, after.changed_at) == (
        NOON - timedelta(hours=4), NOON - timedelta(hours=2)
    )  # fmt: skip


def test_mark_when_an_entry_is_only_cleaned_anew_then_its_page_is_but_has_no_news(
    store: Store,
) -> None:
    add(store, 4, 5, 6, 7)
    before = store.searches().keep([POSTS], NOON)[POSTS]
    cleaned = make_change(make_entry(5, policy="2"), at=NOON)
    store.apply(replace(cleaned, check=replace(cleaned.check, new=0)))
    after = store.searches().keep([POSTS], NOON)[POSTS]
    assert (after.mark != before.mark, after.changed_at) == (True, before.changed_at)


def test_days_when_they_are_limited_then_entries_before_them_change_nothing(store: Store) -> None:
    one_day = Selection(filter="title:post", limit=0, days=1)
    add(store, 1, 20, 30)
    before = store.searches().keep([one_day], NOON)[one_day]
    add(store, 40)
    assert store.searches().keep([one_day], NOON)[one_day] == before
    add(store, 10)
    assert store.searches().keep([one_day], NOON)[one_day] != before


def test_search_when_it_is_not_asked_any_more_then_it_is_forgotten(
    store: Store,
) -> None:
    add(store, 1)
    assert shown(store) == ["e1x1"]
    assert store.searches().keep([], NOON) == {}
    assert list(store.searches().newest(POSTS)) == []


def test_search_when_nothing_changed_then_nothing_is_written(store: Store, tmp_path: Path) -> None:
    add(store, *range(1, 9))
    shown(store)
    wal = tmp_path / "planet.sqlite-wal"
    before = wal.stat().st_size
    assert shown(store) == ["e1x1", "e1x2", "e1x3"]
    assert wal.stat().st_size == before


def test_search_when_a_list_grows_then_it_is_cut_and_still_right(store: Store) -> None:
    for number in range(100, 0, -1):
        add(store, number)
        newest = shown(store)
    assert newest == ["e1x1", "e1x2", "e1x3"]
    assert len(list(store.searches().newest(POSTS))) <= POSTS.limit * 8 + 1
    hidden = [replace(as_it_stands(make_entry(n), 1), hidden=REASON) for n in range(1, 50)]
    store.amend(hidden, NOON)
    assert shown(store) == ["e1x50", "e1x51", "e1x52"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), limit=st.sampled_from((1, 3, 10, 0)))
def test_answer_whatever_happens_is_what_a_search_of_everything_finds(
    tmp_path_factory: pytest.TempPathFactory, seed: int, limit: int
) -> None:
    random = Random(seed)
    asked = Selection(filter='title:post and not feed:"Blog 2" or title:other', limit=limit)
    with open_store(tmp_path_factory.mktemp("any") / "planet.sqlite") as store:
        store.subscribe(FEEDS)
        for _ in range(12):
            _anything(random, store)
            store.searches().keep([asked], NOON)
            kept = [entry.uid for entry in store.searches().newest(asked)]
            found = [entry.uid for entry in store.find(asked.filter, now=NOON, shown=True)]
            assert kept[: limit or None] == found[: limit or None]


def _anything(random: Random, store: Store) -> None:
    """Let one thing happen that pages can see, or several at once."""
    feed_id = random.choice((1, 2))
    match random.choice(("write", "write", "write", "hide", "subscribe")):
        case "write":
            entries = {
                number: make_entry(
                    number,
                    feed_id=feed_id,
                    title=random.choice(("Post", "Other", "Third")),
                    hidden=random.choice((None, None, REASON)),
                    shown_at=NOON - timedelta(hours=random.randrange(30)),
                )
                for number in random.choices(range(20), k=4)
            }
            store.apply(make_change(*entries.values(), feed_id=feed_id))
        case "hide":
            entries_of = list(store.all_of(feed_id))
            chosen = random.sample(entries_of, len(entries_of) // 2)
            hidden = random.choice((None, REASON))
            store.amend([replace(as_it_stands(e, feed_id), hidden=hidden) for e in chosen], NOON)
        case _:
            hides = random.choice((True, False))
            store.subscribe([FEEDS[0], replace(FEEDS[1], hidden=hides)][: random.choice((1, 2, 2))])
