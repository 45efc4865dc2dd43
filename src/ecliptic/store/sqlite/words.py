"""Which entries the published index of words has, and how: segments, late entries, blocks.

Nothing is done for it when entries are written: publishing looks at what has a revision
later than the last time, as the archive does. Words themselves are not kept here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from ecliptic.model.entry import Entry
from ecliptic.model.words import BLOCK, Indexed, Segment
from ecliptic.store.sqlite import rows
from ecliptic.store.sqlite.queries import queries

_Access: TypeAlias = Callable[[], AbstractContextManager[sqlite3.Connection]]

_MARK: Final = "words"
_SIZES: Final = (8_192, 1_024, 256)
"""Entries of closed segments: several small ones give way to a larger one."""

_MOST_LATE: Final = 256
"""Late entries after which the segment that has most of them is built again."""


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which revision entries were looked at, and of which feeds."""

    revision: int = -1
    edition: int = 0
    feeds: tuple[int, ...] = ()


_to_mark: Final = msgspec.json.Decoder(_Mark).decode


class SqliteWords:
    """The ``WordIndex`` over SQLite; see ``store.words`` for what its methods promise."""

    def __init__(self, reading: _Access, writing: _Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def bring_up(self, feeds: Collection[int]) -> Indexed:
        """Bring the index up to date with what pages may show of these feeds."""
        with self._reading() as connection:
            found, revision = self._meta(connection, _MARK), self._meta(connection, "revision")
        before = _to_mark(found) if found else _Mark()
        asked = (int(revision or 0), tuple(sorted(feeds)))
        if (before.revision, before.feeds) != asked:
            with self._writing() as connection:
                before = self._look(connection, before, *asked)
        return self._standing(before.edition)

    def entries(self, first: int, last: int, feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream the entries of a stretch of numbers that pages may show."""
        yield from self._ask("word_entries", (first, last), feeds)

    def some(self, numbers: Iterable[int], feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream those of these entries that pages may show."""
        yield from self._ask("word_some", (rows.to_json(sorted(numbers)),), feeds)

    def times(
        self, first: int, last: int, feeds: Collection[int]
    ) -> Iterator[tuple[int, datetime]]:
        """Stream where the entries of a stretch stand in time."""
        asked = (first, last, rows.to_json(sorted(feeds)))
        with self._reading() as connection:
            for number, shown_at in connection.execute(self._sql["word_times"], asked):
                if time := rows.to_time(shown_at):
                    yield number, time

    def _ask(
        self, name: str, asked: tuple[object, ...], feeds: Collection[int]
    ) -> Iterator[tuple[int, Entry]]:
        values = (*asked, rows.to_json(sorted(feeds)))
        with self._reading() as connection:
            for row in connection.execute(self._sql[name], values):
                yield row[-1], rows.to_entry(row[:-1])

    def _look(
        self, connection: sqlite3.Connection, before: _Mark, revision: int, feeds: tuple[int, ...]
    ) -> _Mark:
        """Note what is new, changed, come or gone, and return the mark up to which it was seen."""
        others = rows.to_json(sorted(set(before.feeds) ^ set(feeds)))
        asked = (before.revision, others)
        touched = [number for (number,) in connection.execute(self._sql["word_touched"], asked)]
        edition = before.edition + bool(touched)
        after = _Mark(revision=revision, edition=edition, feeds=feeds)
        if touched:
            blocks = sorted({number // BLOCK for number in touched})
            connection.executemany(self._sql["word_block"], [(block, edition) for block in blocks])
            self._place(connection, touched, edition)
        connection.execute(self._sql["set_meta"], (_MARK, rows.to_json(after)))
        return after

    def _place(self, connection: sqlite3.Connection, touched: list[int], edition: int) -> None:
        """Close segments that are full, and keep the number of late entries low."""
        closed = set(_closed(self._last(connection)))
        first_new = 1 + max((last for _, last in closed), default=0)
        connection.executemany(
            self._sql["word_late"], [(number,) for number in touched if number < first_new]
        )
        known = set(connection.execute(self._sql["word_spans"]).fetchall())
        connection.executemany(self._sql["word_forget"], sorted(known - closed))
        for span in sorted(closed - known):
            self._build(connection, span, edition)
        while connection.execute(self._sql["word_count_late"]).fetchone()[0] > _MOST_LATE:
            self._build(
                connection, connection.execute(self._sql["word_latest"]).fetchone(), edition
            )

    def _build(self, connection: sqlite3.Connection, span: tuple[int, int], edition: int) -> None:
        connection.execute(self._sql["word_build"], (*span, edition))
        connection.execute(self._sql["word_on_time"], span)

    def _standing(self, edition: int) -> Indexed:
        with self._reading() as connection:
            found = connection.execute(self._sql["word_segments"])
            segments = tuple(Segment(first=row[0], last=row[1], built=row[2]) for row in found)
            late = connection.execute(self._sql["word_list_late"]).fetchall()
            blocks = dict(connection.execute(self._sql["word_blocks"]).fetchall())
            last = self._last(connection)
        return Indexed(
            edition=edition,
            segments=segments,
            first_new=segments[-1].last + 1 if segments else 1,
            last=last,
            late=tuple(number for (number,) in late),
            blocks=blocks,
        )

    def _last(self, connection: sqlite3.Connection) -> int:
        return int(connection.execute(self._sql["word_last"]).fetchone()[0])

    def _meta(self, connection: sqlite3.Connection, key: str) -> rows.Cell:
        row = connection.execute(self._sql["get_meta"], (key,)).fetchone()
        return row[0] if row else None


def _closed(last: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of numbers up to ``last`` that are full, large ones first."""
    first = 1
    for size in _SIZES:
        while first + size - 1 <= last:
            yield first, first + size - 1
            first += size
