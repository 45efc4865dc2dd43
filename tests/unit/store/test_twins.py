"""What the store knows of copies."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.model.entry import Reason
from ecliptic.model.site import Subscription
from ecliptic.store import Store, open_store
from ecliptic.store.sqlite.queries import queries
from ecliptic.store.twins import Folding, TwinKeys, TwinMark
from making import NOON, make_change, make_entry
from project import SOURCE

KEYS = TwinKeys(link=len, id=lambda _: None, text=None, since=NOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planet.sqlite"


@pytest.fixture
def store(path: Path) -> Store:
    store = open_store(path)
    store.subscribe([Subscription(url=f"https://blog{n}.example/") for n in (1, 2, 3)])
    store.apply(*(make_change(make_entry(1, feed_id=n), feed_id=n) for n in (1, 2, 3)))
    return store


def folded(store: Store) -> Store:
    """Fold entry 2 into entry 1, as a flow would."""
    index = store.twins()
    (copy,) = index.copies([2])
    hidden = Reason(code="decide.duplicate", at=NOON, params={"shown": "e1x1"})
    change = replace(copy.stands, hidden=hidden)
    mark, _ = index.ahead(TwinMark(rules="x"))
    index.settle(mark, Folding(at=NOON, looked_at=[1, 2], folds={2: 1}, amendments=[change]))
    return store


def test_ahead_when_nothing_happened_since_is_the_mark_itself(store: Store) -> None:
    index = store.twins()
    mark, is_changed = index.ahead(index.mark())
    assert (mark.last, mark.feeds, is_changed) == (3, (1, 2, 3), False)
    index.settle(mark, Folding(at=NOON))
    assert index.mark() == mark
    assert index.ahead(mark) == (mark, False)


def test_ahead_when_an_entry_is_hidden_or_edited_says_so(store: Store) -> None:
    index = folded(store).twins()
    assert index.ahead(index.mark()) == (index.mark(), False)
    store.apply(make_change(make_entry(3, feed_id=3, key="key1", fingerprint=b"new"), feed_id=3))
    assert index.ahead(index.mark())[1]
    assert index.changed() == set()  # it was no copy, and had none
    store.apply(make_change(make_entry(1, feed_id=1, fingerprint=b"new"), feed_id=1))
    assert index.changed() == {1}


def test_suspects_when_added_are_those_that_share_a_key(store: Store) -> None:
    index = store.twins()
    index.add(KEYS, 0, anew=True)
    assert index.suspects() == {1, 2, 3}
    assert index.sharing([len("https://blog1.example/1"), 7], 2) == {23: [1, 2], 7: []}
    store.apply(make_change(make_entry(5, feed_id=1, link="https://longer.example/5"), feed_id=1))
    index.add(KEYS, 3, anew=False)
    assert index.suspects() == set()


def test_fold_when_written_is_found_from_both_ends(store: Store) -> None:
    index = folded(store).twins()
    assert index.folded() == index.mates([1]) == index.mates([2]) == {1, 2}
    assert [copy.folded_into for copy in index.copies([1, 2])] == [0, 1]
    (shown,) = store.newest(1)
    assert [copy.feed_id for copy in index.also_at([shown])[shown.uid]] == [2]
    assert [entry.feed_id for entry in store.newest()] == [1, 3]
    assert [feed.hidden for feed in store.feeds()] == [{}, {"decide.duplicate": 1}, {}]


def test_fold_when_written_moves_the_pages_of_both_feeds(store: Store) -> None:
    before = [feed.revision for feed in store.feeds()]
    after = [feed.revision for feed in folded(store).feeds()]
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True, False]


def test_fold_when_it_is_undone_moves_the_page_that_named_the_copy(store: Store) -> None:
    index = folded(store).twins()
    before = [feed.revision for feed in store.feeds()]
    index.settle(index.mark(), Folding(at=NOON, looked_at=[1, 2]))
    after = [feed.revision for feed in store.feeds()]
    assert before[0] != after[0]


def test_also_at_when_the_copys_feed_is_not_shown_leaves_it_out(store: Store) -> None:
    folded(store)
    store.subscribe(
        [
            Subscription(url="https://blog1.example/"),
            Subscription(url="https://blog2.example/", hidden=True),
        ]
    )
    assert store.twins().also_at(store.newest(1)) == {}


def test_entry_when_deleted_leaves_its_copies_to_be_looked_at(store: Store, path: Path) -> None:
    index = folded(store).twins()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM entry_text WHERE entry_id = 1")
        connection.execute("DELETE FROM entry WHERE id = 1")
    connection.close()
    assert index.changed() == {2}


QUERIES = [name for name in queries() if name.startswith("twin_")]
WHOLE = {
    "twin_folded", "twin_all_shown_feeds", "twin_feeds_went",
}  # fmt: skip
"""Those that look at everything that is folded; they are asked when the subscriptions change."""


@pytest.mark.parametrize("name", QUERIES)
def test_query_when_planned_then_reads_no_table_of_entries_or_keys_whole(name: str) -> None:
    connection = sqlite3.connect(":memory:")
    schema = SOURCE / "store" / "sqlite" / "schema.sql"
    connection.executescript(schema.read_text("utf-8"))
    for function in ("twin_link", "twin_id"):
        connection.create_function(function, 1, lambda _: 1)
    connection.execute(queries()["twin_fresh_table"])
    statement = queries()[name]
    named = set(re.findall(r":(\w+)", statement))
    values = dict.fromkeys(named, 1) if named else ("[1]",) * statement.count("?")
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    connection.close()
    large = r"SCAN (?:entry|entry_text|entry_former_link|former|twin_key|copy|head|feed)\b"
    large += r"(?! USING INDEX entry_shown_by_hand)"  # which are few
    if name not in WHOLE:
        large = large.replace("copy", "copy|twin_fold|fold")
    assert not [step for step in plan if re.match(large, step)], plan
