"""What deciding costs beside reading: a document of which all, or all but one, is known.

Run as ``python -m bench.decide``. ``--archive`` is how many entries each feed has in
store already, and ``--feeds`` how many feeds are measured, one after the other.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.corpus import Corpus
from bench.report import show
from msgspec.structs import replace

from ecliptic.clean import POLICY
from ecliptic.decide import decide
from ecliptic.flows.identify import amendments, identify
from ecliptic.flows.job import Job, Refined
from ecliptic.flows.refine import refine
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedChange, FetchState
from ecliptic.model.outcome import Fetched
from ecliptic.model.parsed import ParsedFeed
from ecliptic.model.site import Subscription
from ecliptic.parse import parse
from ecliptic.store import Store, open_store

NOW = datetime(2026, 2, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PORT = 80
ROUNDS = 5
BEFORE = FetchState(succeeded_at=NOW)


def main() -> None:
    """Fill a store, then decide about each document again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--entries", type=int, default=100, help="of each document")
    parser.add_argument("--archive", type=int, default=1_000, help="of each feed")
    asked = parser.parse_args()
    corpus = Corpus(feeds=asked.feeds, entries=asked.entries)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        open_store(Path(folder) / "planet.sqlite") as store,
    ):
        store.subscribe([Subscription(url=url) for url in corpus.addresses(PORT)])
        jobs = [_job(corpus, index) for index in range(corpus.feeds)]
        for job in jobs:
            _fill(store, job, asked.archive)
        _measure(store, jobs, asked.entries)


def _job(corpus: Corpus, index: int) -> Job:
    document = corpus.document(index)
    url = corpus.address(index, PORT)
    fetched = Fetched(url=url, body=document.body, content_type=document.content_type)
    return Job(feed_id=index + 1, feed_url=url, state=FetchState(), fetched=fetched, now=NOW)


def _fill(store: Store, job: Job, archive: int) -> None:
    """Store a document, after entries that left it long ago."""
    refined = refine(job, store)
    assert isinstance(refined, Refined)
    change = refined.change
    copies = -(-archive // max(len(change.entries), 1))
    old = [_old(entry, number) for number in range(copies) for entry in change.entries]
    store.apply(_with(change, old[:archive]))
    store.apply(change)


def _old(entry: Entry, number: int) -> Entry:
    return replace(
        entry,
        key=f"{number}-{entry.key}",
        uid=f"{entry.uid}-{number}",
        id=f"{entry.id}-{number}",
        link=f"{entry.link}-{number}",
        title=f"{entry.title} {number}",
        shown_at=entry.shown_at - timedelta(days=9 * (number + 1)),
    )


def _with(change: FeedChange, entries: Sequence[Entry]) -> FeedChange:
    return replace(change, entries=tuple(entries), memory=None)


def _measure(store: Store, jobs: Sequence[Job], entries: int) -> None:
    later = [replace(job, state=BEFORE, now=LATER, stored=entries) for job in jobs]
    documents = [parse(job.fetched.body, url=job.fetched.url) for job in jobs]
    news = [_with_news(document) for document in documents]
    reading = _seconds(
        lambda job, _: parse(job.fetched.body, url=job.fetched.url), later, documents
    )
    same = _seconds(lambda job, document: _decide(store, job, document), later, documents)
    new = _seconds(lambda job, document: _decide(store, job, document), later, news)
    show(
        f"{len(jobs)} documents of {entries} entries",
        ("step", "CPU ms a document", "of reading it"),
        [
            (name, f"{seconds * 1000:.2f}", f"{seconds / reading:.0%}")
            for name, seconds in (
                ("read", reading),
                ("decide, nothing is new", same),
                ("decide, one entry is new", new),
            )
        ],
    )


def _with_news(document: ParsedFeed) -> ParsedFeed:
    first, *others = document.entries
    fresh = replace(first, id=f"{first.id}?new", link=f"{first.link}/new", published=LATER)
    return replace(document, entries=(fresh, first, *others))


def _decide(store: Store, job: Job, document: ParsedFeed) -> None:
    identified = identify(job, document, store, is_first=False)
    decision = decide(
        document.entries,
        identified.known,
        feed_url=job.feed_url,
        now=job.now,
        policy=POLICY,
        keys=identified.keys,
        trust=identified.memory.trust,
    )
    amendments(job, identified, decision, store)


def _seconds(
    work: Callable[[Job, ParsedFeed], object],
    jobs: Sequence[Job],
    documents: Sequence[ParsedFeed],
) -> float:
    """Return the processor time that one document takes, in the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for job, document in zip(jobs, documents, strict=True):
            work(job, document)
        best = min(best, time.process_time() - started)
    return best / len(jobs)


if __name__ == "__main__":
    main()
