"""What ``decide`` says about a parsed feed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Reason
from ecliptic.model.parsed import ParsedEntry


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that must be written, and all that was decided about it.

    ``is_new`` and ``is_changed`` are both false for one that the author left
    as it was and that is only cleaned again, by newer rules.
    """

    entry: ParsedEntry
    key: str
    uid: str
    fingerprint: bytes
    is_new: bool
    is_changed: bool
    first_seen_at: datetime
    shown_at: datetime
    published: datetime | None
    position: int
    hidden: Reason | None
    notes: tuple[Reason, ...]
    hidden_until: datetime | None = None
    ruling: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The entries to clean and store; ``unchanged`` counts those whose text needs nothing now.

    Of them ``waiting`` were edited, and are taken at a later check; ``amendments``
    are of those that stand otherwise from now on.
    """

    verdicts: tuple[Verdict, ...]
    unchanged: int
    waiting: int = 0
    amendments: tuple[Amendment, ...] = ()

    @property
    def count_new(self) -> int:
        """How many entries were never seen before."""
        return sum(verdict.is_new for verdict in self.verdicts)

    @property
    def count_changed(self) -> int:
        """How many known entries their authors changed."""
        return sum(verdict.is_changed for verdict in self.verdicts)
