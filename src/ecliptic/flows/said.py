"""A decision as it is told: its code, its words and its time."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.codes import words
from ecliptic.model.entry import Reason


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One decision: when it was made (``None`` for one that holds now), its code and words."""

    code: str
    words: str
    at: datetime | None = None


def said(reason: Reason) -> Said:
    """Return a decision that was stored."""
    return Said(code=reason.code, words=words(reason.code, reason.params), at=reason.at)


def told(code: str, **params: object) -> Said:
    """Return one that holds now."""
    return Said(code=code, words=words(code, params))
