"""Judging an entry by a model that was trained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from ecliptic.model.topic import Opinion, Spoken
from ecliptic.topics.features import is_word
from ecliptic.topics.linear import Linear
from ecliptic.topics.model import Packed, TopicModel

LEAST_WORDS: Final = 3
"""Of an entry with fewer known words nothing can be said: a lone picture is not off topic."""

_LOUDEST: Final = 6

Vector: TypeAlias = dict[int, float]
"""The weight of each word of an entry, by its number in the model; of length 1."""


class Machine(Protocol):
    """The decision function of a kernel."""

    def look(self, vector: Vector) -> Any:
        """Return what both questions below have in common."""
        ...

    def decision(self, seen: Any) -> float:
        """Return the decision about a vector: above 0 for the topic, below against it."""
        ...

    def parts(self, seen: Any, most: int) -> dict[int, float]:
        """Return how far words move the decision: the ``most`` loudest at least, all if it is 0."""
        ...

    def leanings(self) -> list[float]:
        """Return where each word leads when nothing else is said."""
        ...


class Judge:
    """A model at work.

    Raises ``ValueError`` when the model would lead out of its own bounds, and
    ``ImportError`` when its kernel needs numpy and there is none.
    """

    def __init__(self, model: TopicModel) -> None:
        self.model = model
        self._machine = _machine_of(model.packed)

    def probability(self, features: Mapping[str, int]) -> float | None:
        """Return how probable it is that an entry with these features is on topic.

        ``None`` where too few of its words are known.
        """
        opinion = self.opinion(features, worded_below=0.0)
        return opinion.probability if opinion else None

    def opinion(
        self, features: Mapping[str, int], *, all_words: bool = False, worded_below: float = 2.0
    ) -> Opinion | None:
        """Return the probability with the words that spoke loudest, or with all of them.

        A word's weight is how far the decision moves by it: exactly so where the kernel is
        linear, else by leaving it out. A probability that is not below ``worded_below`` comes
        without them, which is quicker.
        """
        vector = self._vector(features)
        if vector is None:
            return None
        seen = self._machine.look(vector)
        probability = self._likely(self._machine.decision(seen))
        if probability >= worded_below:
            return Opinion(probability=probability)
        most = 0 if all_words else _LOUDEST
        parts = self._machine.parts(seen, most)
        order = sorted(parts, key=lambda number: (-abs(parts[number]), number))
        return Opinion(probability=probability, words=self._named(parts, order[: most or None]))

    def leanings(self, most: int) -> tuple[Spoken, ...]:
        """Return the words that lean furthest, half of them towards the topic, half away."""
        rarity = self.model.rarity
        parts = {n: lean * rarity[n] for n, lean in enumerate(self._machine.leanings())}
        order = sorted(parts, key=lambda number: (-parts[number], number))
        half = most // 2
        towards = [number for number in order[:half] if parts[number] > 0]
        away = [number for number in reversed(order[-half:]) if parts[number] < 0]
        return self._named(parts, [*towards, *away])

    def _vector(self, features: Mapping[str, int]) -> Vector | None:
        index, rarity = self.model.index, self.model.rarity
        vector: Vector = {}
        words = 0
        for word, count in features.items():
            number = index.get(word)
            if number is not None:
                vector[number] = (1.0 + math.log(count)) * rarity[number]
                words += is_word(word)
        if words < LEAST_WORDS:
            return None
        norm = math.sqrt(sum(value * value for value in vector.values()))
        return {number: value / norm for number, value in vector.items()}

    def _likely(self, decision: float) -> float:
        packed = self.model.packed
        exponent = packed.slope * decision + packed.offset
        return 1.0 / (1.0 + math.exp(-max(min(exponent, 700.0), -700.0)))

    def _named(self, parts: Mapping[int, float], order: Iterable[int]) -> tuple[Spoken, ...]:
        words = self.model.packed.words
        return tuple(Spoken(word=words[number], weight=round(parts[number], 4)) for number in order)


def _machine_of(packed: Packed) -> Machine:
    if packed.kernel == "linear":
        return Linear(packed)
    from ecliptic.topics.rbf import Rbf  # noqa: PLC0415 - needs numpy, which a linear one does not

    return Rbf(packed)
