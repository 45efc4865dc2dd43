from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from ecliptic.filters import Filter, facts_of, matches
from ecliptic.model.entry import Entry, FeedInfo
from ecliptic.model.site import Subscription
from ecliptic.store import Store, open_store
from ecliptic.store.sqlite.finding import condition, teach
from ecliptic.store.sqlite.queries import queries
from filtering import REASON, filters, random_entry, random_info
from making import NOON, make_change, make_entry

FEEDS = (
    Subscription(url="https://www.blog.example/feed", name="Ada"),
    Subscription(url="https://x.blog.example/f", link="https://ada.example/"),
    Subscription(url="https://jobs.example/python", name="job"),
)


class Archive:
    """A store, and the entries in it. (Hypothesis shows what a test is given: not all that.)"""

    def __init__(self, store: Store) -> None:
        random = Random(5)
        self.store = store
        self.entries = [random_entry(random, n, feed) for feed in (1, 2, 3) for n in range(60)]
        store.subscribe(FEEDS)
        for feed_id in (1, 2, 3):
            of_feed = [entry for entry in self.entries if entry.feed_id == feed_id]
            info = random_info(random) if feed_id > 1 else FeedInfo(language="en")
            store.apply(replace(make_change(*of_feed, feed_id=feed_id), info=info))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_store(tmp_path_factory.mktemp("finding") / "planet.sqlite") as store:
        yield Archive(store)


def uids(entries: Iterable[Entry]) -> list[str]:
    return [entry.uid for entry in entries]


@pytest.mark.slow
@settings(max_examples=200)
@given(filters)
def test_sql_when_any_filter_is_asked_of_any_entries_then_it_takes_what_python_takes(
    archive: Archive, one: Filter
) -> None:
    store, entries = archive.store, archive.entries
    feeds = store.feeds()
    facts = {feed.id: facts_of(feed) for feed in feeds}
    taken = {e.uid for e in entries if matches(one, e, facts[e.feed_id], now=NOON)}
    shown = {entry.uid for entry in entries if entry.hidden is None}
    assert set(uids(store.find(str(one), now=NOON))) == taken
    assert set(uids(store.find(str(one), now=NOON, shown=True))) == taken & shown
    both = [str(one), str(~one)]
    said = [each for feed in feeds for each in store.sift(both, feed, now=NOON)]
    assert {each.uid: each.taken for each in said} == {
        entry.uid: (entry.uid in taken, entry.uid not in taken) for entry in entries
    }


def test_find_when_entries_are_found_then_they_come_newest_first(archive: Archive) -> None:
    found = archive.store.find("not title:nowhere", now=NOON)
    times = [entry.shown_at for entry in found]
    assert times == sorted(times, reverse=True)
    assert len(times) == len(archive.entries)


def test_find_when_one_feed_is_asked_then_entries_of_others_are_not_found(
    archive: Archive,
) -> None:
    found = archive.store.find("title:python or has:image", now=NOON, feed_id=2)
    assert {entry.feed_id for entry in found} == {2}


def test_find_when_a_feed_is_not_subscribed_any_more_then_it_is_not_searched(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path / "planet.sqlite") as store:
        store.subscribe(FEEDS)
        store.apply(make_change(make_entry(1)))
        store.subscribe(FEEDS[1:])
        assert list(store.find("has:title", now=NOON)) == []


def test_sifted_entry_when_it_is_amended_then_it_says_how_it_stands(tmp_path: Path) -> None:
    with open_store(tmp_path / "planet.sqlite") as store:
        store.subscribe(FEEDS)
        store.apply(make_change(make_entry(1, hidden=REASON, notes=(REASON,))))
        (sifted,) = store.sift(["has:title"], store.feeds()[0], now=NOON)
        assert sifted.stands.hidden == REASON
        assert sifted.stands.notes == (REASON,)
        store.amend([replace(sifted.stands, hidden=None)], NOON)
        (sifted,) = store.sift(["is:shown", "is:hidden"], store.feeds()[0], now=NOON)
        assert sifted.taken == (True, False)


def test_condition_when_a_feed_or_a_date_is_asked_for_then_an_index_serves_it(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path / "planet.sqlite") as other:
        other.subscribe(FEEDS)
        feeds = other.feeds()
    with closing(sqlite3.connect(tmp_path / "planet.sqlite")) as connection:
        teach(connection)
        for text, statement, used in (
            ("feed:Ada", "find", "SEARCH entry USING INDEX"),
            ("date>=2018", "find_shown", "SEARCH entry USING INDEX entry_newest (shown_at>?)"),
            ("age<3d", "find_shown", "SEARCH entry USING INDEX entry_newest (shown_at>?)"),
        ):
            asked = condition(text, feeds, NOON)
            sql = queries()[statement].replace("1 /* condition */", asked.sql)
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", asked.values)]
            assert any(step.startswith(used) for step in plan), plan


def test_sift_when_no_text_is_asked_for_then_no_text_is_read() -> None:
    asked = condition("title:a or date<2018", (), NOON)
    assert "entry_text." not in asked.sql
