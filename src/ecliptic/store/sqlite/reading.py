"""Asking what is known, beside the one writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from ecliptic.errors import StoreError
from ecliptic.model.character import Character
from ecliptic.model.entry import KnownEntry
from ecliptic.model.kin import Memory, Relatives
from ecliptic.store.sqlite import kin, labels, rows
from ecliptic.store.sqlite.queries import queries


def character(connection: sqlite3.Connection, feed_id: int) -> Character:
    """Return what a feed usually is like."""
    row = connection.execute(queries()["character"], (feed_id,)).fetchone()
    return rows.character(row[0]) if row else Character()


class SqliteKnown:
    """A state file opened for reading only, as a worker process does."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None
            )
        except sqlite3.Error as error:
            raise StoreError("store.unusable", f"{path}: {error}") from error

    def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, KnownEntry]:
        """Return the stored entries of a feed that are known by one of ``keys``."""
        with _errors():
            return kin.known(self._connection, feed_id, keys)

    def relatives(self, feed_id: int, keys: Collection[str], recent: Collection[str]) -> Relatives:
        """Return what entries of unknown ``keys`` may be."""
        with _errors():
            return kin.relatives(self._connection, feed_id, keys, recent)

    def openings(self, feed_id: int, keys: Collection[str]) -> Mapping[str, str]:
        """Return how the texts of entries begin, as markup."""
        with _errors():
            return kin.openings(self._connection, feed_id, keys)

    def memory(self, feed_id: int) -> Memory:
        """Return what is remembered of a feed's last document."""
        with _errors():
            return kin.memory(self._connection, feed_id)

    def topic_labels(self, feed_id: int, keys: Collection[str]) -> Mapping[str, bool]:
        """Return which entries of a feed were labelled, of ``keys``: ``True`` is on topic."""
        with _errors():
            return labels.of_feed(self._connection, feed_id, keys)

    def character(self, feed_id: int) -> Character:
        """Return what a feed usually is like."""
        with _errors():
            return character(self._connection, feed_id)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, msgspec.DecodeError) as error:
        raise StoreError("store.unusable", f"the state file cannot be read: {error}") from error
