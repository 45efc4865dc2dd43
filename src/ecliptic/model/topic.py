"""What is known and thought of an entry's topic and language."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.site import TopicSettings


class TopicLabel(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator said of the topic of the entry ``key`` of a feed.

    ``on_topic`` is ``None`` where an earlier label is taken back.
    """

    feed_id: int
    key: str
    on_topic: bool | None
    at: datetime


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A word of an entry, and how far it moved the judgement: above 0 towards the topic."""

    word: str
    weight: float


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """How probable it is that an entry is on topic, and the words that spoke loudest.

    The loudest comes first. ``probability`` is from 0 to 1. ``kept`` are the words as an
    earlier judgement told them.
    """

    probability: float
    words: tuple[Spoken, ...] = ()
    kept: str = ""

    def told(self, most: int = 3) -> str:
        """Return the loudest words that speak for the side the entry is on."""
        if self.kept:
            return self.kept
        sign = 1 if self.probability >= _EVEN else -1
        return ", ".join([said.word for said in self.words if said.weight * sign > 0][:most])


_EVEN = 0.5


class Judging(msgspec.Struct, frozen=True, kw_only=True):
    """What a run judges of each entry beside its feed's rules: its language, its topic.

    ``model`` is the path of the planet's model, or ``""``; ``stamp`` moves when that file does.
    """

    detect_languages: bool = False
    model: str = ""
    stamp: int = 0
    topics: TopicSettings = TopicSettings()


class Detected(msgspec.Struct, frozen=True, kw_only=True):
    """The language that a text most likely is in: an ISO 639 code, and how sure that is.

    ``length`` is of the text, in characters.
    """

    language: str
    probability: float
    length: int
