"""Find the copies of entries that are added, one by one, to a growing archive.

Run as ``python -m bench.near --sizes 10000 100000``; for texts it needs the extra
``duplicates``. The archive is filled through the store, and one entry after the
other is added: half of them new posts, half copies of stored ones, slightly changed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

import msgspec
from bench.prose import sentences
from bench.publish import apply
from bench.report import Conditions, conditions, keep, show
from msgspec.structs import replace

from ecliptic.flows.duplicates import fold
from ecliptic.model.entry import Entry
from ecliptic.model.site import Site, Subscription
from ecliptic.model.text import SafeHTML
from ecliptic.store import Store, open_store

FEEDS = 100
ADDED = 200
NOW = datetime(2026, 2, 1, tzinfo=UTC)
VOCABULARY = 20_000
GOAL = 2.0
"""Milliseconds for an added entry."""


class Run(msgspec.Struct, frozen=True):
    """Times in milliseconds of CPU for an entry: while filling, and for those added later."""

    duplicates: str
    entries: int
    filling: float
    new: float
    copies: float
    worst: float
    folded: int
    megabytes: float


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    runs: list[Run]


class Author:
    """Writes posts of about 250 words: half of what everybody says, half of his own."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.common = sentences("en", 1)
        self.words = [f"w{number:x}" for number in range(VOCABULARY)]

    def entry(self, number: int) -> Entry:
        """Return a new post."""
        feed = self.random.randrange(FEEDS) + 1
        said = self.random.choices(self.common, k=10)
        own = [" ".join(self.random.choices(self.words, k=12)) + "." for _ in range(12)]
        body = "".join(f"<p>{one} {other}</p>" for one, other in zip(said, own, strict=False))
        shown_at = NOW - timedelta(seconds=self.random.randrange(360 * 86_400))
        title = " ".join(self.random.choices(self.words, k=6))
        address = f"https://blog-{feed}.example/{number}"
        return Entry(
            uid=f"e{number:012x}",
            feed_id=feed,
            key=f"{number:024x}",
            fingerprint=number.to_bytes(16, "big"),
            policy="bench",
            id=f"tag:blog-{feed}.example,2026:{number}",
            link=address,
            title=title,
            title_html=SafeHTML(title),
            summary=SafeHTML(""),
            content=SafeHTML(body),
            published=shown_at,
            updated=None,
            first_seen_at=shown_at,
            shown_at=shown_at,
            position=0,
            language="en",
            rights="",
            comments="",
            image="",
            authors=(),
            categories=(),
            enclosures=(),
            source=None,
            hidden=None,
            notes=(),
        )

    def copy(self, of: Entry, number: int, *, elsewhere: bool) -> Entry:
        """Return a post as another feed carries it: with words of its own, or an address too."""
        feed = of.feed_id % FEEDS + 1
        own = self.entry(number)
        return replace(
            own,
            feed_id=feed,
            link=own.link if elsewhere else of.link,
            title=of.title,
            published=of.published,
            shown_at=of.shown_at,
            content=SafeHTML(of.content.replace("</p>", "</p><p>Also on my blog.</p>", 1)),
        )


def measure(duplicates: str, entries: int, folder: Path) -> Run:
    """Fill an archive, add to it, and say what finding copies took."""
    path = folder / f"{duplicates}-{entries}.sqlite"
    site = Site(name="Bench", duplicates=duplicates)
    author = Author(entries)
    with open_store(path) as store:
        store.subscribe(
            [Subscription(url=f"https://blog-{feed}.example/feed") for feed in range(FEEDS)]
        )
        some = fill(store, author, entries)
        before = path.stat().st_size
        start = process_time()
        fold(site, store, now=NOW)
        filling = 1_000 * (process_time() - start) / entries
        new: list[float] = []
        copies: list[float] = []
        folded = 0
        for number in range(entries, entries + ADDED):
            is_copy = number % 2
            entry = author.entry(number)
            if is_copy:
                original = some[number // 2 % len(some)]
                entry = author.copy(original, number, elsewhere=duplicates == "near")
            apply(store, entry.feed_id, [entry])
            start = process_time()
            folded += fold(site, store, now=NOW)
            (copies if is_copy else new).append(1_000 * (process_time() - start))
    return Run(
        duplicates=duplicates,
        entries=entries,
        filling=filling,
        new=median(new),
        copies=median(copies),
        worst=max(new + copies),
        folded=folded,
        megabytes=(path.stat().st_size - before) / 1e6,
    )


def fill(store: Store, author: Author, entries: int) -> list[Entry]:
    """Store this many entries; return some of them."""
    some: list[Entry] = []
    for first in range(0, entries, 1_000):
        made = [author.entry(number) for number in range(first, first + 1_000)]
        some += made[:10]
        for feed in range(1, FEEDS + 1):
            apply(store, feed, [entry for entry in made if entry.feed_id == feed])
    return some


def table(runs: Sequence[Run]) -> None:
    """Print what was found."""
    rows = [
        (
            f"{run.duplicates}, {run.entries:,} stored",
            f"{run.filling:.3f}",
            f"{run.new:.2f}",
            f"{run.copies:.2f}",
            f"{run.worst:.2f}",
            f"{run.folded} of {ADDED // 2}",
            f"{run.megabytes:.0f}",
        )
        for run in runs
    ]
    heads = ("archive", "all at once", "new", "copy", "worst", "copies found", "index, MB")
    show("Finding copies: CPU ms an entry", heads, rows)
    for duplicates in dict.fromkeys(run.duplicates for run in runs):
        small, *_, large = [run for run in runs if run.duplicates == duplicates]
        ratio = large.new / small.new, large.copies / small.copies
        print(
            f"{duplicates}: an added entry costs {max(large.new, large.copies):.2f} ms (goal: less "
            f"than {GOAL:.0f}); at {large.entries:,} stored {ratio[0]:.2f} (new) and "
            f"{ratio[1]:.2f} (copy) times what it costs at {small.entries:,}"
        )


def main() -> None:
    """Measure all sizes and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--duplicates", nargs="+", default=["exact", "near"])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = [
            measure(duplicates, size, Path(folder))
            for duplicates in asked.duplicates
            for size in sorted(asked.sizes)
        ]
    table(runs)
    print(f"\nkept in {keep('near', Figures(conditions=conditions(), runs=runs))}")


if __name__ == "__main__":
    main()
