"""What is new, what has changed, what is shown and why: rules over values alone.

No rule here reads a clock, a disk or a socket: the same arguments always give
the same decision, and deciding twice changes nothing.
"""

from ecliptic.decide.duplicates import duplicates
from ecliptic.decide.entries import decide
from ecliptic.decide.feed import BAD_DELTA, HELD, check_of, is_same_body, next_state
from ecliptic.decide.identity import keys_of
from ecliptic.decide.language import asks_for_language, spoken
from ecliptic.decide.lifted import IN_REVIEW
from ecliptic.decide.merging import is_merged, merged, split
from ecliptic.decide.moves import kinship
from ecliptic.decide.push import PUSHED, polled_push, pushed_state
from ecliptic.decide.rhythm import first_rhythm, next_rhythm, price_of
from ecliptic.decide.ruling import hidden_by_hand, shown_by_hand
from ecliptic.decide.schedule import held_back, resumed, scheduled, skip_reason
from ecliptic.decide.sieves import Sieves, sifted
from ecliptic.decide.topic import amended_by_topic, by_topic, topic_note
from ecliptic.decide.turns import in_turns

__all__ = [
    "BAD_DELTA",
    "HELD",
    "IN_REVIEW",
    "PUSHED",
    "Sieves",
    "amended_by_topic",
    "asks_for_language",
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
]
