"""Pictures by the mark of their bytes; faces of feeds among them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from ecliptic.model.picture import FaceState, Picture
from ecliptic.store.sqlite import rows, writing
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.queries import queries

_to_face: Final = msgspec.json.Decoder(FaceState).decode


class SqlitePictures:
    """The ``PictureIndex`` over SQLite; see ``store.pictures`` for what its methods promise."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def faces(self) -> Mapping[int, FaceState]:
        """Return how looking for the pictures of the subscribed feeds stands."""
        with self._reading() as connection:
            found = connection.execute(self._sql["faces"])
            return {feed_id: _to_face(state) for feed_id, state in found}

    def write_faces(self, states: Mapping[int, FaceState], bodies: Mapping[str, bytes]) -> None:
        """Keep how looking for faces stands now."""
        with self._writing() as connection:
            gone: set[str] = set()
            for feed_id, state in states.items():
                row = connection.execute(self._sql["face_mark"], (feed_id,)).fetchone()
                before = row[0] if row else None
                mark = self._keep(connection, state.picture, bodies)
                connection.execute(self._sql["write_face"], (feed_id, mark, rows.to_json(state)))
                if mark != before:
                    writing.note_look(connection, feed_id)
                    gone |= {before} if before else set()
            self._drop(connection, gone)

    def body(self, mark: str) -> bytes:
        """Return the bytes of a picture."""
        with self._reading() as connection:
            row = connection.execute(self._sql["picture_body"], (mark,)).fetchone()
        if row is None:
            raise KeyError(mark)
        return bytes(row[0])

    def _keep(
        self, connection: sqlite3.Connection, picture: Picture | None, bodies: Mapping[str, bytes]
    ) -> str | None:
        if picture is None:
            return None
        if picture.mark in bodies:
            row = (*msgspec.structs.astuple(picture), bodies[picture.mark])
            connection.execute(self._sql["add_picture"], row)
        return picture.mark

    def _drop(self, connection: sqlite3.Connection, marks: Iterable[str]) -> None:
        """Forget pictures that nobody shows any more."""
        connection.executemany(self._sql["drop_picture"], [{"mark": mark} for mark in marks])
