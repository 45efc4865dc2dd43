"""What filters cost: an entry judged beside an entry cleaned, and an archive searched.

Run as ``python -m bench.filters --feeds 100``. Times of other machines differ; the ratios
should not.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.corpus import Corpus
from bench.hotspots import jobs, refined_of
from bench.report import show

from ecliptic.decide import Sieves
from ecliptic.filters import FeedFacts, matches, read
from ecliptic.filters.patterns import Pattern
from ecliptic.flows.sifting import sift_again
from ecliptic.model.site import Site, Subscription
from ecliptic.store import open_store

NOW = datetime(2026, 2, 1, tzinfo=UTC)
PORT = 80
ASKED = {
    "a word in the title": "title:python",
    "tags and a date": "not tag:jobs and date>=2020",
    "words in the body": "body:python or body:django",
    "an expression in the body": r'body:~"\b(python|django)s?\b"',
    "an endless expression": r'body:~"an? \w+ of.*\w+ing\b"',
}
HOSTILE = (r"(a+)+$", r"a.*a.*a.*b", r"^(\w+\s?)*!$", "(a|b)*a(a|b){12}c")


@contextmanager
def measured(seconds: list[float]) -> Iterator[None]:
    """Add the processor time of what is inside to ``seconds``."""
    started = time.process_time()
    yield
    seconds.append(time.process_time() - started)


def main() -> None:
    """Measure judging, searching and judging again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=100)
    corpus = Corpus(feeds=parser.parse_args().feeds)
    work = jobs(corpus)
    refined_of(work[0])  # what is imported late is imported here
    changes = [refined_of(job) for job in work]
    cleaning = sum(each.seconds["clean"] for each in changes)
    entries = [entry for each in changes for entry in each.change.entries]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        subscriptions = tuple(Subscription(url=url) for url in corpus.addresses(PORT))
        with open_store(Path(folder) / "planet.sqlite") as store:
            store.subscribe(subscriptions)
            store.apply(*(each.change for each in changes))
            rows = []
            for name, text in ASKED.items():
                one, spent = read(text), list[float]()
                with measured(spent):
                    for entry in entries:
                        matches(one, entry, FeedFacts(), now=NOW)
                with measured(spent):
                    sum(1 for _ in store.find(text, now=NOW))
                site = Site(name="P", filter=text, subscriptions=subscriptions)
                with measured(spent):
                    sift_again(Sieves(site), store, store.feeds(), NOW)
                each = [f"{seconds / len(entries) * 1e6:.1f}" for seconds in spent]
                rows.append((name, each[0], f"{spent[0] / cleaning:.3f}", *each[1:]))
    show(
        f"{len(entries):,} entries; cleaning one takes {cleaning / len(entries) * 1e6:.0f} µs",
        ("filter", "judged, µs", "of cleaning", "found, µs", "judged again, µs"),
        rows,
    )
    _show_hostile()


def _show_hostile() -> None:
    rows = []
    for text in HOSTILE:
        spent: list[float] = []
        for hostile in ("a" * 100_000 + "!", "ab" * 50_000, "a b" * 33_000):
            with measured(spent):
                Pattern(text).search(hostile)
        rows.append((text, f"{max(spent) * 1000:.0f}"))
    show("texts of 100,000 characters made against a pattern", ("pattern", "worst, ms"), rows)


if __name__ == "__main__":
    main()
