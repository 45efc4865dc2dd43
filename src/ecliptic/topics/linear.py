"""The linear kernel: one weight a word, in plain Python.

No array library is imported for it: that would cost every worker 0.1 s and 22 MB, and for an
entry of a hundred words there is nothing to gain.
"""

from __future__ import annotations

from ecliptic.topics.model import Packed, to_floats


class Linear:
    """A decision that is the sum of its words."""

    def __init__(self, packed: Packed) -> None:
        self._weights = to_floats(packed.weights)
        self._shift = packed.shift
        if len(self._weights) != len(packed.words):
            raise ValueError("its words and weights do not agree")

    def look(self, vector: dict[int, float]) -> dict[int, float]:
        """Return the part of each word in the decision."""
        weights = self._weights
        return {number: value * weights[number] for number, value in vector.items()}

    def decision(self, seen: dict[int, float]) -> float:
        """Return the decision about a vector."""
        return self._shift + sum(seen.values())

    def parts(self, seen: dict[int, float], most: int) -> dict[int, float]:
        """Return the part of each word in the decision."""
        del most
        return seen

    def leanings(self) -> list[float]:
        """Return the weight of each word."""
        return list(self._weights)
