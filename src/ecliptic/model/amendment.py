"""A change of how a stored entry stands, which leaves its text alone."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.entry import Entry, KnownEntry, Reason


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """How the entry ``key`` of a feed stands from now on; fields mean what they mean in ``Entry``.

    Nothing has to be cleaned again for it.
    """

    feed_id: int
    key: str
    shown_at: datetime
    hidden: Reason | None
    hidden_until: datetime | None
    ruling: str
    notes: tuple[Reason, ...]


def as_it_stands(entry: Entry | KnownEntry, feed_id: int) -> Amendment:
    """Return the amendment that changes nothing, to be made into one that does."""
    return Amendment(
        feed_id=feed_id,
        key=entry.key,
        shown_at=entry.shown_at,
        hidden=entry.hidden,
        hidden_until=entry.hidden_until,
        ruling=entry.ruling,
        notes=entry.notes,
    )
