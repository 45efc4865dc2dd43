"""Answers to filters for a server: reading only, newest first, and not for long."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.errors import FilterError, StoreError
from ecliptic.model.amendment import as_it_stands
from ecliptic.model.site import Subscription
from ecliptic.model.text import SafeHTML
from ecliptic.store import open_asking, open_store
from filtering import REASON
from making import NOON, make_change, make_entry


@pytest.fixture
def state(tmp_path: Path) -> Path:
    path = tmp_path / "planet.sqlite"
    with open_store(path) as store:
        store.subscribe([Subscription(url="https://blog1.example/feed")])
        entries = [
            make_entry(number, content=SafeHTML("<p>Moon</p>"), shown_at=NOON - timedelta(number))
            for number in range(1, 60)
        ]
        store.apply(make_change(*entries))
        store.amend([replace(as_it_stands(entries[2], 1), hidden=REASON)], NOON)
    return path


def test_find_when_asked_gives_shown_entries_newest_first_and_in_pages(state: Path) -> None:
    with open_asking(state, seconds=10) as store:
        first = [one.key for one in store.find("moon", now=NOON, limit=3)]
        second = [one.key for one in store.find("moon", now=NOON, skip=3, limit=3)]
    assert first == ["key1", "key2", "key4"]
    assert second == ["key5", "key6", "key7"]


def test_find_when_it_takes_too_long_is_given_up(state: Path) -> None:
    with open_asking(state, seconds=0) as store, pytest.raises(StoreError) as caught:
        store.find("nothing or body:~x.*y.*z", now=NOON)
    assert caught.value.code == "store.too_slow"


def test_find_when_it_is_no_filter_says_where(state: Path) -> None:
    with open_asking(state, seconds=10) as store, pytest.raises(FilterError) as caught:
        store.find("title:moon (tag:x", now=NOON)
    assert caught.value.column > 1


def test_state_when_opened_for_questions_cannot_be_written(state: Path) -> None:
    before = state.read_bytes()
    with open_asking(state, seconds=10) as store:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store._connection.execute("DELETE FROM entry")
        store.find("moon", now=NOON)
    assert state.read_bytes() == before


def test_state_when_there_is_none_is_an_error_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        open_asking(tmp_path / "none.sqlite", seconds=1)
    assert list(tmp_path.iterdir()) == []
