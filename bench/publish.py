"""Publish from a growing archive: full, no change, 5 new entries; with pages of filters too.

Run as ``python -m bench.publish --sizes 2000 20000 200000``. The archive is
filled through the store, without fetching; the command itself is measured. The
cost of the last two should hardly depend on how much is stored.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from random import Random

import msgspec
from bench.markup import paragraph
from bench.measure import Cost, measured, succeeded
from bench.prose import Voice
from bench.report import Conditions, conditions, keep, show

from ecliptic.model.entry import Entry
from ecliptic.model.feed import Check, FeedChange, FetchState
from ecliptic.model.parsed import Category, Person
from ecliptic.model.site import Subscription
from ecliptic.model.text import SafeHTML
from ecliptic.store import Store, open_store

FEEDS = 100
NEW_ENTRIES = 5
RUNS = ("full", "no change", "5 new entries")
UNMEASURED = {"5 new entries": 3}
"""Runs of a kind before those that count: as many until generations are made of older ones."""
LESS = {"archive": "archive = false\n", "search": "search = false\n", "browse": "browse = []\n"}
TAGS = 3_000
"""Of as many tags, the first are given most often; each is rarer than the one before it."""
TAGS_OF_ENTRY = (0, 0, 0, 0, 0, 1, 1, 1, 3, 10)
"""How many an entry has, one like the other: as in 7,974 entries of 485 real feeds, of which
47 % have none and all together 1.6 on average."""

PAGES = (("often", "title:entry"), ("some", "title:77"), ("rare", "title:100 title:7"))
"""Pages of filters that take nearly all entries, one in hundreds, and two in all."""

FILLED_AT = datetime(2026, 2, 1, tzinfo=UTC)
SETTINGS = '[planet]\nname = "Bench"\nlink = "https://bench.example/"\n'


class Run(msgspec.Struct, frozen=True):
    """One publishing run; ``written`` counts files, ``seconds`` are its stages'."""

    entries: int
    kind: str
    pages: int
    cpu: float
    wall: float
    memory: int
    written: int
    seconds: dict[str, float]


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    runs: list[Run]


