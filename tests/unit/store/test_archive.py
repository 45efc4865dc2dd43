"""The days that have entries, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.model.amendment import as_it_stands
from ecliptic.model.archive import ArchiveDay, Stretch
from ecliptic.model.site import Subscription
from ecliptic.store import Store, open_store
from filtering import REASON
from making import NOON, make_change, make_entry

FEEDS = tuple(Subscription(url=f"https://blog{n}.example/feed") for n in (1, 2))
FACES = {1: "one", 2: "two"}
DAY = timedelta(days=1)
TODAY, YESTERDAY = NOON.date(), NOON.date() - DAY


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planet.sqlite") as opened:
        opened.subscribe(FEEDS)
        yield opened


def in_utc(time: datetime) -> date:
    return time.astimezone(UTC).date()


def days(store: Store, faces: dict[int, str] | None = None) -> dict[date, ArchiveDay]:
    found = store.archive().bring_up("UTC", FACES if faces is None else faces, in_utc)
    return {day.day: day for day in found}


def counts(store: Store, faces: dict[int, str] | None = None) -> dict[date, int]:
    return {day: found.entries for day, found in days(store, faces).items()}


def changed(before: dict[date, ArchiveDay], after: dict[date, ArchiveDay]) -> set[date]:
    return {day for day in before.keys() | after.keys() if before.get(day) != after.get(day)}


def add(store: Store, number: int, *, feed_id: int = 1, ago: int = 0, at: datetime = NOON) -> None:
    entry = make_entry(number, feed_id=feed_id, shown_at=NOON - ago * DAY)
    store.apply(make_change(entry, feed_id=feed_id, at=at))


def test_days_when_entries_come_then_they_are_counted(store: Store) -> None:
    assert counts(store) == {}
    for number, ago in ((1, 0), (2, 0), (3, 1), (4, 400)):
        add(store, number, ago=ago)
    assert counts(store) == {TODAY: 2, YESTERDAY: 1, (NOON - 400 * DAY).date(): 1}
    assert list(days(store)) == sorted(days(store))


def test_counts_when_asked_for_have_each_feed_from_each_bound_to_the_next(store: Store) -> None:
    for number, ago in enumerate((0, 10, 11, 30)):
        add(store, number, ago=ago)
    add(store, 9, feed_id=2, ago=5)
    entry = make_entry(10, shown_at=NOON - 5 * DAY, hidden=REASON)
    store.apply(make_change(entry))
    bounds = [NOON - days * DAY for days in (30, 10, 0)]
    assert store.archive().counts(bounds) == {1: (2, 1), 2: (0, 1)}


def test_days_when_an_entry_is_added_then_no_other_day_moves(store: Store) -> None:
    for number in range(5):
        add(store, number, ago=number)
    before = days(store)
    assert days(store) == before
    add(store, 9, feed_id=2, ago=3, at=NOON + DAY)
    after = days(store)
    assert changed(before, after) == {TODAY - 3 * DAY}
    assert after[TODAY - 3 * DAY].changed_at == NOON + DAY


def test_days_when_an_entry_is_hidden_and_shown_again_then_its_day_follows(store: Store) -> None:
    add(store, 1)
    add(store, 2, ago=1)
    before = days(store)
    entry = make_entry(2, shown_at=NOON - DAY)
    store.amend([replace(as_it_stands(entry, 1), hidden=REASON)], NOON)
    hidden = days(store)
    assert counts(store) == {TODAY: 1}
    assert changed(before, hidden) == {YESTERDAY}
    store.amend([as_it_stands(entry, 1)], NOON)
    assert counts(store) == {TODAY: 1, YESTERDAY: 1}
    assert days(store)[YESTERDAY].edition > before[YESTERDAY].edition


def test_days_when_an_entry_is_edited_or_moves_then_the_days_it_touches_move(store: Store) -> None:
    for number in (1, 2, 3):
        add(store, number, ago=number)
    before = days(store)
    edited = make_entry(2, shown_at=NOON - 2 * DAY, fingerprint=b"second", title="Edited")
    store.apply(make_change(edited))
    assert changed(before, days(store)) == {TODAY - 2 * DAY}
    before = days(store)
    store.amend([replace(as_it_stands(edited, 1), shown_at=NOON)], NOON)
    assert changed(before, days(store)) == {TODAY - 2 * DAY, TODAY}
    assert counts(store) == {TODAY: 1, YESTERDAY: 1, TODAY - 3 * DAY: 1}


def test_days_when_feeds_come_and_go_then_their_entries_do_too(store: Store) -> None:
    add(store, 1)
    add(store, 2, feed_id=2, ago=1)
    assert counts(store, {1: "one"}) == {TODAY: 1}
    assert counts(store, FACES) == {TODAY: 1, YESTERDAY: 1}
    assert counts(store, {2: "two"}) == {YESTERDAY: 1}


def test_days_when_a_feed_has_another_name_then_only_its_days_move(store: Store) -> None:
    add(store, 1)
    add(store, 2, feed_id=2, ago=1)
    before = days(store)
    assert changed(before, days(store, {1: "one", 2: "another"})) == {YESTERDAY}


def test_days_when_the_zone_is_another_one_then_all_are_counted_anew(store: Store) -> None:
    add(store, 1)
    assert list(days(store)) == [TODAY]
    far = timezone(timedelta(hours=13))
    found = store.archive().bring_up("far", FACES, lambda time: time.astimezone(far).date())
    assert [day.day for day in found] == [TODAY + DAY]
    assert counts(store) == {TODAY: 1}


def test_days_when_nothing_changed_then_nothing_is_written(store: Store, tmp_path: Path) -> None:
    add(store, 1)
    before = days(store)
    wal = tmp_path / "planet.sqlite-wal"
    size = wal.stat().st_size
    assert days(store) == before
    assert wal.stat().st_size == size


def test_entries_when_a_page_asks_then_they_come_oldest_first_and_in_parts(store: Store) -> None:
    for number in range(5):
        entry = make_entry(number, shown_at=NOON - timedelta(minutes=number))
        store.apply(make_change(entry))
    add(store, 9, ago=1)
    days(store)

    def uids(limit: int = 0, skip: int = 0) -> list[str]:
        asked = Stretch(first=TODAY, last=TODAY, limit=limit, skip=skip)
        return [entry.uid for entry in store.archive().entries(asked)]

    assert uids() == ["e1x4", "e1x3", "e1x2", "e1x1", "e1x0"]
    assert uids(limit=2) == ["e1x4", "e1x3"]
    assert uids(limit=2, skip=4) == ["e1x0"]
    both = store.archive().entries(Stretch(first=YESTERDAY, last=TODAY))
    assert next(both).uid == "e1x9"
