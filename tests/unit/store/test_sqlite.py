from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.errors import Busy, SchemaMismatch, StoreError
from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import FeedInfo, Reason
from ecliptic.model.feed import Check, FetchState
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person
from ecliptic.model.site import Subscription
from ecliptic.store import Store, open_known, open_store, run_lock
from ecliptic.store.sqlite.migrate import migrations
from ecliptic.store.sqlite.queries import queries
from making import NOON, make_change, make_entry

FEEDS = tuple(Subscription(url=f"https://blog{n}.example/feed") for n in (1, 2, 3))
HIDDEN = Reason(code="decide.back_catalogue", at=NOON, params={"limit": 1, "count": 9})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planet.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        opened.subscribe(FEEDS)
        yield opened


def test_subscribe_when_the_order_changes_then_feeds_follow_and_keep_what_they_know(
    store: Store,
) -> None:
    store.apply(make_change(make_entry(1), feed_id=1))
    store.subscribe((FEEDS[2], FEEDS[0]))
    assert [feed.url for feed in store.feeds()] == [FEEDS[2].url, FEEDS[0].url]
    assert store.feeds()[1].fetch.etag == '"1"'
    assert store.feeds()[1].entries == 1


def test_unsubscribed_feed_when_it_returns_then_its_entries_do_too(store: Store) -> None:
    store.apply(make_change(make_entry(1)))
    store.subscribe(FEEDS[1:])
    assert list(store.newest()) == []
    store.subscribe(FEEDS)
    assert len(list(store.newest())) == 1


def test_entry_when_stored_then_it_comes_back_as_it_was(store: Store) -> None:
    entry = make_entry(
        authors=(Person(name="Ada", email="ada@blog.example"),),
        categories=(Category(term="python"),),
        enclosures=(Enclosure(url="https://blog.example/a.mp3", type="audio/mpeg", length=9),),
        source=EntrySource(title="Elsewhere"),
        updated=NOON + timedelta(microseconds=1),
        language="en",
        rights="CC0",
        comments="https://blog.example/1#c",
        image="https://blog.example/1.png",
        notes=(Reason(code="decide.first_seen", at=NOON),),
    )
    store.apply(make_change(entry))
    assert list(store.newest()) == [entry]
    assert list(store.newest(1)) == [entry]


def test_apply_twice_then_it_is_once(store: Store) -> None:
    change = make_change(make_entry(1), make_entry(2, hidden=HIDDEN))
    store.apply(change)
    store.apply(change)
    (feed, *_) = store.feeds()
    assert (feed.entries, feed.hidden) == (2, {"decide.back_catalogue": 1})
    assert len(list(store.newest())) == 1


def test_apply_when_an_entry_is_shown_again_then_the_counts_follow(store: Store) -> None:
    store.apply(make_change(make_entry(1, hidden=HIDDEN)))
    store.apply(make_change(make_entry(1)))
    assert store.feeds()[0].hidden == {}
    assert len(list(store.newest())) == 1


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_open_when_the_file_is_new_then_it_and_its_journals_are_its_owners_alone(
    tmp_path: Path, umask: int
) -> None:
    path = tmp_path / "private.sqlite"
    before = os.umask(umask)
    try:
        with open_store(path) as store:
            store.subscribe([Subscription(url="https://blog.example/feed")])
            modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob("private*")}
    finally:
        os.umask(before)
    names = ("private.sqlite", "private.sqlite-shm", "private.sqlite-wal")
    assert modes == dict.fromkeys(names, 0o600)


def test_open_when_the_file_is_there_then_its_mode_is_the_operators(
    store: Store, path: Path
) -> None:
    store.close()
    path.chmod(0o640)
    open_store(path).close()
    assert path.stat().st_mode & 0o777 == 0o640


def test_apply_when_it_breaks_off_then_nothing_of_it_stays(store: Store) -> None:
    broken = make_change(make_entry(1), make_entry(2, title=object()))
    with pytest.raises(StoreError):
        store.apply(broken)
    assert store.feeds()[0].fetch.etag == ""
    assert list(store.newest()) == []
    assert store.checks(1) == []


def test_apply_when_several_feeds_are_given_then_all_or_none_is_written(store: Store) -> None:
    store.apply(make_change(make_entry(1)), make_change(make_entry(1, feed_id=2), feed_id=2))
    assert [len(store.checks(feed_id)) for feed_id in (1, 2)] == [1, 1]
    broken = make_change(make_entry(2, feed_id=2, title=object()), feed_id=2)
    with pytest.raises(StoreError):
        store.apply(make_change(make_entry(2)), broken)
    assert [len(store.checks(feed_id)) for feed_id in (1, 2)] == [1, 1]
    assert [entry.uid for entry in store.newest()] == ["e1x1", "e2x1"]


