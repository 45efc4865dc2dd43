"""The outbox comes back as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.errors import StoreError
from ecliptic.model.ping import Ping
from ecliptic.store import Store, open_store
from making import NOON

TOLD = Ping(hub="https://hub.example/", topic="https://a.example/", fingerprint="1", owed_at=NOON)
LATE = replace(
    TOLD, topic="https://b.example/", next_at=NOON + timedelta(hours=1),
    attempts=2, code="fetch.dns", detail="hub.example",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planet.sqlite") as opened:
        yield opened


def test_pings_when_written_then_they_come_back_in_order(store: Store, tmp_path: Path) -> None:
    assert store.pings() == []
    store.write_pings([LATE, TOLD])
    assert store.pings() == [TOLD, LATE]
    with open_store(tmp_path / "planet.sqlite") as again:
        assert again.pings() == [TOLD, LATE]


def test_pings_when_written_again_then_what_is_not_among_them_is_gone(store: Store) -> None:
    store.write_pings([LATE, TOLD])
    store.write_pings([replace(LATE, attempts=3)])
    assert store.pings() == [replace(LATE, attempts=3)]


def test_pings_when_writing_breaks_off_then_the_old_ones_stay(store: Store) -> None:
    store.write_pings([TOLD])
    with pytest.raises(StoreError):
        store.write_pings([LATE, LATE])
    assert store.pings() == [TOLD]
