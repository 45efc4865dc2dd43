"""Entries that a rule held back, let out by the operator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ecliptic.decide.flood import BACK_CATALOGUE, FLOOD
from ecliptic.decide.lifted import lifted
from ecliptic.decide.quarantine import QUARANTINE
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import Entry, Reason

HELD: Final = frozenset({BACK_CATALOGUE, FLOOD, QUARANTINE})
"""Why an entry may be held that can be released."""


def to_release(hidden: Iterable[Entry], most: int) -> list[Entry]:
    """Return which entries to let out: all of a quarantine, and the newest ``most`` others.

    ``hidden`` come newest first; ``most`` is 0 for all.
    """
    held = [entry for entry in hidden if entry.hidden and entry.hidden.code in HELD]
    kept = [entry for entry in held if entry.hidden and entry.hidden.code != QUARANTINE]
    late = {entry.key for entry in kept[most:]} if most else set()
    return [entry for entry in held if entry.key not in late]


def released(entry: Entry, now: datetime) -> Amendment:
    """Return how an entry stands that is let out, as if it had not been held."""
    note = Reason(code="decide.released", at=now)
    return lifted(as_it_stands(entry, entry.feed_id), note, now)
