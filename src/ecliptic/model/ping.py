"""What a hub is owed: the word that one of the planet's own feeds has changed."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Ping(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the outbox: one feed of ours, and the version of it that a hub is told of.

    ``topic`` is the feed's public address and ``fingerprint`` is of its bytes.
    ``next_at`` is when the hub may be told of them; ``None`` when it has been
    told or, with a ``code``, was given up. ``code`` and ``detail`` say why the
    last attempt failed, ``attempts`` counts those since ``owed_at``.
    """

    hub: str
    topic: str
    fingerprint: str
    owed_at: datetime
    next_at: datetime | None = None
    attempts: int = 0
    code: str = ""
    detail: str = ""

    @property
    def is_owed(self) -> bool:
        """Whether the hub is still to be told."""
        return self.next_at is not None

    @property
    def is_given_up(self) -> bool:
        """Whether the hub was not told and will not be, of this version."""
        return self.next_at is None and self.code != ""
