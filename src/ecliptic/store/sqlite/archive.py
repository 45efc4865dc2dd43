"""Which day each entry stands in, and which days changed.

Nothing is done for it when entries are written: publishing looks at what has a revision
later than the last time. So days may be those of any timezone, and cost nothing where
there is no archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from ecliptic.model.archive import ArchiveDay, Stretch
from ecliptic.model.entry import Entry
from ecliptic.store.sqlite import meta, rows, spans
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.queries import queries

_MARK: Final = "archive"


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which revision entries were looked at, by which zone, and how feeds looked."""

    zone: str = ""
    revision: int = -1
    edition: int = 0
    faces: Mapping[int, str] = {}


_to_mark: Final = msgspec.json.Decoder(_Mark).decode


class SqliteArchive:
    """The ``ArchiveIndex`` over SQLite; see ``store.archive`` for what its methods promise."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def bring_up(
        self, zone: str, faces: Mapping[int, str], day_of: Callable[[datetime], date]
    ) -> list[ArchiveDay]:
        """Bring the days up to date and return them, oldest first."""
        with self._reading() as connection:
            found, revision = meta.read(connection, _MARK), meta.read(connection, "revision")
        before = _to_mark(found) if found else _Mark()
        after = _Mark(
            zone=zone, revision=int(revision or 0), edition=before.edition + 1, faces=faces
        )
        if (before.zone, before.revision, before.faces) != (zone, after.revision, faces):
            with self._writing() as connection:
                self._look(connection, before, after, day_of)
        return self.days()

    def days(self) -> list[ArchiveDay]:
        """Return the days as they were when they were brought up to date last, oldest first."""
        with self._reading() as connection:
            return [_day(row) for row in connection.execute(self._sql["archive_days"])]

    def counts(self, bounds: Sequence[datetime]) -> dict[int, tuple[int, ...]]:
        """Count what pages may show of each feed from each bound to the next."""
        asked = (spans.to_json(bounds),)
        with self._reading() as connection:
            return spans.gathered(connection.execute(self._sql["archive_counts"], asked))

    def uids(self) -> dict[date, list[str]]:
        """Return by day the entries that stand in it."""
        found: dict[date, list[str]] = {}
        with self._reading() as connection:
            for day, uid in connection.execute(self._sql["archive_uids"]):
                found.setdefault(date.fromordinal(day), []).append(uid)
        return found

    def entries(self, stretch: Stretch) -> Iterator[Entry]:
        """Stream what a page of the archive shows, oldest first."""
        asked = (stretch.first.toordinal(), stretch.last.toordinal())
        with self._reading() as connection:
            for row in connection.execute(
                self._sql["archived"], (*asked, stretch.limit or -1, stretch.skip)
            ):
                yield rows.to_entry(row)

    def _look(
        self,
        connection: sqlite3.Connection,
        before: _Mark,
        after: _Mark,
        day_of: Callable[[datetime], date],
    ) -> None:
        sql = self._sql
        if before.zone != after.zone:
            connection.execute(sql["archive_forget_entries"])
            connection.execute(sql["archive_forget_days"])
            before = _Mark(edition=before.edition, faces=after.faces)
        others = before.faces.items() ^ after.faces.items()
        feeds = rows.to_json(sorted({feed_id for feed_id, _ in others}))
        touched = {day for (day,) in connection.execute(sql["archive_of_copies"], (feeds,))}
        moves: dict[int, int | None] = {}
        for asked in (("archive_revised", before.revision), ("archive_of_feeds", feeds)):
            found = connection.execute(sql[asked[0]], asked[1:])
            touched |= _moved(found, after.faces, day_of, moves)
        connection.executemany(sql["archive_place"], moves.items())
        connection.execute(sql["archive_displace"])
        changed_at = meta.read(connection, "changed_at") or 0
        counted = ((day, after.edition, changed_at, day) for day in sorted(touched))
        connection.executemany(sql["archive_count"], counted)
        connection.execute(sql["archive_forget_empty"])
        meta.write(connection, _MARK, rows.to_json(after))


def _moved(
    found: Iterable[rows.Row],
    faces: Mapping[int, str],
    day_of: Callable[[datetime], date],
    moves: dict[int, int | None],
) -> set[int]:
    """Note in ``moves`` the entries that stand in another day, and return the days touched."""
    touched = set()
    for number, feed_id, shown_at, is_shown, old in found:
        day = None
        if is_shown and feed_id in faces:
            time = rows.to_time(shown_at)
            day = day_of(time).toordinal() if time else None
        if day != old:
            moves[number] = day
        touched |= {day, old}
    return {day for day in touched if day is not None}


def _day(row: rows.Row) -> ArchiveDay:
    day, entries, edition, changed_at = row
    return ArchiveDay(
        day=date.fromordinal(day),
        entries=entries,
        edition=edition,
        changed_at=rows.to_time(changed_at or None),
    )
