"""The part of a store that keeps the pictures which the site serves itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ecliptic.model.entry import Entry
from ecliptic.model.picture import FaceState, Got, Picture, Wanted


class PictureIndex(Protocol):
    """Pictures by the mark of their bytes, and whose they are."""

    def faces(self) -> Mapping[int, FaceState]:
        """Return how looking for the pictures of the subscribed feeds stands, by their id."""
        ...

    def write_faces(self, states: Mapping[int, FaceState], bodies: Mapping[str, bytes]) -> None:
        """Keep how looking for faces stands now; ``bodies`` are new pictures, by their mark.

        The revision of a feed moves where its picture did. Pictures that nobody shows any
        more are forgotten.
        """
        ...

    def body(self, mark: str) -> bytes:
        """Return the bytes of a picture; raises ``KeyError`` when it is not kept."""
        ...

    def images(self) -> ImageIndex:
        """Return the images of entries."""
        ...

    def secret(self) -> bytes:
        """Return what signs the addresses of images on our host, made when first asked for."""
        ...


class ImageIndex(Protocol):
    """The images of shown entries, and which of them we have."""

    def bring_up(self, images_of: Callable[[Entry], Sequence[str]]) -> None:
        """Look which images entries have that are new or changed since the last time.

        The first time, only the newest entries are looked at.
        """
        ...

    def waiting(self, now: datetime, limit: int) -> list[Wanted]:
        """Return images that are to be asked for, those of the newest entries first."""
        ...

    def keep(self, got: Iterable[Got], bodies: Mapping[str, bytes], *, most: int) -> None:
        """Keep what came, ``most`` bytes together: the oldest give way.

        The entries that show an image that came or went may look different then.
        """
        ...

    def stored(self) -> Mapping[str, Picture]:
        """Return those that we have, of entries that pages may show, by their address."""
        ...
