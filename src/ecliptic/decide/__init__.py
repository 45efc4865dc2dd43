"""What is new, what has changed, what is shown and why: rules over values alone.

No rule here reads a clock, a disk or a socket: the same arguments always give
the same decision, and deciding twice changes nothing.

What a run needs that finds nothing new is imported with the room; the rest when it is
first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from ecliptic.decide.duplicates import duplicates
from ecliptic.decide.feed import BAD_DELTA, HELD, check_of, is_same_body, next_state, unread
from ecliptic.decide.lifted import IN_REVIEW
from ecliptic.decide.moves import kinship
from ecliptic.decide.push import PUSHED, polled_push, pushed_state
from ecliptic.decide.rhythm import first_rhythm, next_rhythm, price_of
from ecliptic.decide.schedule import held_back, resumed, scheduled, skip_reason
from ecliptic.decide.sieves import Sieves, sifted
from ecliptic.decide.turns import in_turns

if TYPE_CHECKING:
    from ecliptic.decide.entries import decide
    from ecliptic.decide.identity import keys_of
    from ecliptic.decide.language import asks_for_language, spoken
    from ecliptic.decide.merging import is_merged, merged, split
    from ecliptic.decide.ruling import hidden_by_hand, shown_by_hand
    from ecliptic.decide.topic import amended_by_topic, by_thresholds, by_topic, topic_note

__all__ = [
    "BAD_DELTA",
    "HELD",
    "IN_REVIEW",
    "PUSHED",
    "Sieves",
    "amended_by_topic",
    "asks_for_language",
    "by_thresholds",
    "by_topic",
    "check_of",
    "decide",
    "duplicates",
    "first_rhythm",
    "held_back",
    "hidden_by_hand",
    "in_turns",
    "is_merged",
    "is_same_body",
    "keys_of",
    "kinship",
    "merged",
    "next_rhythm",
    "next_state",
    "polled_push",
    "price_of",
    "pushed_state",
    "resumed",
    "scheduled",
    "shown_by_hand",
    "sifted",
    "skip_reason",
    "split",
    "spoken",
    "topic_note",
    "unread",
]

_LATER: Final = {
    "entries": ("decide",),
    "identity": ("keys_of",),
    "language": ("asks_for_language", "spoken"),
    "merging": ("is_merged", "merged", "split"),
    "ruling": ("hidden_by_hand", "shown_by_hand"),
    "topic": ("amended_by_topic", "by_thresholds", "by_topic", "topic_note"),
}


def __getattr__(name: str) -> object:
    """Import a rule when it is first used: starting is half of a run that finds nothing new."""
    for module, names in _LATER.items():
        if name in names:
            found: object = getattr(import_module(f"{__name__}.{module}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
