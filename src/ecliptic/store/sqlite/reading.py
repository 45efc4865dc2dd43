"""Asking what is known, beside the one writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path

from ecliptic.errors import StoreError
from ecliptic.model.character import Character
from ecliptic.model.entry import KnownEntry
from ecliptic.store.sqlite import labels, rows
from ecliptic.store.sqlite.queries import queries
from ecliptic.store.sqlite.rows import to_json, to_known


def known(
    connection: sqlite3.Connection, feed_id: int, keys: Collection[str]
) -> Mapping[str, KnownEntry]:
    """Return the stored entries of a feed that have one of ``keys``."""
    found = connection.execute(queries()["known"], (feed_id, to_json(list(keys))))
    return {row[0]: to_known(row) for row in found}


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
        """Return the stored entries of a feed that have one of ``keys``."""
        try:
            return known(self._connection, feed_id, keys)
        except sqlite3.Error as error:
            raise _unreadable(error) from error

    def topic_labels(self, feed_id: int, keys: Collection[str]) -> Mapping[str, bool]:
        """Return which entries of a feed were labelled, of ``keys``: ``True`` is on topic."""
        try:
            return labels.of_feed(self._connection, feed_id, keys)
        except sqlite3.Error as error:
            raise _unreadable(error) from error

    def character(self, feed_id: int) -> Character:
        """Return what a feed usually is like."""
        try:
            return character(self._connection, feed_id)
        except sqlite3.Error as error:
            raise _unreadable(error) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _unreadable(error: sqlite3.Error) -> StoreError:
    return StoreError("store.unusable", f"the state file cannot be read: {error}")
