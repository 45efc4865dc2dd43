"""Spans of time, as questions that count by them take them; and the counts by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, pairwise

from ecliptic.store.sqlite import rows


def to_json(bounds: Sequence[datetime]) -> str:
    """Return the spans between bounds: where each begins and ends, and its year."""
    return rows.to_json(
        [[rows.to_ticks(first), rows.to_ticks(end), first.year] for first, end in pairwise(bounds)]
    )


def gathered(found: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return by row the counts that come row by row."""
    return {row: tuple(n for _, n in counts) for row, counts in groupby(found, lambda one: one[0])}
