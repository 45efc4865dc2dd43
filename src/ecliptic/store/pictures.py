"""The part of a store that keeps the pictures which the site serves itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ecliptic.model.picture import FaceState


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
