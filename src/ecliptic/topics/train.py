"""Learning from labels: a soft-margin support vector machine, its kernel, its calibration.

Imports scikit-learn, which takes a second and 120 MB; nothing else imports this at its start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.svm import SVC

from ecliptic.topics import features
from ecliptic.topics.model import Packed, floats

Matrix = Any
"""An array of numpy or scipy, which this does not tell apart."""

MOST_EXAMPLES: Final = 4_000
"""The products of all pairs of examples are held in memory: 128 MB for so many."""

MOST_FOLDS: Final = 5
LEAST_FOR_RBF: Final = 500
_MOST_WORDS: Final = 40_000
_MOST_COMMON: Final = 0.7
_BETTER: Final = 0.004


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled entry: its features, and whether it is on topic."""

    uid: str
    features: Mapping[str, int]
    is_on: bool


class Kernel(msgspec.Struct, frozen=True, kw_only=True):
    """A kernel that may be chosen; ``cost`` is what a label on the wrong side counts."""

    cost: float
    gamma: float = 0.0

    def of(self, products: Matrix) -> Matrix:
        """Return the kernel of vectors of length 1 whose products these are."""
        return np.exp(2 * self.gamma * (products - 1)) if self.gamma else products


_LINEAR: Final = Kernel(cost=1.0)
_RBF: Final = Kernel(cost=10.0, gamma=0.5)

Progress = Callable[[int, int], None]
"""Called with the steps done and all steps there are."""


def train(examples: Sequence[Example], progress: Progress = lambda _done, _all: None) -> Packed:
    """Return the model of labelled entries; the same ones in any order give the same model.

    The kernel is linear for fewer than 500 labels, and above that what does best in
    cross-validation, RBF only where it is clearly better. Labels weigh as if both kinds
    were equally many. There must be two of each kind at least, and
    ``MOST_EXAMPLES`` together at most.
    """
    chosen = sorted(examples, key=lambda example: example.uid)
    words, rarity = _vocabulary(chosen)
    vectors = _vectors(chosen, words, rarity)
    products = (vectors @ vectors.T).toarray()
    truth = np.array([example.is_on for example in chosen])
    folds = folds_of(chosen)
    kernels = [_LINEAR, _RBF] if len(chosen) >= LEAST_FOR_RBF else [_LINEAR]
    steps = len(kernels) * (max(folds) + 1) + 1
    best, scores, quality = _LINEAR, np.zeros(len(chosen)), -1.0
    for number, kernel in enumerate(kernels):
        found = _scores(kernel.of(products), truth, folds, kernel.cost)
        area = float(roc_auc_score(truth, found))
        if area > quality + (_BETTER if number else 0.0):
            best, scores, quality = kernel, found, area
        progress((number + 1) * (max(folds) + 1), steps)
    fitted = _machine(best.cost).fit(best.of(products), truth)
    slope, offset = _calibration(scores, truth)
    progress(steps, steps)
    support = vectors[fitted.support_]
    dual = fitted.dual_coef_.ravel()
    return Packed(
        features=features.VERSION,
        kernel="rbf" if best.gamma else "linear",
        words=tuple(words),
        rarity=floats(rarity),
        gamma=best.gamma,
        shift=_rounded(fitted.intercept_[0]),
        slope=_rounded(slope),
        offset=_rounded(offset),
        on=int(truth.sum()),
        off=int((~truth).sum()),
        quality=_rounded(quality),
        **_weights(best, support, dual),
    )


def folds_of(examples: Sequence[Example]) -> list[int]:
    """Return a fold for each example: both kinds spread evenly, by nothing but their uids."""
    smallest = min(Counter(example.is_on for example in examples).values())
    count = max(2, min(MOST_FOLDS, smallest))
    folds = [0] * len(examples)
    for kind in (False, True):
        members = [n for n, example in enumerate(examples) if example.is_on == kind]
        members.sort(key=lambda n: blake2b(examples[n].uid.encode("utf-8", "replace")).digest())
        for turn, number in enumerate(members):
            folds[number] = turn % count
    return folds


