"""Learning topics from what the operator said of entries, and telling what was learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

import msgspec

from ecliptic.errors import EclipticError, UsageError
from ecliptic.flows.explaining import name_of, url_of
from ecliptic.flows.judging import INSTALL, model_path
from ecliptic.model.site import Site
from ecliptic.publish.durable import write_atomically
from ecliptic.store import Store

try:
    from ecliptic.topics.evaluate import AtThreshold, Judged, at_threshold, cross_validated
    from ecliptic.topics.features import features_of
    from ecliptic.topics.model import to_bytes
    from ecliptic.topics.train import MOST_EXAMPLES, Example, train
except ImportError as missing:
    raise UsageError(
        "topics.not_installed",
        f"learning topics needs libraries that are not installed: {INSTALL}",
    ) from missing

Steps = Callable[[int, int], None]
"""Called with the steps done and all there are."""

LEAST: Final = 5
"""Labels of each kind; with fewer, nothing can be said of how well a model does."""

_LADDER: Final = (0.1, 0.2, 0.3, 0.4, 0.5)
_WORST: Final = 5


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """How many labels were used: ``on`` topic and ``off``, and how many older ones were not."""

    on: int
    off: int
    unused: int


class Taught(msgspec.Struct, frozen=True, kw_only=True):
    """A model that was made; ``quality`` is the area under its ROC curve: 0.5 is chance, 1 best."""

    labels: Labels
    kernel: str
    words: int
    quality: float
    model: str
    size: int


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """A label that surprises the model most; it may be the label that is wrong."""

    uid: str
    title: str
    feed: str
    label: str
    probability: float


class Zones(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of labelled entries by the settings, had the model not seen them."""

    shown: int
    review: int
    dropped: int


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """How well a model does on entries it has not seen. ``unjudged`` have too few known words."""

    labels: Labels
    unjudged: int
    thresholds: tuple[AtThreshold, ...]
    on: Zones
    off: Zones
    mistakes: tuple[Mistake, ...]


def teach(site: Site, store: Store, steps: Steps) -> Taught:
    """Train the planet's model on what was kept and dropped, and write it beside the state."""
    lesson = _lesson(store)
    packed = train(lesson.examples, steps)
    path, data = model_path(site), to_bytes(packed)
    try:
        write_atomically(path, data)
    except OSError as error:
        raise EclipticError(
            "topics.unwritable", f"{path}: the model cannot be written ({error.strerror})"
        ) from error
    return Taught(
        labels=lesson.labels,
        kernel=packed.kernel,
        words=len(packed.words),
        quality=packed.quality,
        model=path,
        size=len(data),
    )


def assess(site: Site, store: Store, steps: Steps) -> Assessed:
    """Cross-validate: judge each labelled entry by a model that has not seen it."""
    lesson = _lesson(store)
    judged = cross_validated(lesson.examples, steps)
    low, high = site.topics.drop_below, site.topics.review_below
    limits = sorted({*_LADDER, *(limit for limit in (low, high) if limit is not None)})
    return Assessed(
        labels=lesson.labels,
        unjudged=sum(each.probability is None for each in judged),
        thresholds=tuple(at_threshold(judged, limit) for limit in limits),
        on=_zones((each for each in judged if each.is_on), low, high),
        off=_zones((each for each in judged if not each.is_on), low, high),
        mistakes=tuple(_mistakes(judged, lesson)),
    )


class _Lesson(msgspec.Struct, frozen=True, kw_only=True):
    examples: list[Example]
    titles: dict[str, tuple[str, str]]
    labels: Labels


def _lesson(store: Store) -> _Lesson:
    """Return what there is to learn from: the newest labels, as many as are used."""
    feeds = {feed.id: feed for feed in store.feeds()}
    examples: list[Example] = []
    titles: dict[str, tuple[str, str]] = {}
    labelled = store.labelled()
    for entry, is_on in islice(labelled, MOST_EXAMPLES):
        features = features_of(entry, url_of(feeds, entry))
        examples.append(Example(uid=entry.uid, features=features, is_on=is_on))
        titles[entry.uid] = entry.title, name_of(feeds, entry)
    on = sum(example.is_on for example in examples)
    labels = Labels(on=on, off=len(examples) - on, unused=sum(1 for _ in labelled))
    if min(labels.on, labels.off) < LEAST:
        raise UsageError(
            "topics.too_few",
            f"there are {labels.on} labels on topic and {labels.off} off it, and {LEAST} of each "
            "are needed, better 25. `ecliptic topics label LINK on` and `off` give them; entries "
            "that you hid or showed by hand count too",
        )
    return _Lesson(examples=examples, titles=titles, labels=labels)


def _zones(judged: Iterable[Judged], low: float | None, high: float | None) -> Zones:
    shown = review = dropped = 0
    for each in judged:
        likely = 1.0 if each.probability is None else each.probability
        is_dropped = low is not None and likely < low
        is_grey = not is_dropped and high is not None and likely < high
        dropped += is_dropped
        review += is_grey
        shown += not (is_dropped or is_grey)
    return Zones(shown=shown, review=review, dropped=dropped)


def _mistakes(judged: Iterable[Judged], lesson: _Lesson) -> list[Mistake]:
    """Return the labels that surprise most, of each kind."""
    surprises = [
        (each.probability if each.is_on else 1 - each.probability, each.uid, each)
        for each in judged
        if each.probability is not None
    ]
    surprises.sort(key=lambda surprise: surprise[:2])
    return [
        Mistake(
            uid=each.uid,
            title=lesson.titles[each.uid][0],
            feed=lesson.titles[each.uid][1],
            label="on" if each.is_on else "off",
            probability=round(each.probability or 0.0, 4),
        )
        for share, _, each in surprises[: 2 * _WORST]
        if share < 0.5  # noqa: PLR2004 - the model would have said the other thing
    ]
