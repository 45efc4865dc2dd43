"""What is remembered of an entry: the decisions about it, in order."""

from __future__ import annotations

from typing import Final

from ecliptic.model.entry import Reason

_MOST_NOTES: Final = 12
"""An entry keeps its first note and the latest ones, so that its row stays bounded."""


def noted(notes: tuple[Reason, ...], *more: Reason) -> tuple[Reason, ...]:
    """Return ``notes`` with ``more`` at their end."""
    kept = (*notes, *more)
    if len(kept) > _MOST_NOTES:
        kept = (kept[0], *kept[1 - _MOST_NOTES :])
    return kept
