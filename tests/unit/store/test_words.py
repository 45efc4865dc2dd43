"""How the index of words stands: what is closed, what is late, and what moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.model.amendment import as_it_stands
from ecliptic.model.site import Subscription
from ecliptic.model.words import BLOCK, Indexed, Segment
from ecliptic.store import Store, open_store
from filtering import REASON
from making import NOON, make_change, make_entry

FEEDS = tuple(Subscription(url=f"https://blog{n}.example/feed") for n in (1, 2))
BOTH = {1, 2}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planet.sqlite") as opened:
        opened.subscribe(FEEDS)
        yield opened


def add(store: Store, first: int, count: int, *, feed_id: int = 1) -> None:
    entries = (make_entry(number, feed_id=feed_id) for number in range(first, first + count))
    store.apply(make_change(*entries, feed_id=feed_id))


def edit(store: Store, number: int) -> None:
    entry = make_entry(number, title="Edited", fingerprint=b"second")
    store.apply(make_change(entry))


def hide(store: Store, number: int) -> None:
    (entry,) = store.look_up(f"e1x{number}")
    store.amend([replace(as_it_stands(entry, 1), hidden=REASON)], NOON)


def spans(indexed: Indexed) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in indexed.segments]


def shown(store: Store, indexed: Indexed) -> set[int]:
    return {number for number, _ in store.words().entries(1, indexed.last, BOTH)}


def test_index_when_nothing_is_stored_is_empty(store: Store) -> None:
    assert store.words().bring_up(BOTH) == Indexed(
        edition=0, segments=(), first_new=1, last=0, late=(), blocks={}
    )


def test_index_when_few_come_closes_nothing_and_moves_their_blocks_alone(store: Store) -> None:
    add(store, 1, 100)
    before = store.words().bring_up(BOTH)
    assert (before.segments, before.first_new, before.last) == ((), 1, 100)
    assert store.words().bring_up(BOTH) == before
    add(store, 101, 1)
    after = store.words().bring_up(BOTH)
    assert after.edition == before.edition + 1
    moved = {block for block, edition in after.blocks.items() if edition == after.edition}
    assert moved == {101 // BLOCK}


def test_index_when_many_come_closes_what_is_full(store: Store) -> None:
    add(store, 1, 9_500)
    indexed = store.words().bring_up(BOTH)
    assert spans(indexed) == [(1, 8_192), (8_193, 9_216), (9_217, 9_472)]
    assert (indexed.first_new, indexed.last, indexed.late) == (9_473, 9_500, ())
    add(store, 9_501, 7_000)
    later = store.words().bring_up(BOTH)
    assert spans(later) == [(1, 8_192), (8_193, 16_384)]
    assert later.segments[0] == indexed.segments[0]


def test_index_when_an_old_entry_changes_or_hides_then_it_is_late(store: Store) -> None:
    add(store, 1, 1_100)
    before = store.words().bring_up(BOTH)
    edit(store, 3)
    hide(store, 5)
    after = store.words().bring_up(BOTH)
    assert after.late == (3, 5)
    assert after.segments == before.segments
    assert shown(store, after) == set(range(1, 1_101)) - {5}
    assert [number for number, _ in store.words().some(after.late, BOTH)] == [3]
    assert [number for number, _ in store.words().times(1, 9, BOTH)] == [1, 2, 3, 4, 6, 7, 8, 9]


def test_index_when_too_many_are_late_then_a_segment_is_built_again(store: Store) -> None:
    add(store, 1, 2_100)
    before = store.words().bring_up(BOTH)
    edited = [make_entry(number, fingerprint=b"second") for number in range(1, 251)]
    edited += [make_entry(number, fingerprint=b"second") for number in range(1_100, 1_120)]
    store.apply(make_change(*edited))
    after = store.words().bring_up(BOTH)
    assert after.segments[0] == Segment(first=1, last=1_024, built=after.edition)
    assert after.segments[1] == before.segments[1]
    assert after.late == tuple(range(1_100, 1_120))


def test_index_when_a_feed_goes_then_its_entries_are_gone(store: Store) -> None:
    add(store, 1, 10)
    add(store, 1, 10, feed_id=2)
    before = store.words().bring_up(BOTH)
    after = store.words().bring_up({1})
    assert after.edition == before.edition + 1
    assert [number for number, _ in store.words().entries(1, 99, {1})] == list(range(1, 11))
    assert store.words().bring_up(BOTH).edition == after.edition + 1


def test_index_when_checks_bring_nothing_does_not_move(store: Store) -> None:
    add(store, 1, 10)
    before = store.words().bring_up(BOTH)
    store.apply(make_change(feed_id=1))
    assert store.words().bring_up(BOTH) == before
