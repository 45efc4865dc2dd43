"""Images of entries: which there are, which are still to be had, and copies of the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from ecliptic.model.entry import Entry
from ecliptic.model.picture import Got, Picture, Wanted
from ecliptic.store.sqlite import meta, rows, writing
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.queries import queries

_MARK: Final = "images"
_FIRST: Final = 2_000
"""Entries that are looked at when there is nothing yet: older ones are seldom read."""

_NO_ROOM: Final = "decide.image_no_room"


class SqliteImages:
    """The ``ImageIndex`` over SQLite; see ``store.pictures`` for what its methods promise."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def bring_up(self, images_of: Callable[[Entry], Sequence[str]]) -> None:
        """Look which images entries have that are new or changed since the last time."""
        with self._reading() as connection:
            seen, revision = meta.read(connection, _MARK), meta.read(connection, "revision") or 0
        if seen == revision:
            return
        asked = ("image_newest", _FIRST) if seen is None else ("image_revised", seen)
        with self._writing() as connection:
            left: set[int] = set()
            for row in connection.execute(self._sql[asked[0]], asked[1:]):
                entry = rows.to_entry(row[:-1])
                urls = () if entry.hidden is not None else images_of(entry)
                left |= self._note(connection, row[-1], urls)
            self._forget(connection, left)
            meta.write(connection, _MARK, revision)

    def waiting(self, now: datetime, limit: int) -> list[Wanted]:
        """Return images that are to be asked for, those of the newest entries first."""
        with self._reading() as connection:
            found = connection.execute(self._sql["images_waiting"], (rows.to_ticks(now), limit))
            return [Wanted(id=row[0], url=row[1], tries=row[2], feed_url=row[3]) for row in found]

    def keep(self, got: Iterable[Got], bodies: Mapping[str, bytes], *, most: int) -> None:
        """Keep what came, ``most`` bytes together."""
        with self._writing() as connection:
            touched = set()
            for one in got:
                mark = keep_picture(connection, one.picture, bodies)
                row = (mark, rows.to_ticks(one.next_at), one.code, one.id)
                connection.execute(self._sql["image_write"], row)
                touched |= {one.id} if mark else set()
            gone = dict(self._beyond(connection, most)) if touched else {}
            for image in gone:
                connection.execute(self._sql["image_write"], (None, None, _NO_ROOM, image))
            drop_pictures(connection, gone.values())
            self._look(connection, touched | gone.keys())

    def stored(self) -> Mapping[str, Picture]:
        """Return those that we have, by their address."""
        with self._reading() as connection:
            found = connection.execute(self._sql["images_stored"])
            return {row[0]: rows.to_picture(row[1:]) for row in found}

    def _note(self, connection: sqlite3.Connection, entry_id: int, urls: Sequence[str]) -> set[int]:
        """Note what images an entry has; return those that it had before."""
        before = {
            image for (image,) in connection.execute(self._sql["image_of_entry"], (entry_id,))
        }
        connection.execute(self._sql["image_forget_entry"], (entry_id,))
        connection.executemany(self._sql["image_want"], [(url,) for url in urls])
        connection.executemany(self._sql["image_in_entry"], [(entry_id, url) for url in urls])
        return before

    def _forget(self, connection: sqlite3.Connection, images: Iterable[int]) -> None:
        """Forget those of these images that no entry has any more."""
        gone = set()
        for image in images:
            row = connection.execute(self._sql["image_unwanted"], {"id": image}).fetchone()
            if row is not None:
                connection.execute(self._sql["image_forget"], (image,))
                gone |= {row[0]} if row[0] else set()
        drop_pictures(connection, gone)

    def _beyond(self, connection: sqlite3.Connection, most: int) -> Iterator[tuple[int, str]]:
        held = 0
        for image, mark, size in connection.execute(self._sql["images_by_age"]).fetchall():
            held += size
            if held > most:
                yield image, mark

    def _look(self, connection: sqlite3.Connection, images: Iterable[int]) -> None:
        """Say to pages that what shows these images may look different."""
        entries: dict[int, int] = {}
        for image in images:
            entries |= dict(connection.execute(self._sql["image_entries"], (image,)).fetchall())
        if entries:
            writing.note_looks(connection, entries.keys())
            for feed_id in sorted(set(entries.values())):
                writing.note_look(connection, feed_id)


def keep_picture(
    connection: sqlite3.Connection, picture: Picture | None, bodies: Mapping[str, bytes]
) -> str | None:
    """Keep a picture whose bytes are new, and return its mark."""
    if picture is None:
        return None
    if picture.mark in bodies:
        row = (*msgspec.structs.astuple(picture), bodies[picture.mark])
        connection.execute(queries()["add_picture"], row)
    return picture.mark


def drop_pictures(connection: sqlite3.Connection, marks: Iterable[str]) -> None:
    """Forget those of these pictures that nobody shows any more."""
    connection.executemany(queries()["drop_picture"], [{"mark": mark} for mark in marks])