def test_newest_when_dates_are_equal_then_order_is_by_feed_then_as_published(
    store: Store,
) -> None:
    later = NOON + timedelta(hours=1)
    store.apply(make_change(make_entry(2, feed_id=2, shown_at=NOON), feed_id=2))
    store.apply(make_change(make_entry(1, shown_at=NOON), make_entry(0, shown_at=NOON)))
    store.apply(make_change(make_entry(7, first_seen_at=later, shown_at=NOON), at=later))
    assert [entry.uid for entry in store.newest()] == ["e1x7", "e1x0", "e1x1", "e2x2"]


def test_revision_when_nothing_is_written_then_it_stands_still(store: Store) -> None:
    store.apply(make_change(make_entry(1)))
    before = store.revision()
    store.apply(make_change())
    assert store.revision() == before
    assert store.changed_at() == NOON


def test_changed_at_when_only_hidden_or_recleaned_entries_came_then_it_stays(
    store: Store,
) -> None:
    store.apply(make_change(make_entry(1)))
    later = NOON + timedelta(days=1)
    store.apply(make_change(make_entry(2, hidden=HIDDEN), at=later))
    cleaned = make_change(make_entry(1), at=later, check=Check(at=later, code="fetch.ok"))
    store.apply(cleaned)
    assert store.changed_at() == NOON


def test_checks_when_there_are_many_then_only_the_last_are_kept(store: Store) -> None:
    for hour in range(60):
        at = NOON + timedelta(hours=hour)
        store.apply(make_change(at=at))
    kept = store.checks(1)
    assert len(kept) == 24
    assert kept[0].at == NOON + timedelta(hours=59)
    assert kept == sorted(kept, key=lambda check: check.at, reverse=True)


def test_last_checks_when_ledgers_are_full_then_the_newest_three_of_each(store: Store) -> None:
    for hour in range(26):
        at = NOON + timedelta(hours=hour)
        line = Check(at=at, code="fetch.ok", why="decide.forced", next_at=at + timedelta(days=1))
        store.apply(make_change(at=at, check=line))
    store.apply(make_change(feed_id=2))
    last = store.last_checks()
    assert [len(last[feed_id]) for feed_id in (1, 2)] == [3, 1]
    for feed_id in (1, 2):
        assert list(last[feed_id]) == store.checks(feed_id)[:3]
    store.subscribe([])
    assert store.last_checks() == {}


def test_known_when_asked_for_keys_then_only_those_come(store: Store, path: Path) -> None:
    store.apply(make_change(make_entry(1), make_entry(2)))
    store.apply(make_change(make_entry(1, feed_id=2), feed_id=2))
    with closing(open_known(path)) as reading:
        found = reading.known(1, ["key1", "missing"])
    assert list(found) == ["key1"]
    assert found["key1"].uid == "e1x1"
    assert store.known(1, ["key1", "missing"]) == found


def test_look_up_when_given_uid_link_or_id_then_each_finds_the_entry(store: Store) -> None:
    entry = make_entry(1, hidden=HIDDEN)
    store.apply(make_change(entry))
    for text in (entry.uid, entry.link, entry.id):
        assert store.look_up(text) == [entry]


def test_info_and_state_when_stored_then_they_come_back(store: Store) -> None:
    info = FeedInfo(format="atom10", title="A blog", link="https://blog1.example/")
    fetch = FetchState(checked_at=NOON, retry_at=NOON, failures=2, code="fetch.dns", status=0)
    store.apply(make_change(info=info, fetch=fetch))
    (feed, *_) = store.feeds()
    assert (feed.info, feed.fetch) == (info, fetch)


def test_open_when_a_newer_version_wrote_the_file_then_it_says_so_and_stops(path: Path) -> None:
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(SchemaMismatch, match="newer Ecliptic"):
        open_store(path)


def test_open_when_the_file_is_something_else_then_it_is_left_alone(path: Path) -> None:
    path.write_text("[planet]\nname = 'Not a database at all, but a long enough text'\n" * 20)
    with pytest.raises(StoreError, match="not a usable state file"):
        open_store(path)
    other = path.with_name("other.sqlite")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(StoreError, match="belongs to another program"):
        open_store(other)


def _schema_of(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """Return everything in a database; the spaces and comments of its SQL are nobody's concern."""
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")
    return [
        (kind, name, table, re.sub(r"\s*([(),])\s*", r"\1", " ".join((sql or "").split())))
        for kind, name, table, sql in found
    ]


def test_schema_when_all_migrations_ran_then_it_is_schema_sql(path: Path) -> None:
    open_store(path).close()
    migrated = sqlite3.connect(path)
    written = sqlite3.connect(":memory:")
    folder = files("ecliptic.store.sqlite")
    written.executescript((folder / "schema.sql").read_text("utf-8"))
    assert _schema_of(migrated) == _schema_of(written)
    latest = (folder / "migrations" / "LATEST").read_text("utf-8").strip()
    assert int(latest[:4]) == migrations()[-1][0]
    migrated.close()
    written.close()


def test_lock_when_held_then_the_second_run_is_told_by_whom(path: Path) -> None:
    with run_lock(path, command="build", now=NOON):
        second = run_lock(path, command="refresh", now=NOON)
        with pytest.raises(Busy, match="`build`, since 2018-04-25 12:00:00"), second:
            pass
    with run_lock(path, command="refresh", now=NOON):
        pass


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("newest", ()),
        ("newest_of_feed", (1,)),
        ("known", (1, '["k"]')),
        ("feeds", ()),
        ("last_checks", ()),
    ],
)
def test_query_when_planned_then_it_neither_scans_entries_nor_sorts(
    store: Store, path: Path, name: str, values: tuple[object, ...]
) -> None:
    del store
    connection = sqlite3.connect(path)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {queries()[name]}", values)]
    connection.close()
    assert not [step for step in plan if "TEMP B-TREE" in step and "ORDER" in step], plan
    scans = [step for step in plan if step.startswith("SCAN entry") and "INDEX" not in step]
    assert not scans, plan


