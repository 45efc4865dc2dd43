"""The RBF kernel: how near an entry is to each support vector. Imports numpy."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ecliptic.topics.model import Packed

Array = Any
"""An array of numpy."""

_CANDIDATES: Final = 8
_MOST_AT_ONCE: Final = 64


class Rbf:
    """A decision that is the sum over support vectors.

    All vectors are of length 1, so that their products tell their distances. The support
    vectors stand by words: word ``i`` is in those from ``starts[i]`` to ``starts[i + 1]``
    of ``places``, and what it is there stands in ``values``.
    """

    def __init__(self, packed: Packed) -> None:
        self._weights = np.frombuffer(packed.weights, "<f4").astype(float)
        self._starts = np.frombuffer(packed.starts, "<u4").astype(np.int64)
        self._places = np.frombuffer(packed.places, "<u4").astype(np.int64)
        self._values = np.frombuffer(packed.values, "<f4").astype(float)
        self._double = 2 * packed.gamma
        self._shift = packed.shift
        self._check(len(packed.words))

    def decision(self, vector: dict[int, float]) -> float:
        """Return the decision about a vector."""
        places, parts, _ = self._around(vector)
        return float(self._shift + self._kernels(self._products(places, parts)).sum())

    def parts(self, vector: dict[int, float], most: int) -> dict[int, float]:
        """Return how far the decision falls without each word, of those its slope names."""
        numbers = list(vector)
        places, parts, lengths = self._around(vector)
        products = self._products(places, parts)
        kernels = self._kernels(products)
        owner: Array = np.repeat(np.arange(len(numbers)), lengths)
        if most and len(numbers) > _CANDIDATES:
            slopes = np.bincount(owner, kernels[places] * parts, minlength=len(numbers))
            chosen = np.argsort(-np.abs(slopes), kind="stable")[:_CANDIDATES].tolist()
        else:
            chosen = list(range(len(numbers)))
        ends = np.cumsum(lengths)
        found: dict[int, float] = {}
        for first in range(0, len(chosen), _MOST_AT_ONCE):
            some = chosen[first : first + _MOST_AT_ONCE]
            left = np.tile(products, (len(some), 1))
            for row, at in enumerate(some):
                own = slice(ends[at] - lengths[at], ends[at])
                left[row, places[own]] -= parts[own]
                left[row] /= max(1 - vector[numbers[at]] ** 2, 1e-12) ** 0.5
            falls = kernels.sum() - self._kernels(left).sum(axis=1)
            found |= {numbers[at]: float(fall) for at, fall in zip(some, falls, strict=True)}
        return found

    def leanings(self) -> list[float]:
        """Return the slope of each word where nothing is said: a hint, not the whole."""
        owner: Array = np.repeat(np.arange(len(self._starts) - 1), np.diff(self._starts))
        parts = self._weights[self._places] * self._values
        found: list[float] = np.bincount(owner, parts, minlength=len(self._starts) - 1).tolist()
        return found

    def _around(self, vector: dict[int, float]) -> tuple[Array, Array, Array]:
        """Return where the words of a vector stand, their parts in products, and how many of each.

        Places are of support vectors; they come word by word, in the order of the vector.
        """
        spans = [slice(self._starts[number], self._starts[number + 1]) for number in vector]
        lengths = np.array([span.stop - span.start for span in spans])
        places = np.concatenate([self._places[span] for span in spans])
        values = np.concatenate([self._values[span] for span in spans])
        return places, values * np.repeat(list(vector.values()), lengths), lengths

    def _products(self, places: Array, parts: Array) -> Array:
        return np.bincount(places, parts, minlength=len(self._weights))

    def _kernels(self, products: Array) -> Array:
        return self._weights * np.exp(self._double * (products - 1))

    def _check(self, words: int) -> None:
        """Raise ``ValueError`` where judging would go out of its bounds."""
        starts, count = self._starts, len(self._values)
        fits = (
            len(starts) == words + 1
            and starts[0] == 0
            and starts[-1] == count == len(self._places)
            and bool((np.diff(starts) >= 0).all())
            and int(self._places.max(initial=-1)) < len(self._weights)
        )
        if not fits:
            raise ValueError("its words and support vectors do not agree")
        if not (np.isfinite(self._weights).all() and np.isfinite(self._values).all()):
            raise ValueError("a number in it is none")
