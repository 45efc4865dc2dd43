"""Which entries a term has, as entries and feeds come, change and go."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecliptic.decide import hidden_by_hand, shown_by_hand
from ecliptic.model.archive import Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.parsed import Category
from ecliptic.model.site import Subscription
from ecliptic.model.terms import TAXONOMIES, Labels, Term, TermName
from ecliptic.select.filing import terms_of
from ecliptic.store import Store, open_store
from ecliptic.store.sqlite.queries import queries
from making import NOON, make_change, make_entry
from project import SOURCE

YEAR = timedelta(days=365)
FACES = {1: "a", 2: "b"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planet.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as store:
        store.subscribe([Subscription(url=f"https://blog{n}.example/") for n in (1, 2)])
        yield store


def add(store: Store, number: int, *tags: str, feed_id: int = 1, **fields: Any) -> Entry:
    categories = tuple(Category(term=tag) for tag in tags)
    entry = make_entry(number, feed_id=feed_id, categories=categories, **fields)
    store.apply(make_change(entry, feed_id=feed_id))
    return entry


def tags_of(labels: Labels) -> list[TermName]:
    return [term for term in terms_of(labels, TAXONOMIES, "") if term.taxonomy == "tags"]


def year_of(time: datetime) -> int:
    return time.year


def filed(store: Store, *, rules: str = "1", faces: dict[int, str] = FACES) -> list[Term]:
    store.terms().bring_up(rules, faces, tags_of, year_of)
    return store.terms().terms(1)


def counted(store: Store, **looked: Any) -> dict[str, dict[int, int]]:
    """Return how many entries each term has, by year."""
    found: dict[str, dict[int, int]] = {}
    for term in filed(store, **looked):
        years = Counter(entry.shown_at.year for entry in store.terms().newest(term.row))
        assert term.entries == years.total()
        found[term.name.key] = dict(years)
    return found


def test_terms_when_entries_come_count_them_by_year(store: Store) -> None:
    add(store, 1, "python", "web", shown_at=NOON)
    add(store, 2, "python", shown_at=NOON - YEAR)
    add(store, 3, "Python", feed_id=2, shown_at=NOON)
    assert counted(store) == {"python": {2018: 2, 2017: 1}, "web": {2018: 1}}
    assert [term.name.key for term in store.terms().terms(2)] == ["python"]


def test_terms_when_an_entry_is_retagged_follow_it(store: Store) -> None:
    add(store, 1, "python")
    add(store, 2, "python")
    filed(store)
    add(store, 1, "rust", fingerprint=b"edited")
    assert counted(store) == {"python": {2018: 1}, "rust": {2018: 1}}
    add(store, 2, "rust", fingerprint=b"edited")
    assert counted(store) == {"rust": {2018: 2}}


def test_terms_when_an_entry_is_hidden_have_it_no_more(store: Store) -> None:
    entry = add(store, 1, "python")
    filed(store)
    store.amend([hidden_by_hand(entry, NOON)], NOON)
    assert filed(store) == []
    store.amend([shown_by_hand(entry, NOON)], NOON)
    assert counted(store) == {"python": {2018: 1}}


def test_terms_when_a_feed_goes_and_comes_follow_it(store: Store) -> None:
    add(store, 1, "python")
    add(store, 2, "python", feed_id=2)
    assert counted(store) == {"python": {2018: 2}}
    assert counted(store, faces={1: "a"}) == {"python": {2018: 1}}
    assert counted(store) == {"python": {2018: 2}}


def test_editions_when_nothing_changed_stay_and_else_move_where_it_did(store: Store) -> None:
    add(store, 1, "python", "web")
    for number in range(2, 63):
        add(store, number, "web", shown_at=NOON - YEAR)
    before = {term.name.key: term for term in filed(store)}
    assert before["python"].parts == ()  # of so few, one page has all
    assert {term.name.key: term for term in filed(store)} == before
    add(store, 1, "python", "web", fingerprint=b"edited")
    after = {term.name.key: term for term in filed(store)}
    assert after["python"].edition > before["python"].edition
    assert after["web"].edition > before["web"].edition
    assert after["web"].parts[0].edition > before["web"].parts[0].edition
    assert after["web"].parts[1] == before["web"].parts[1]


def test_editions_when_the_one_entry_of_a_year_goes_move(store: Store) -> None:
    add(store, 1, "python")
    gone = add(store, 2, "python", shown_at=NOON - YEAR)
    (before,) = filed(store)
    store.amend([hidden_by_hand(gone, NOON)], NOON)
    (after,) = filed(store)
    assert after.entries == 1
    assert after.edition > before.edition


def test_parts_when_an_entry_comes_or_is_edited_move_from_there_or_there_alone(
    store: Store,
) -> None:
    for number in range(500):
        add(store, number, "python", shown_at=NOON + timedelta(minutes=number))
    (before,) = filed(store)
    assert [(part.part, part.entries) for part in before.parts] == [(3, 100), (2, 200), (1, 200)]
    add(store, 900, "python", shown_at=NOON + timedelta(days=1))
    (after,) = filed(store)
    assert [part.entries for part in after.parts] == [101, 200, 200]
    assert after.parts[1:] == before.parts[1:]
    add(store, 250, "python", shown_at=NOON + timedelta(minutes=250), fingerprint=b"edited")
    (edited,) = filed(store)
    moved = [part.part for part, old in zip(edited.parts, after.parts, strict=True) if part != old]
    assert moved == [2]
    add(store, 901, "python", shown_at=NOON + timedelta(minutes=250, seconds=30))
    (shifted,) = filed(store)
    assert [part.entries for part in shifted.parts] == [102, 200, 200]
    assert shifted.parts[2] == edited.parts[2]
    assert shifted.parts[1].edition > edited.parts[1].edition


def test_editions_when_a_feed_has_another_face_move_where_it_is_shown(store: Store) -> None:
    add(store, 1, "python")
    add(store, 2, "web", feed_id=2)
    before = {term.name.key: term.edition for term in filed(store)}
    after = {term.name.key: term.edition for term in filed(store, faces={1: "new", 2: "b"})}
    assert after["python"] > before["python"]
    assert after["web"] == before["web"]


def test_terms_when_the_rules_change_are_filed_anew(store: Store) -> None:
    add(store, 1, "python")
    filed(store)
    store.terms().bring_up("2", FACES, lambda _: [], year_of)
    assert store.terms().terms(1) == []


def test_entries_of_a_term_come_newest_first_and_those_of_a_year_oldest_first(
    store: Store,
) -> None:
    for number in range(1, 6):
        add(store, number, "python", shown_at=NOON + timedelta(hours=number))
    add(store, 6, "python", shown_at=NOON - YEAR)
    (term,) = filed(store)
    assert [entry.uid for entry in store.terms().newest(term.row)] == [
        "e1x5", "e1x4", "e1x3", "e1x2", "e1x1", "e1x6",
    ]  # fmt: skip
    day = NOON.date()
    stretch = Stretch(first=day.replace(month=1, day=1), last=day, part=2, skip=3, limit=3)
    found = [entry.uid for entry in store.terms().entries(term.row, stretch)]
    assert found == ["e1x4", "e1x5"]
    (entry, *_) = store.terms().newest(term.row)
    assert store.terms().of(entry) == {term.row}


def test_counts_when_asked_for_go_from_each_bound_to_the_next(store: Store) -> None:
    bounds = [NOON - timedelta(days=days) for days in (90, 30, 10, 0)]
    for number, ago in enumerate((0, 10, 11, 30, 60, 90, 365)):
        add(store, number + 1, "python", shown_at=NOON - timedelta(days=ago))
    (term,) = filed(store)
    assert store.terms().counts([term.row, 99], bounds) == {term.row: (2, 2, 1), 99: (0, 0, 0)}


def test_counts_when_the_year_is_another_one_in_the_planets_timezone_go_by_that(
    store: Store,
) -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    bounds = [datetime(2018, month, 1, tzinfo=auckland) for month in (1, 2)]
    add(store, 1, "python", shown_at=datetime(2017, 12, 31, 12, tzinfo=UTC))
    add(store, 2, "python", shown_at=datetime(2017, 12, 31, 10, tzinfo=UTC))
    store.terms().bring_up("1", FACES, tags_of, lambda time: time.astimezone(auckland).year)
    (term,) = store.terms().terms(1)
    assert store.terms().counts([term.row], bounds) == {term.row: (1,)}


QUERIES = [name for name in queries() if name.startswith(("term_", "terms_"))]


@pytest.mark.parametrize("name", [name for name in QUERIES if "forget" not in name])
def test_query_when_planned_then_reads_no_table_of_entries_whole(name: str) -> None:
    connection = sqlite3.connect(":memory:")
    schema = SOURCE / "store" / "sqlite" / "schema.sql"
    connection.executescript(schema.read_text("utf-8"))
    statement = queries()[name]
    values = ("[1]",) * statement.count("?")
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    connection.close()
    large = r"SCAN (?:entry|entry_text|twin_fold|copy|term_entry)\b"
    assert not [step for step in plan if re.match(large, step)], plan


changes = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.integers(1, 4),
        st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
        st.integers(0, 2),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state file of two feeds without entries; to copy it is quicker than to make it."""
    path = tmp_path_factory.mktemp("terms") / "empty.sqlite"
    with open_store(path) as store:
        store.subscribe([Subscription(url=f"https://blog{n}.example/") for n in (1, 2)])
    return path


@pytest.mark.slow
@settings(max_examples=50)
@given(changes)
def test_terms_when_brought_up_at_each_step_are_those_of_one_look(
    empty: Path, steps: list[tuple[int, int, list[str], int]]
) -> None:
    copies = [copyfile(empty, empty.with_name(f"{name}.sqlite")) for name in ("one", "other")]
    with open_store(copies[0]) as one, open_store(copies[1]) as other:
        for store in (one, other):
            for step, (feed_id, number, tags, years) in enumerate(steps):
                mark, shown_at = str(step).encode(), NOON - years * YEAR
                add(store, number, *tags, feed_id=feed_id, fingerprint=mark, shown_at=shown_at)
                if store is one:
                    filed(store)
        assert counted(one) == counted(other)
