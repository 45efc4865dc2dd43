"""How well a model would do on entries it has not seen: cross-validation, and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ecliptic.topics.judge import Judge
from ecliptic.topics.model import TopicModel
from ecliptic.topics.train import Example, Progress, folds_of, train


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A label, and what a model thought that had not seen it; ``None``: it has too few words."""

    uid: str
    is_on: bool
    probability: float | None


def cross_validated(
    examples: Sequence[Example], progress: Progress = lambda _done, _all: None
) -> list[Judged]:
    """Judge each labelled entry by a model trained on the others, in up to five parts.

    Words, kernel and calibration are chosen anew each time, without the part that is judged.
    """
    ordered = sorted(examples, key=lambda example: example.uid)
    folds = folds_of(ordered)
    count = max(folds) + 1
    judged: list[Judged] = []
    for fold in range(count):
        seen = [example for example, its in zip(ordered, folds, strict=True) if its != fold]
        held = [example for example, its in zip(ordered, folds, strict=True) if its == fold]
        judge = Judge(TopicModel(train(seen)))
        judged += [
            Judged(
                uid=example.uid,
                is_on=example.is_on,
                probability=judge.probability(example.features),
            )
            for example in held
        ]
        progress(fold + 1, count)
    return judged


class AtThreshold(msgspec.Struct, frozen=True, kw_only=True):
    """What would come of calling off topic all that is less probable than ``below``.

    ``precision`` is the share of those so called that are off topic, ``recall`` the share of
    those off topic that are so called; ``None`` where there are none to count.
    """

    below: float
    off_called_off: int
    off_called_on: int
    on_called_off: int
    on_called_on: int
    precision: float | None
    recall: float | None


def at_threshold(judged: Iterable[Judged], below: float) -> AtThreshold:
    """Count what a threshold would do to entries that were judged unseen."""
    counts = {(truth, called): 0 for truth in (False, True) for called in (False, True)}
    for each in judged:
        counts[each.is_on, each.probability is None or each.probability >= below] += 1
    caught, missed = counts[False, False], counts[False, True]
    wronged = counts[True, False]
    return AtThreshold(
        below=below,
        off_called_off=caught,
        off_called_on=missed,
        on_called_off=wronged,
        on_called_on=counts[True, True],
        precision=caught / (caught + wronged) if caught + wronged else None,
        recall=caught / (caught + missed) if caught + missed else None,
    )
