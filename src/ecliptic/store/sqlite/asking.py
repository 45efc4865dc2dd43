"""Answering a filter to whoever asks over the web: reading only, and not for long."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Final, Self

from ecliptic.errors import StoreError
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.store.sqlite import finding, meta, rows
from ecliptic.store.sqlite.pictures import IMAGE_KEY
from ecliptic.store.sqlite.queries import CONDITION, queries

_STEPS: Final = 1_000
"""Steps of SQLite's machine between two looks at the clock: some tens of microseconds."""


class SqliteAsking:
    """A state file opened for reading only, for questions that may take ``seconds`` together.

    Raises ``StoreError``, with the code ``store.too_slow`` when the time is up.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        with self._errors():
            address = f"{path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, timeout=seconds)
        until = monotonic() + seconds
        self._connection.set_progress_handler(lambda: monotonic() > until, _STEPS)
        finding.teach(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._connection.close()

    def feeds(self) -> list[FeedState]:
        """Return the subscribed feeds in the operator's order."""
        with self._errors():
            return [rows.to_feed(row) for row in self._connection.execute(queries()["feeds"])]

    def image_key(self) -> bytes:
        """Return what signs the addresses of images, or nothing if none was signed yet."""
        with self._errors():
            return bytes(meta.read(self._connection, IMAGE_KEY) or b"")

    def find(
        self, expression: str, *, now: datetime, skip: int = 0, limit: int = 20
    ) -> list[Entry]:
        """Return entries that a filter takes and pages show, newest first, after ``skip`` others.

        Raises ``FilterError`` for what is no filter.
        """
        asked = finding.condition(expression, self.feeds(), now)
        statement = queries()["find_shown"].replace(CONDITION, asked.sql)
        with self._errors():
            found = self._connection.execute(statement, asked.values)
            return [rows.to_entry(row) for row in islice(found, skip, skip + limit)]

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise StoreError(
                    "store.too_slow", "this takes too long to search: ask for less"
                ) from error
            raise StoreError("store.unusable", f"the state cannot be read: {error}") from error