class Archive:
    """A planet whose entries are made up, in the project's own store."""

    def __init__(self, folder: Path, settings: str, jobs: int = 0) -> None:
        self.options = ["--jobs", str(jobs)] if jobs else []
        self.config = folder / "planet.toml"
        self.state = folder / "planet.sqlite"
        self.bodies = _bodies()
        feeds = "".join(f'\n[[feed]]\nurl = "{_address(feed)}"\n' for feed in range(FEEDS))
        self.config.write_text(settings + feeds, encoding="utf-8")

    def fill(self, entries: int) -> None:
        """Store this many entries, spread over all feeds and over years."""
        with open_store(self.state) as store:
            store.subscribe([Subscription(url=_address(feed)) for feed in range(FEEDS)])
            for state in store.feeds():
                each = [self.entry(state.id, number) for number in range(entries // FEEDS)]
                apply(store, state.id, each)

    def add(self, first_number: int) -> None:
        """Store one newer entry in each of five feeds."""
        with open_store(self.state) as store:
            for state in store.feeds()[:NEW_ENTRIES]:
                apply(store, state.id, [self.entry(state.id, first_number)])

    def entry(self, feed: int, number: int) -> Entry:
        """Return an entry; a higher number is a newer one."""
        name = f"{feed}/{number}"
        digest = blake2b(name.encode(), digest_size=16)
        published = FILLED_AT - timedelta(days=2_500) + timedelta(hours=6 * number, minutes=feed)
        return Entry(
            uid="e" + digest.hexdigest()[:12],
            feed_id=feed,
            key=name,
            fingerprint=digest.digest(),
            policy="bench",
            id=f"https://blog-{feed}.example/{number}",
            link=f"https://blog-{feed}.example/{number}",
            title=f"Entry {number} of blog {feed}",
            title_html=SafeHTML(""),
            summary=SafeHTML(""),
            content=self.bodies[(feed * 31 + number) % len(self.bodies)],
            published=published,
            updated=published,
            first_seen_at=published,
            shown_at=published,
            position=0,
            language="en",
            rights="",
            comments="",
            image="",
            authors=(Person(name=f"Ada Quist of blog {feed}"),),
            categories=tuple(Category(term=tag) for tag in _tags(digest.digest())),
            enclosures=(),
            source=None,
            hidden=None,
            notes=(),
        )

    def publish(self, now: datetime) -> Cost:
        """Run the command as an operator would, at that moment."""
        command = [sys.executable, "-m", "ecliptic", "publish", str(self.config)]
        options = ["--json", "--quiet", "--now", now.isoformat(), *self.options]
        return succeeded(measured([*command, *options]), "ecliptic publish")


def apply(store: Store, feed: int, entries: Sequence[Entry]) -> None:
    """Write what a check of one feed would have brought."""
    store.apply(
        FeedChange(
            feed_id=feed,
            fetch=FetchState(
                checked_at=FILLED_AT, succeeded_at=FILLED_AT, changed_at=FILLED_AT, status=200
            ),
            check=Check(at=FILLED_AT, code="fetch.ok", status=200, new=len(entries)),
            entries=tuple(entries),
        )
    )


def _tags(digest: bytes) -> list[str]:
    drawn = Random(digest)
    return [f"tag {int(TAGS ** drawn.random())}" for _ in range(drawn.choice(TAGS_OF_ENTRY))]


def _bodies() -> list[SafeHTML]:
    """Return bodies of about 1 KB; what stands in them was never dirty."""
    voice = Voice(Random("archive"), seed=1)
    return [SafeHTML("\n".join(paragraph(voice) for _ in range(4))) for _ in range(400)]


def _address(feed: int) -> str:
    return f"https://blog-{feed}.example/feed"


def _page(name: str, expression: str) -> str:
    return f'\n[[page]]\npath = "{name}"\nname = "{name}"\nfilter = "{expression}"\n'


def measure(
    entries: int, rounds: int, pages: int, without: Sequence[str], jobs: int
) -> Iterator[Run]:
    """Measure the three kinds of run over one archive, each the round in the middle by CPU.

    Making all pages takes minutes, so it has one.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        settings = SETTINGS + "".join(LESS[name] for name in without)
        settings += "".join(_page(*page) for page in PAGES[:pages])
        archive = Archive(folder, settings, jobs)
        archive.fill(entries)
        now = FILLED_AT
        for kind in RUNS:
            os.sync()  # a run waits for the disk, and not for what another left it to write
            costs = []
            before = UNMEASURED.get(kind, 0)
            for number in range(before + (1 if kind == "full" else rounds)):
                if kind == "5 new entries":
                    archive.add(entries // FEEDS + number)
                now += timedelta(hours=1)
                costs.append(archive.publish(now))
            counted = sorted(costs[before:], key=lambda cost: cost.cpu)
            yield _run(entries, kind, pages, counted[len(counted) // 2])


def _run(entries: int, kind: str, pages: int, cost: Cost) -> Run:
    said = msgspec.json.decode(cost.output)
    return Run(
        entries=entries,
        kind=kind,
        pages=pages,
        cpu=cost.cpu,
        wall=cost.wall,
        memory=cost.memory,
        written=said["pages"]["written"],
        seconds=said["seconds"],
    )


def print_table(runs: Sequence[Run]) -> None:
    """Print each figure, and the ratio to the smallest archive."""
    smallest = min(run.entries for run in runs)
    base = {(run.kind, run.pages): run for run in runs if run.entries == smallest}
    rows = [
        [
            f"{run.entries:,}",
            run.kind,
            str(run.pages),
            f"{run.cpu:.3f}",
            f"{run.wall:.3f}",
            f"{run.cpu / base[run.kind, run.pages].cpu:.2f}",
            f"{run.memory / 1e6:.0f}",
            f"{run.written:,}",
            f"{run.written / run.wall:.0f}",
            f"{_share_of_templates(run):.0%}",
        ]
        for run in sorted(runs, key=lambda run: (RUNS.index(run.kind), run.pages, run.entries))
    ]
    heads = (
        "entries",
        "run",
        "filter pages",
        "CPU s",
        "wall s",
        f"CPU, times {smallest:,}",
        "MB",
        "files written",
        "files/s",
        "templates, of rendering",
    )
    show(f"Publishing, {FEEDS} feeds", heads, rows)


def _share_of_templates(run: Run) -> float:
    return run.seconds.get("templates", 0.0) / (run.seconds.get("render") or 1.0)


def main() -> None:
    """Read the arguments, measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, nargs="+", default=[0, len(PAGES)])
    parser.add_argument("--jobs", type=int, default=0, help="processes [one a core]")
    parser.add_argument("--without", nargs="*", default=[], choices=LESS, help="parts left out")
    asked = parser.parse_args()
    taken = conditions()
    runs = [
        run
        for pages in asked.pages
        for entries in asked.sizes
        for run in measure(entries, asked.rounds, pages, asked.without, asked.jobs)
    ]
    print_table(runs)
    print(f"\nAll figures: {keep('publish', Figures(taken, runs))}")


if __name__ == "__main__":
    main()
