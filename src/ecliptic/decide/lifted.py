"""What becomes of an entry when the reason for which it was hidden ends.

An entry is hidden by one reason at a time. What other rules said of it meanwhile
stands among its notes, and the first of them that still holds hides it next. Filters
are asked again by whoever writes the change (``flows.settling``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.notes import noted
from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Reason

REMOVED: Final = "decide.removed"
LEFT: Final = "decide.left_feed"
BACK: Final = "decide.returned"
DROPPED: Final = "plugins.filtered"
OFF_TOPIC: Final = "decide.off_topic"
IN_REVIEW: Final = "decide.topic_review"

_PLACES: Final = frozenset({REMOVED, LEFT, BACK})
_TOPICS: Final = frozenset({OFF_TOPIC, IN_REVIEW, "decide.topic", "decide.topic_labelled"})


def lifted(stands: Amendment, note: Reason, now: datetime) -> Amendment:
    """Return how an entry stands of which the reason to hide it has ended, as ``note`` says."""
    return replace(
        stands,
        hidden=None if stands.ruling == "show" else still_hidden_by(stands.notes),
        hidden_until=None,
        shown_at=min(stands.shown_at, now),
        notes=noted(stands.notes, note),
    )


def still_hidden_by(notes: Sequence[Reason]) -> Reason | None:
    """Return which of the rules that left a note would hide the entry."""
    place = _last(notes, _PLACES)
    if place is not None and place.code == REMOVED:
        return place
    dropped = _last(notes, {DROPPED})
    if dropped is not None:
        return dropped
    topic = _last(notes, _TOPICS)
    return topic if topic is not None and is_off(topic) else None


def is_off(topic: Reason) -> bool:
    """Whether a note of an entry's topic says that no page shows it."""
    return topic.code == OFF_TOPIC or topic.params.get("grey") == "hold"


def _last(notes: Sequence[Reason], codes: frozenset[str] | set[str]) -> Reason | None:
    return next((note for note in reversed(notes) if note.code in codes), None)
