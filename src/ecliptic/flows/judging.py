"""What is judged of cleaned entries by their words: their language, and their topic.

Nothing of it is imported unless the planet asks for it. The language comes
first, since filters ask for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ecliptic.errors import EclipticError, UsageError
from ecliptic.log import get_logger
from ecliptic.model.entry import Entry
from ecliptic.model.site import Site, TopicSettings
from ecliptic.model.summary import FeedFailure
from ecliptic.model.topic import Judging, Opinion
from ecliptic.store.base import KnownEntries

if TYPE_CHECKING:
    from ecliptic.topics.judge import Judge
    from ecliptic.topics.model import TopicModel

log = get_logger(__name__)

_BATCH: Final = 500
INSTALL: Final = "pip install 'ecliptic[topics]'"


def judging_of(site: Site) -> Judging | None:
    """Return what a planet judges of entries now, ``None`` where it is nothing."""
    model = model_path(site)
    try:
        stamp = os.stat(model).st_mtime_ns  # noqa: PTH116 - asked for every document
    except OSError:
        model, stamp = "", 0
    if not (model or site.detect_languages):
        return None
    return Judging(
        detect_languages=site.detect_languages, model=model, stamp=stamp, topics=site.topics
    )


def model_path(site: Site) -> str:
    """Return where the planet's model is: beside its state file."""
    return f"{os.path.splitext(site.state)[0]}.topics"  # noqa: PTH122 - asked for every document


def need_model(site: Site) -> str:
    """Return the path of the planet's model; raises ``UsageError`` where there is none yet."""
    path = model_path(site)
    if not Path(path).exists():
        raise UsageError(
            "topics.no_model", f"{path}: there is no model yet; `ecliptic topics train` makes it"
        )
    return path


def judged(
    entries: Iterable[Entry],
    judging: Judging,
    store: KnownEntries,
    *,
    url: str,
    language: str,
    now: datetime,
) -> tuple[Entry, ...]:
    """Return cleaned entries of the feed at ``url`` with what is judged of them.

    ``language`` is what the feed declares. A fault of ours leaves them as they were.
    """
    told = tuple(entries)
    try:
        return _judged(told, judging, store, url=url, language=language, now=now)
    except EclipticError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug met here must not cost the feed its entries
        log.warning("entries_not_judged feed=%s error=%r", url, error)
        return told


def _judged(
    told: tuple[Entry, ...],
    judging: Judging,
    store: KnownEntries,
    *,
    url: str,
    language: str,
    now: datetime,
) -> tuple[Entry, ...]:
    if judging.detect_languages:
        told = tuple(_with_language(entry, language, now) for entry in told)
    if judging.model:
        judge = judge_at(judging.model, judging.stamp)
        if judge is not None:
            told = judged_by_topic(told, judge, judging.topics, store, url=url, now=now)
    return told


def judged_by_topic(
    entries: Sequence[Entry],
    judge: Judge | None,
    settings: TopicSettings,
    store: KnownEntries,
    *,
    url: str,
    now: datetime,
) -> tuple[Entry, ...]:
    """Return entries of one feed as they stand by their topics, without a judge by labels alone."""
    if not entries:
        return ()
    from ecliptic.decide import by_topic  # noqa: PLC0415 - see the module's docstring

    labels = store.topic_labels(entries[0].feed_id, [entry.key for entry in entries])
    return tuple(
        by_topic(
            entry,
            _opinion(judge, entry, url, settings) if judge else None,
            labels.get(entry.key),
            settings,
            now,
        )
        for entry in entries
    )


def in_batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield stored entries in parts that memory does not notice."""
    stream = iter(entries)
    while some := list(islice(stream, _BATCH)):
        yield some


def _opinion(judge: Judge, entry: Entry, url: str, settings: TopicSettings) -> Opinion | None:
    """Return what is thought of an entry; its words only where somebody may ask for them."""
    from ecliptic.topics.features import features_of  # noqa: PLC0415 - see the module's docstring

    limit = max(settings.drop_below or 0.0, settings.review_below or 0.0, _EVEN)
    return judge.opinion(features_of(entry, url), worded_below=limit)


_EVEN: Final = 0.5


@lru_cache(maxsize=1)
def judge_at(path: str, stamp: int) -> Judge | None:
    """Return the judge of a model, read again when ``stamp`` moves; ``None`` if it is bad."""
    del stamp
    try:
        return open_judge(path)
    except EclipticError as error:
        log.warning("topics_model_unusable code=%s model=%s", error.code, path)
        return None


def open_judge(path: str) -> Judge:
    """Return the judge of a model's file; raises ``EclipticError`` when it cannot be used."""
    from ecliptic.topics.judge import Judge  # noqa: PLC0415 - see the module's docstring
    from ecliptic.topics.model import unusable  # noqa: PLC0415 - see the module's docstring

    model = _read(path)
    try:
        return Judge(model)
    except ValueError as error:
        raise unusable("topics.damaged", path, str(error)) from error
    except ImportError as error:
        raise unusable("topics.not_installed", path, INSTALL) from error


def model_faults(site: Site) -> list[FeedFailure]:
    """Return why a planet's model cannot be used, for the end of a run that goes on without it."""
    path = model_path(site)
    if not Path(path).exists():
        return []
    try:
        model = _read(path)
        if model.packed.kernel == "rbf" and find_spec("numpy") is None:
            return [FeedFailure(where=path, code="topics.not_installed", detail=INSTALL)]
    except EclipticError as error:
        detail = str(error.params.get("detail", ""))
        return [FeedFailure(where=path, code=error.code, detail=detail)]
    return []


def _read(path: str) -> TopicModel:
    from ecliptic.topics.model import (  # noqa: PLC0415 - see the module's docstring
        LARGEST,
        from_bytes,
        unusable,
    )

    try:
        with Path(path).open("rb") as file:
            return from_bytes(file.read(LARGEST + 1), path)
    except OSError as error:
        raise unusable("topics.unreadable", path, error.strerror or str(error)) from error


def need_languages(site: Site) -> None:
    """Raise ``UsageError`` when languages are to be told and what tells them is not installed."""
    if site.detect_languages and find_spec("py3langid") is None:
        raise UsageError(
            "topics.not_installed",
            f"{site.config}: detect_languages needs a library that is not installed: {INSTALL}",
        )


def _with_language(entry: Entry, feed_language: str, now: datetime) -> Entry:
    from ecliptic.decide import asks_for_language, spoken  # noqa: PLC0415 - see the docstring

    if not asks_for_language(entry, feed_language):
        return entry
    from ecliptic.topics.language import detect  # noqa: PLC0415 - 100 MB, only where it is wanted

    return spoken(entry, detect(entry), feed_language, now)
