"""Where reading a document spends its time: each stage alone, in this one process.

Run as ``python -m bench.hotspots --feeds 200 --functions 40``. The first table
is measured without a profiler, which would triple the cost of small functions.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from bench.corpus import Corpus
from bench.report import show

from ecliptic.flows.job import Job, Refined
from ecliptic.flows.refine import refine
from ecliptic.model.character import Character
from ecliptic.model.entry import KnownEntry
from ecliptic.model.feed import FetchState
from ecliptic.model.kin import Memory, Relatives
from ecliptic.model.outcome import Fetched
from ecliptic.model.site import Subscription
from ecliptic.store import open_store

NOW = datetime(2026, 2, 1, tzinfo=UTC)
PORT = 80
Given = TypeVar("Given")
Made = TypeVar("Made")


class NothingKnown:
    """A store before its first run."""

    def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, KnownEntry]:
        """Return nothing."""
        del feed_id, keys
        return {}

    def relatives(self, feed_id: int, keys: Collection[str], recent: Collection[str]) -> Relatives:
        """Return nothing."""
        del feed_id, keys, recent
        return Relatives()

    def openings(self, feed_id: int, keys: Collection[str]) -> Mapping[str, str]:
        """Return nothing."""
        del feed_id, keys
        return {}

    def character(self, feed_id: int) -> Character:
        """Return nothing."""
        del feed_id
        return Character()

    def topic_labels(self, feed_id: int, keys: Collection[str]) -> Mapping[str, bool]:
        """Return nothing."""
        del feed_id, keys
        return {}

    def memory(self, feed_id: int) -> Memory:
        """Return nothing."""
        del feed_id
        return Memory()


def jobs(corpus: Corpus) -> list[Job]:
    """Return what the crew is given when every document has arrived."""
    made = []
    for index in range(corpus.feeds):
        document = corpus.document(index)
        url = corpus.address(index, PORT)
        fetched = Fetched(url=url, body=document.body, content_type=document.content_type)
        made.append(
            Job(feed_id=index + 1, feed_url=url, state=FetchState(), fetched=fetched, now=NOW)
        )
    return made


def refined_of(job: Job) -> Refined:
    """Return what a document is to those who know nothing of its feed."""
    done = refine(job, NothingKnown())
    assert isinstance(done, Refined)  # nothing here has plugins that could want a page
    return done


def timed(function: Callable[[Given], Made], items: Iterable[Given]) -> tuple[float, list[Made]]:
    """Call a function with each item; return the processor time and what was made."""
    started = time.process_time()
    made = [function(item) for item in items]
    return time.process_time() - started, made


def main() -> None:
    """Measure each step, then profile the costly one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--functions", type=int, default=40, help="lines of the profile")
    asked = parser.parse_args()
    corpus = Corpus(feeds=asked.feeds)
    work = jobs(corpus)
    refined_of(work[0])  # what is imported late is imported here
    cost, refined = timed(refined_of, work)
    stages = {name: sum(each.seconds[name] for each in refined) for name in refined[0].seconds}
    # The stages time themselves by the wall clock; their shares of it hold for the processor too.
    share = cost / sum(stages.values())
    rows = [("refine", cost), *((f"  {name}", wall * share) for name, wall in stages.items())]
    encode, decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Refined).decode
    cost, frames = timed(encode, refined)
    rows.append(("encode, worker to run", cost))
    cost, refined = timed(decode, frames)
    rows.append(("decode", cost))
    rows.append(("store", _store(corpus, refined)))
    show(
        f"{corpus.feeds:,} documents, all entries new",
        ("step", "CPU ms a feed"),
        [(name, f"{seconds / corpus.feeds * 1000:.2f}") for name, seconds in rows],
    )
    with cProfile.Profile() as profile:
        timed(refined_of, work)
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(asked.functions)


def _store(corpus: Corpus, refined: Iterable[Refined]) -> float:
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        open_store(Path(folder) / "planet.sqlite") as store,
    ):
        store.subscribe([Subscription(url=url) for url in corpus.addresses(PORT)])
        return timed(lambda each: store.apply(each.change), refined)[0]


if __name__ == "__main__":
    main()