@pytest.mark.parametrize("name", ["full", "locked", "malformed"])
def test_open_when_the_path_cannot_be_made_then_its_name_is_not_taken_for_the_cause(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).touch()
    with pytest.raises(StoreError) as raised:
        open_store(tmp_path / name / "planet.sqlite")
    assert (type(raised.value), raised.value.code) == (StoreError, "store.unusable")


def test_open_when_a_row_is_garbled_then_the_file_is_called_damaged(
    store: Store, path: Path
) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE feed SET info = '{garbled'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError) as raised:
        store.feeds()
    assert raised.value.code == "store.damaged"


def test_run_lock_when_the_file_has_another_name_then_it_is_one_lock(path: Path) -> None:
    alias = path.with_name("alias")
    alias.symlink_to(path.name)
    with (
        run_lock(path, command="build", now=NOON),
        pytest.raises(Busy),
        run_lock(alias, command="build", now=NOON),
    ):
        pass


def test_amend_when_a_shown_entry_is_hidden_then_pages_counts_and_marks_follow(
    store: Store,
) -> None:
    store.apply(make_change(make_entry(1), make_entry(2)))
    before = store.revision()
    later = NOON + timedelta(hours=1)
    entry = make_entry(1)
    store.amend([replace(as_it_stands(entry, 1), hidden=HIDDEN, ruling="hide")], later)
    assert [entry.key for entry in store.newest()] == ["key2"]
    assert [(entry.key, entry.ruling) for entry in store.hidden()] == [("key1", "hide")]
    assert store.feeds()[0].hidden == {HIDDEN.code: 1}
    assert store.revision() > before
    assert store.changed_at() == later


def test_amend_when_readers_see_no_difference_then_the_planet_has_not_changed(
    store: Store,
) -> None:
    store.apply(make_change(make_entry(1), make_entry(2, hidden=HIDDEN)))
    noted = replace(as_it_stands(make_entry(1), 1), notes=(HIDDEN,))
    other = replace(HIDDEN, code="decide.hidden_by_hand")
    still_hidden = replace(as_it_stands(make_entry(2), 1), hidden=other)
    store.amend([noted, still_hidden], NOON + timedelta(hours=1))
    assert store.changed_at() == NOON
    assert next(iter(store.newest())).notes == (HIDDEN,)
    assert store.feeds()[0].hidden == {other.code: 1}


def test_amend_when_the_entry_is_not_stored_then_nothing_happens(store: Store) -> None:
    store.apply(make_change(make_entry(1)))
    store.amend([as_it_stands(make_entry(7), 1), as_it_stands(make_entry(1, feed_id=2), 2)], NOON)
    assert [entry.key for entry in store.newest()] == ["key1"]
    assert [feed.entries for feed in store.feeds()] == [1, 0, 0]


def test_apply_when_a_change_has_amendments_then_they_are_of_the_same_transaction(
    store: Store,
) -> None:
    store.apply(make_change(make_entry(1)))
    gone = replace(as_it_stands(make_entry(1), 1), hidden=HIDDEN)
    store.apply(make_change(make_entry(2), amendments=(gone,)))
    assert [entry.key for entry in store.newest()] == ["key2"]
    assert store.feeds()[0].hidden == {HIDDEN.code: 1}


def test_waiting_when_the_time_comes_then_the_entry_is_due_and_not_before(store: Store) -> None:
    until = NOON + timedelta(days=1)
    store.apply(make_change(make_entry(1, hidden=HIDDEN, hidden_until=until), make_entry(2)))
    assert store.waiting(until - timedelta(microseconds=1)) == []
    assert [entry.key for entry in store.waiting(until)] == ["key1"]


def test_apply_when_an_entry_changes_then_what_the_operator_said_stays(store: Store) -> None:
    store.apply(make_change(make_entry(1)))
    store.amend([replace(as_it_stands(make_entry(1), 1), hidden=HIDDEN, ruling="hide")], NOON)
    (known,) = store.known(1, ["key1"]).values()
    store.apply(make_change(make_entry(1, title="Edited", hidden=known.hidden)))
    (entry,) = store.hidden()
    assert (entry.title, entry.ruling, entry.hidden) == ("Edited", "hide", HIDDEN)
