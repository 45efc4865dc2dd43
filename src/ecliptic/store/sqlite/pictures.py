"""Pictures by the mark of their bytes; faces of feeds among them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

import msgspec

from ecliptic.model.picture import FaceState
from ecliptic.store.sqlite import meta, rows, writing
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.images import SqliteImages, drop_pictures, keep_picture
from ecliptic.store.sqlite.queries import queries

IMAGE_KEY: Final = "image_key"
_to_face: Final = msgspec.json.Decoder(FaceState).decode


class SqlitePictures:
    """The ``PictureIndex`` over SQLite; see ``store.pictures`` for what its methods promise."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()
        self._images = SqliteImages(reading, writing)

    def images(self) -> SqliteImages:
        """Return the images of entries."""
        return self._images

    def secret(self) -> bytes:
        """Return what signs the addresses of images on our host."""
        with self._reading() as connection:
            known = meta.read(connection, IMAGE_KEY)
        if known is None:
            known = secrets.token_bytes(32)
            with self._writing() as connection:
                meta.write(connection, IMAGE_KEY, known)
        return bytes(known)

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
                mark = keep_picture(connection, state.picture, bodies)
                connection.execute(self._sql["write_face"], (feed_id, mark, rows.to_json(state)))
                if mark != before:
                    writing.note_look(connection, feed_id)
                    gone |= {before} if before else set()
            drop_pictures(connection, gone)

    def body(self, mark: str) -> bytes:
        """Return the bytes of a picture."""
        with self._reading() as connection:
            row = connection.execute(self._sql["picture_body"], (mark,)).fetchone()
        if row is None:
            raise KeyError(mark)
        return bytes(row[0])
