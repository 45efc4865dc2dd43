"""What becomes of an author's edit: it is taken, unless the entry never comes to rest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ecliptic.decide.face import SIGNS
from ecliptic.decide.notes import noted
from ecliptic.model.entry import KnownEntry, Reason

MOST_EDITS: Final = 6
"""Edits of one entry that are taken in a day."""

_DAY: Final = timedelta(days=1)
_KNOWN_AGAIN: Final = frozenset(code for code, _, _ in SIGNS)
_EDITS: Final = frozenset({"decide.changed", "decide.restless"})


def edited(before: KnownEntry, now: datetime) -> tuple[Reason, ...] | None:
    """Return the notes of an entry whose edit is taken, or ``None``: it has to wait.

    An entry that changes at every check, as those with a counter or an advert in
    their text do, is taken so many times in a day; the last time says so.
    """
    last = before.notes[-1] if before.notes else None
    if last is not None and last.at == now and last.code in _KNOWN_AGAIN:
        return before.notes  # it is noted already why it differs
    recent = [note for note in before.notes if note.code in _EDITS and now - note.at < _DAY]
    if len(recent) >= MOST_EDITS:
        return None
    if len(recent) < MOST_EDITS - 1:
        return noted(before.notes, Reason(code="decide.changed", at=now))
    if any(note.code == "decide.restless" for note in before.notes):
        return noted(before.notes, Reason(code="decide.changed", at=now))
    params: dict[str, str | int] = {"count": MOST_EDITS}
    return noted(before.notes, Reason(code="decide.restless", at=now, params=params))
