"""What the operator says of an entry by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.notes import noted
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import Entry, Reason

BY_HAND: Final = "decide.hidden_by_hand"


def hidden_by_hand(entry: Entry, now: datetime, *, why: str = "") -> Amendment:
    """Return how an entry stands that the operator hides, whatever the rules say."""
    reason = Reason(code=BY_HAND, at=now, params={"why": why or "no reason was given"})
    if entry.ruling == "hide" and entry.hidden and entry.hidden.params == reason.params:
        return as_it_stands(entry, entry.feed_id)
    return _ruled(entry, "hide", hidden=reason, note=reason)


def shown_by_hand(entry: Entry, now: datetime) -> Amendment:
    """Return how an entry stands that the operator shows, whatever the rules say."""
    if entry.ruling == "show" and entry.hidden is None:
        return as_it_stands(entry, entry.feed_id)
    after = _ruled(entry, "show", hidden=None, note=Reason(code="decide.shown_by_hand", at=now))
    return replace(after, shown_at=min(entry.shown_at, now))  # it may have waited for its date


def _ruled(entry: Entry, ruling: str, *, hidden: Reason | None, note: Reason) -> Amendment:
    return replace(
        as_it_stands(entry, entry.feed_id),
        hidden=hidden,
        hidden_until=None,
        ruling=ruling,
        notes=noted(entry.notes, note),
    )