def _vocabulary(examples: Sequence[Example]) -> tuple[list[str], list[float]]:
    """Return the words that can tell something, and how rare each is (smoothed IDF)."""
    counts = Counter(word for example in examples for word in example.features)
    total = len(examples)
    kept = [w for w, count in counts.items() if 1 < count <= max(2, _MOST_COMMON * total)]
    kept.sort(key=lambda word: (-counts[word], word))
    words = sorted(kept[:_MOST_WORDS])
    return words, [_rounded(math.log((1 + total) / (1 + counts[word])) + 1) for word in words]


def _vectors(examples: Sequence[Example], words: list[str], rarity: list[float]) -> Matrix:
    """Return a row of length 1 for each example: how often its words stand there, by rarity."""
    index = {word: number for number, word in enumerate(words)}
    starts, places, values = [0], list[int](), list[float]()
    for example in examples:
        row = {
            index[word]: (1 + math.log(count)) * rarity[index[word]]
            for word, count in sorted(example.features.items())
            if word in index
        }
        norm = math.sqrt(sum(value * value for value in row.values()))
        places += row
        values += [value / norm for value in row.values()]
        starts.append(len(places))
    shape = (len(examples), len(words))
    return csr_matrix((values, places, starts), shape=shape, dtype=np.float64)


def _machine(cost: float) -> SVC:
    return SVC(kernel="precomputed", C=cost, class_weight="balanced")


def _scores(kernel: Matrix, truth: Matrix, folds: Sequence[int], cost: float) -> Matrix:
    """Return for each example the decision of a machine that did not see it."""
    fold_of = np.array(folds)
    scores = np.zeros(len(truth))
    for fold in range(max(folds) + 1):
        (seen,), (held,) = np.nonzero(fold_of != fold), np.nonzero(fold_of == fold)
        machine = _machine(cost).fit(kernel[np.ix_(seen, seen)], truth[seen])
        scores[held] = machine.decision_function(kernel[np.ix_(held, seen)])
    return scores


def _calibration(scores: Matrix, truth: Matrix) -> tuple[float, float]:
    """Return slope and offset of the logistic function from decisions to probabilities.

    Platt's way: the targets stand a little inside 0 and 1, so that few labels that are
    told apart without fault do not make for certainty. Both kinds weigh the same. Labels that
    cannot be told apart give a slope of 0 and the probability 1/2 for all.
    """
    on, off = int(truth.sum()), int((~truth).sum())
    target = np.where(truth, (on + 1) / (on + 2), 1 / (off + 2))
    weight = np.where(truth, 0.5 / on, 0.5 / off) * len(truth)
    fitted = LogisticRegression(C=1e6, tol=1e-8, max_iter=1_000).fit(
        np.concatenate([scores, scores]).reshape(-1, 1),
        np.concatenate([np.ones(len(scores)), np.zeros(len(scores))]),
        sample_weight=np.concatenate([weight * target, weight * (1 - target)]),
    )
    slope = float(fitted.coef_[0, 0])
    return (slope, float(fitted.intercept_[0])) if slope > 0 else (0.0, 0.0)


def _weights(kernel: Kernel, support: Matrix, dual: Matrix) -> dict[str, bytes]:
    if not kernel.gamma:
        return {"weights": floats((support.T @ dual).tolist())}
    by_word = support.tocsc()
    by_word.sort_indices()
    return {
        "weights": floats(dual.tolist()),
        "starts": by_word.indptr.astype("<u4").tobytes(),
        "places": by_word.indices.astype("<u4").tobytes(),
        "values": by_word.data.astype("<f4").tobytes(),
    }


def _rounded(number: float) -> float:
    """Return a number without the digits that another processor may compute otherwise."""
    return float(f"{float(number):.6g}")
