"""A feed keeps its row when its address changes, and older state files learn of moves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ecliptic.model.entry import Reason
from ecliptic.model.feed import FetchState
from ecliptic.model.move import Move
from ecliptic.model.site import Subscription
from ecliptic.store import Store, open_store
from ecliptic.store.sqlite.migrate import APPLICATION_ID, migrations
from ecliptic.store.sqlite.queries import queries
from making import NOON, make_change, make_entry

OLD, NEW, LAST = (f"https://{name}.example/feed" for name in ("old", "new", "last"))
MOVED = Move(adopted=NEW, reason=Reason(code="decide.moved", at=NOON, params={"url": NEW}))


def feed(url: str, **fields: str) -> Subscription:
    return Subscription(url=url, **fields)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planet.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        opened.subscribe([feed(OLD, name="Ada"), feed(LAST)])
        opened.apply(make_change(make_entry(1), fetch=FetchState(etag='"1"', move=MOVED)))
        yield opened


def subscribed(store: Store, *urls: str) -> list[tuple[int, str, int]]:
    """Subscribe to ``urls`` and return id, address and number of entries of each feed."""
    store.subscribe([feed(url) for url in urls])
    return [(each.id, each.url, each.entries) for each in store.feeds()]


def test_move_when_stored_then_it_comes_back(store: Store) -> None:
    move = Move(
        target=NEW, since=NOON, seen_at=NOON + timedelta(days=1), sightings=2, is_same=True,
        adopted=LAST, reason=MOVED.reason, lost_since=NOON, is_other=True,
        left=OLD, refused=NEW, former=OLD,
    )  # fmt: skip
    store.apply(make_change(fetch=FetchState(move=move)))
    assert store.feeds()[0].fetch.move == move
    assert store.feeds()[1].fetch.move == Move()


def test_subscribe_when_the_new_address_is_listed_then_the_feed_keeps_its_row(store: Store) -> None:
    assert subscribed(store, NEW, LAST) == [(1, NEW, 1), (2, LAST, 0)]
    (known, _) = store.feeds()
    assert known.fetch.etag == '"1"'
    assert known.fetch.move == Move(former=OLD)
    assert [entry.uid for entry in store.newest()] == ["e1x1"]


def test_subscribe_when_the_old_address_returns_then_so_does_the_feed(store: Store) -> None:
    subscribed(store, NEW)
    assert subscribed(store, OLD, LAST) == [(1, OLD, 1), (2, LAST, 0)]


@pytest.mark.parametrize(
    ("move", "is_known"),
    [
        (Move(target=NEW, since=NOON, is_same=True), True),
        (Move(target=NEW, since=NOON), False),
        (Move(left=NEW), True),
        (Move(refused=NEW), False),
        (Move(), False),
    ],
)
def test_subscribe_when_the_address_is_not_adopted_then_it_must_have_been_the_feed(
    store: Store, move: Move, *, is_known: bool
) -> None:
    store.apply(make_change(fetch=FetchState(move=move)))
    assert (subscribed(store, NEW)[0][0] == 1) is is_known


def test_subscribe_when_both_addresses_are_listed_then_they_are_two_feeds(store: Store) -> None:
    assert subscribed(store, OLD, NEW) == [(1, OLD, 1), (3, NEW, 0)]
    assert subscribed(store, NEW) == [(3, NEW, 0)]
    assert subscribed(store, OLD, NEW) == [(1, OLD, 1), (3, NEW, 0)]


def test_subscribe_when_an_earlier_feed_had_the_address_then_no_entry_is_lost(store: Store) -> None:
    subscribed(store, OLD, NEW)
    store.apply(make_change(make_entry(2, feed_id=3), feed_id=3))
    subscribed(store, OLD)
    assert subscribed(store, NEW) == [(1, NEW, 1)]
    assert subscribed(store, NEW, OLD) == [(1, NEW, 1), (3, OLD, 1)]


def test_subscribe_when_two_feeds_moved_to_one_address_then_the_first_takes_it(
    store: Store,
) -> None:
    store.apply(make_change(feed_id=2, fetch=FetchState(move=MOVED)))
    assert subscribed(store, NEW) == [(1, NEW, 1)]


def test_subscribe_when_two_feeds_change_names_then_both_stay(store: Store) -> None:
    store.apply(make_change(fetch=FetchState(move=Move(adopted=LAST))))
    assert subscribed(store, LAST) == [(2, LAST, 0)]
    assert subscribed(store, OLD, LAST) == [(1, OLD, 1), (2, LAST, 0)]


def test_share_entries_when_a_new_one_is_in_both_then_yes(store: Store) -> None:
    assert not store.share_entries(1, 2)
    store.apply(make_change(make_entry(2, feed_id=2), feed_id=2))
    assert not store.share_entries(1, 2)
    store.apply(make_change(make_entry(1, feed_id=2), feed_id=2))
    assert store.share_entries(1, 2)
    assert store.share_entries(2, 1)


@pytest.mark.parametrize(("name", "values"), [("share_entries", (1, 2, 1, 2)), ("place", (OLD,))])
def test_query_when_planned_then_it_reads_no_more_than_it_needs(
    store: Store, path: Path, name: str, values: tuple[object, ...]
) -> None:
    del store
    connection = sqlite3.connect(path)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {queries()[name]}", values)]
    connection.close()
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
    assert not [step for step in plan if step.startswith(("SCAN entry", "SCAN feed"))], plan


def test_open_when_the_file_is_of_the_second_version_then_its_feeds_have_not_moved(
    path: Path,
) -> None:
    old = sqlite3.connect(path)
    for number, script in migrations()[:2]:
        old.executescript(f"{script}; PRAGMA user_version = {number};")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute(
        "INSERT INTO feed (url, position, name, etag, entries) VALUES (?, 0, 'A', 'e', 7)",
        (OLD,),
    )
    old.commit()
    old.close()
    with open_store(path) as store:
        (known,) = store.feeds()
        assert (known.url, known.name, known.fetch.etag, known.entries) == (OLD, "A", "e", 7)
        assert known.fetch.move == Move()
        store.apply(make_change(fetch=FetchState(move=MOVED)))
    with open_store(path) as store:
        assert store.feeds()[0].fetch.move == MOVED
        assert store.feeds()[0].asked_url == NEW
