"""What ``decide`` says about a parsed feed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.entry import Reason
from ecliptic.model.parsed import ParsedEntry


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that must be written, and all that was decided about it.

    ``is_new`` is false for one that was stored before and has changed.
    """

    entry: ParsedEntry
    key: str
    uid: str
    fingerprint: bytes
    is_new: bool
    first_seen_at: datetime
    shown_at: datetime
    published: datetime | None
    hidden: Reason | None
    notes: tuple[Reason, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The entries to clean and store; ``unchanged`` counts those that need nothing."""

    verdicts: tuple[Verdict, ...]
    unchanged: int
