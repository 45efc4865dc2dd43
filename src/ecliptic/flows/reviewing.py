"""What the operator says of topics: labels, what waits for one, and judging again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

import msgspec

from ecliptic.decide import IN_REVIEW, amended_by_topic, topic_note
from ecliptic.errors import UsageError
from ecliptic.flows.judging import (
    in_batches,
    judge_at,
    judged_by_topic,
    judging_of,
    need_model,
    open_judge,
)
from ecliptic.log import get_logger
from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.site import Site
from ecliptic.model.topic import TopicLabel
from ecliptic.store import Store

log = get_logger(__name__)

Steps = Callable[[int, int], None]
"""Called with the steps done and all there are."""

ANSWERS: Final = {"on": True, "off": False, "none": None}
"""What may be said of a topic; ``none`` takes back what was."""

_BEGINS: Final = "decide.topic"
_EVEN: Final = 0.5


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator says of the entry that ``what`` stands for: ``on``, ``off`` or ``none``."""

    what: str
    label: str


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries were labelled, hidden by it and shown; ``unknown`` stands for none."""

    labelled: int
    hidden: int
    shown: int
    unknown: tuple[str, ...]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in the grey zone. ``held`` says that no page shows it until it is labelled."""

    uid: str
    title: str
    link: str
    feed: str
    shown_at: datetime
    probability: float
    words: str
    held: bool


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that leaves the pages, or comes back to them."""

    uid: str
    title: str
    feed: str
    hidden: bool
    probability: float | None


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What judging stored entries again changed, or would.

    ``review`` counts those in the grey zone now, ``noted`` those of which nothing but the
    note of their probability changes.
    """

    judged: int
    hidden: int
    shown: int
    review: int
    noted: int
    dry_run: bool
    moved: tuple[Moved, ...]


def answers_of(text: str, where: str) -> list[Answer]:
    """Read labels from a table: a link or id, a tab, and ``on``, ``off`` or ``none``.

    Empty lines and those that begin with ``#`` say nothing. Raises ``UsageError`` naming the line.
    """
    answers = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        what, _, label = line.rpartition("\t")
        if not what.strip() or label.strip().lower() not in ANSWERS:
            raise UsageError(
                "topics.bad_label",
                f"{where}, line {number}: not a link or id, a tab, and on, off or none; nothing "
                "was labelled",
            )
        answers.append(Answer(what=what.strip(), label=label.strip().lower()))
    return answers


def label(
    site: Site, store: Store, answers: Sequence[Answer], *, now: datetime, steps: Steps
) -> Labelled:
    """Keep what the operator says of topics, and let these entries stand by it."""
    entries: dict[tuple[int, str], Entry] = {}
    labels: dict[tuple[int, str], TopicLabel] = {}
    unknown = []
    for number, answer in enumerate(answers, 1):
        found = store.look_up(answer.what)
        if not found:
            unknown.append(answer.what)
        for entry in found:
            place, on_topic = (entry.feed_id, entry.key), ANSWERS[answer.label]
            entries[place] = entry
            labels[place] = TopicLabel(
                feed_id=entry.feed_id, key=entry.key, on_topic=on_topic, at=now
            )
        steps(number, len(answers))
    store.write_topic_labels(labels.values())
    judging = judging_of(site)
    judge = judge_at(judging.model, judging.stamp) if judging and judging.model else None
    feeds = {feed.id: feed for feed in store.feeds()}
    tally = _Tally()
    amendments: list[Amendment] = []
    for feed_id in sorted({feed_id for feed_id, _ in entries}):
        some = [entry for (its, _), entry in entries.items() if its == feed_id]
        feed = feeds.get(feed_id)
        url = feed.url if feed else ""
        after = judged_by_topic(some, judge, site.topics, store, url=url, now=now)
        amendments += tally.count(some, after, feed)
    store.amend(amendments, now)
    return Labelled(
        labelled=len(labels), hidden=tally.hidden, shown=tally.shown, unknown=tuple(unknown)
    )


def review(site: Site, store: Store, *, below: float | None, limit: int) -> list[Waiting]:
    """Return the entries of the grey zone that nobody has labelled, the newest first.

    It begins at ``drop_below``, and ends at ``below``, or ``review_below``, or one half.
    """
    feeds = {feed.id: feed for feed in store.feeds()}
    low = site.topics.drop_below or 0.0
    high = next((each for each in (below, site.topics.review_below) if each is not None), _EVEN)
    waiting = (
        found
        for entry in store.noted(_BEGINS)
        if (found := _waiting(entry, feeds[entry.feed_id], low, high)) is not None
    )
    return list(islice(waiting, limit or None))


def apply(site: Site, store: Store, *, now: datetime, dry_run: bool, steps: Steps) -> Applied:
    """Judge all stored entries again, as the model and the settings are now.

    Raises ``UsageError`` when there is no model, and ``EclipticError`` when it cannot be used.
    """
    judge = open_judge(need_model(site))
    store.subscribe(site.subscriptions)
    tally = _Tally()
    feeds = store.feeds()
    total = sum(feed.entries for feed in feeds)
    for feed in feeds:
        amendments: list[Amendment] = []
        for some in in_batches(store.all_of(feed.id)):
            after = judged_by_topic(some, judge, site.topics, store, url=feed.url, now=now)
            amendments += tally.count(some, after, feed)
            steps(tally.judged, total)
        if amendments and not dry_run:
            store.amend(amendments, now)
    log.info("topics_applied judged=%d moved=%d", tally.judged, len(tally.moved))
    return Applied(
        judged=tally.judged,
        hidden=tally.hidden,
        shown=tally.shown,
        review=tally.review,
        noted=tally.noted,
        dry_run=dry_run,
        moved=tuple(tally.moved),
    )


class _Tally:
    """What judging again changes, counted."""

    def __init__(self) -> None:
        self.judged = self.hidden = self.shown = self.review = self.noted = 0
        self.moved: list[Moved] = []

    def count(
        self, before: Sequence[Entry], after: Sequence[Entry], feed: FeedState | None
    ) -> Iterator[Amendment]:
        """Count entries of a feed, and yield what is to be written of them."""
        for was, now in zip(before, after, strict=True):
            self.judged += 1
            note = topic_note(now)
            self.review += note is not None and note.code == IN_REVIEW
            amendment = amended_by_topic(was, now)
            if amendment is None:
                continue
            yield amendment
            if (was.hidden is None) == (now.hidden is None):
                self.noted += 1
                continue
            self.hidden += now.hidden is not None
            self.shown += now.hidden is None
            self.moved.append(
                Moved(
                    uid=now.uid,
                    title=now.title,
                    feed=feed_name(feed) if feed else "",
                    hidden=now.hidden is not None,
                    probability=float(note.params["probability"]) if note else None,
                )
            )


def _waiting(entry: Entry, feed: FeedState, low: float, high: float) -> Waiting | None:
    """Return an entry as the review lists it, or ``None`` when nothing is to be said of it."""
    note = topic_note(entry)
    is_held = entry.hidden is not None and entry.hidden.code == IN_REVIEW
    if note is None or "label" in note.params or entry.ruling or (entry.hidden and not is_held):
        return None
    probability = float(note.params["probability"])
    if not low <= probability < high:
        return None
    return Waiting(
        uid=entry.uid,
        title=entry.title,
        link=entry.link,
        feed=feed_name(feed),
        shown_at=entry.shown_at,
        probability=probability,
        words=str(note.params.get("words", "")),
        held=is_held,
    )
