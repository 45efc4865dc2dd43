"""The RBF kernel: how near an entry is to each support vector. Imports numpy."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from ecliptic.topics.model import Packed

Array = Any
"""An array of numpy."""

_CANDIDATES: Final = 8
_MOST_AT_ONCE: Final = 64


class Seen(NamedTuple):
    """A vector among the support vectors.

    Of each of its words, in order, there are ``lengths`` support vectors that have it:
    ``places`` names them, ``parts`` is what the word adds to the product with each.
    """

    vector: dict[int, float]
    places: Array
    parts: Array
    lengths: Array
    products: Array
    kernels: Array


class Rbf:
    """A decision that is the sum over support vectors.

    All vectors are of length 1, so that their products tell their distances. The support
    vectors stand by words: word ``i`` is in those from ``starts[i]`` to ``starts[i + 1]``
    of ``places``, and what it is there stands in ``values``.
    """

    def __init__(self, packed: Packed) -> None:
        self._weights = np.frombuffer(packed.weights, "<f4").astype(float)
        self._starts: list[int] = np.frombuffer(packed.starts, "<u4").tolist()
        self._places = np.frombuffer(packed.places, "<u4").astype(np.int64)
        self._values = np.frombuffer(packed.values, "<f4").astype(float)
        self._double = 2 * packed.gamma
        self._shift = packed.shift
        self._check(len(packed.words))

    def look(self, vector: dict[int, float]) -> Seen:
        """Return how near a vector is to each support vector, and by which words."""
        starts = self._starts
        spans = [(starts[number], starts[number + 1]) for number in vector]
        lengths = np.array([end - start for start, end in spans])
        places = np.concatenate([self._places[start:end] for start, end in spans])
        parts = np.concatenate([self._values[start:end] for start, end in spans])
        parts *= np.repeat(list(vector.values()), lengths)
        products = np.bincount(places, parts, minlength=len(self._weights))
        return Seen(vector, places, parts, lengths, products, self._kernels(products))

    def decision(self, seen: Seen) -> float:
        """Return the decision about a vector."""
        return float(self._shift + seen.kernels.sum())

    def parts(self, seen: Seen, most: int) -> dict[int, float]:
        """Return how far the decision falls without each word, of those its slope names."""
        numbers = list(seen.vector)
        if most and len(numbers) > _CANDIDATES:
            owner: Array = np.repeat(np.arange(len(numbers)), seen.lengths)
            slopes = np.bincount(owner, seen.kernels[seen.places] * seen.parts, len(numbers))
            chosen = np.argsort(-np.abs(slopes), kind="stable")[:_CANDIDATES].tolist()
        else:
            chosen = list(range(len(numbers)))
        ends = np.cumsum(seen.lengths)
        found: dict[int, float] = {}
        for first in range(0, len(chosen), _MOST_AT_ONCE):
            some = chosen[first : first + _MOST_AT_ONCE]
            left = np.tile(seen.products, (len(some), 1))
            for row, at in enumerate(some):
                own = slice(ends[at] - seen.lengths[at], ends[at])
                left[row, seen.places[own]] -= seen.parts[own]
                left[row] /= max(1 - seen.vector[numbers[at]] ** 2, 1e-12) ** 0.5
            falls = seen.kernels.sum() - self._kernels(left).sum(axis=1)
            found |= {numbers[at]: float(fall) for at, fall in zip(some, falls, strict=True)}
        return found

    def leanings(self) -> list[float]:
        """Return the slope of each word where nothing is said: a hint, not the whole."""
        owner: Array = np.repeat(np.arange(len(self._starts) - 1), np.diff(self._starts))
        parts = self._weights[self._places] * self._values
        found: list[float] = np.bincount(owner, parts, minlength=len(self._starts) - 1).tolist()
        return found

    def _kernels(self, products: Array) -> Array:
        return self._weights * np.exp(self._double * (products - 1))

    def _check(self, words: int) -> None:
        """Raise ``ValueError`` where judging would go out of its bounds."""
        starts, count = self._starts, len(self._values)
        fits = (
            len(starts) == words + 1
            and starts[0] == 0
            and starts[-1] == count == len(self._places)
            and all(a <= b for a, b in pairwise(starts))
            and int(self._places.max(initial=-1)) < len(self._weights)
        )
        if not fits:
            raise ValueError("its words and support vectors do not agree")
        if not (np.isfinite(self._weights).all() and np.isfinite(self._values).all()):
            raise ValueError("a number in it is none")
