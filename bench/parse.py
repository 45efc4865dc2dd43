"""What reading a document costs beyond libxml2's bare parse, beside other parsers.

Run as ``python -m bench.parse --rounds 3``. Each round gives every document to every
reader in turn, in this one process; of each pair the best time counts. Ratios are to
``lxml.etree.fromstring`` of the same bytes. Real feeds are read where the folder that
``ECLIPTIC_SHARED_DATA`` names, or ``../shared/data``, has them; generated ones always.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import msgspec
from bench.corpus import Corpus
from bench.report import Conditions, conditions, keep, show
from lxml import etree

from ecliptic.clean import POLICY, clean_entry, clean_feed
from ecliptic.decide import decide
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import KnownEntry
from ecliptic.parse import parse

DATA = Path(os.environ.get("ECLIPTIC_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
URL = "https://feeds.example/blog/feed"
NOW = datetime(2026, 2, 1, tzinfo=UTC)
BARE = "lxml.etree.fromstring"
PEERS = ("feedparser", "fastfeedparser", "feedparser_rs")
FIELDS = ("id", "link", "title", "date", "author", "body")
GOALS = {"parse": 2.2, "parse + clean, all new": 5.5, "parse + clean, most known": 2.5}

Reader = Callable[[bytes], object]
Counts = tuple[int, ...]


class Row(msgspec.Struct, frozen=True):
    """One reader on one corpus: seconds in all, ratios to the bare parse, and what it found."""

    reader: str
    seconds: float
    total_ratio: float
    median_ratio: float
    failed: int
    found: dict[str, int]


class Table(msgspec.Struct, frozen=True):
    """One corpus and its readers."""

    corpus: str
    documents: int
    bytes: int
    entries: int
    rows: list[Row]


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    rounds: int
    missing: list[str]
    tables: list[Table]


def bare(data: bytes) -> object:
    """Do what no parser of feeds on libxml2 can do without."""
    return etree.fromstring(data, etree.XMLParser(huge_tree=True))


def refined(data: bytes, known: Mapping[str, KnownEntry]) -> int:
    """Parse, decide and clean, as a refresh does; return how many entries were cleaned."""
    feed = parse(data, url=URL)
    decision = decide(feed.entries, known, feed_url=URL, now=NOW, policy=POLICY)
    base = clean_feed(feed).link or URL
    for verdict in decision.verdicts:
        clean_entry(verdict, feed_id=1, base=base, link_rel="nofollow", now=NOW)
    return len(decision.verdicts)


def all_but_one(data: bytes) -> dict[str, KnownEntry]:
    """Return what a store knows of a document when one entry in it is new."""
    feed = parse(data, url=URL)
    verdicts = decide(feed.entries, {}, feed_url=URL, now=NOW, policy=POLICY).verdicts
    return {verdict.key: _stored(verdict) for verdict in verdicts[1:]}


def _stored(verdict: Verdict) -> KnownEntry:
    return KnownEntry(
        key=verdict.key,
        uid=verdict.uid,
        fingerprint=verdict.fingerprint,
        policy=POLICY,
        first_seen_at=verdict.first_seen_at,
        shown_at=verdict.shown_at,
        published=verdict.published,
        hidden=verdict.hidden,
        notes=verdict.notes,
        position=verdict.position,
    )


def ours_found(data: bytes) -> Iterable[Counts]:
    """Say for each entry which fields it has, in the order of ``FIELDS``."""
    for entry in parse(data, url=URL).entries:
        body = entry.content or entry.summary
        date = entry.published or entry.updated
        values = (entry.id, entry.link, entry.title, date, entry.authors, body)
        yield tuple(map(bool, values))


def peers_found(document: Any) -> Iterable[Counts]:
    """Say the same of what a parser of feedparser's kind made."""
    for entry in document.entries:
        date = entry.get("published") or entry.get("updated")
        author = entry.get("author") or entry.get("authors")
        body = entry.get("content") or entry.get("summary") or entry.get("description")
        values = (entry.get("id"), entry.get("link"), entry.get("title"), date, author, body)
        yield tuple(map(bool, values))


def _found_by(read: Reader, data: bytes) -> Iterable[Counts]:
    return peers_found(read(data))


def well_formed(documents: Iterable[bytes]) -> list[bytes]:
    """Return the documents that strict libxml2 reads, so that all do the same work."""
    kept = []
    for data in documents:
        try:
            bare(data)
        except etree.XMLSyntaxError:
            continue
        kept.append(data)
    return kept


def measure(name: str, documents: list[bytes], rounds: int, peers: list[str]) -> Table:
    """Give every document to every reader, and compare the best times."""
    known = {data: all_but_one(data) for data in documents}
    readers: dict[str, Reader] = {
        BARE: bare,
        "parse": lambda data: parse(data, url=URL),
        "parse + clean, all new": lambda data: refined(data, {}),
        "parse + clean, most known": lambda data: refined(data, known[data]),
    } | {peer: import_module(peer).parse for peer in peers}
    times = {reader: [float("inf")] * len(documents) for reader in readers}
    failed: dict[str, set[int]] = {reader: set() for reader in readers}
    for _ in range(rounds):
        for place, data in enumerate(documents):
            for reader, read in readers.items():
                spent = _time_of(read, data)
                times[reader][place] = min(times[reader][place], abs(spent))
                if spent < 0:
                    failed[reader].add(place)
    found = {"parse": _totals(ours_found, documents)}
    for peer in peers:
        found[peer] = _totals(partial(_found_by, readers[peer]), documents)
    rows = [
        Row(
            reader=reader,
            seconds=sum(spent),
            total_ratio=sum(spent) / sum(times[BARE]),
            median_ratio=median(a / b for a, b in zip(spent, times[BARE], strict=True)),
            failed=len(failed[reader]),
            found=found.get(reader, {}),
        )
        for reader, spent in times.items()
    ]
    entries = found["parse"]["entries"]
    return Table(name, len(documents), sum(map(len, documents)), entries, rows)


def _time_of(read: Reader, data: bytes) -> float:
    """Return the processor time of one reading, below 0 if it failed; freeing counts too."""
    started = process_time()
    try:
        read(data)
    except Exception:  # noqa: BLE001 - a peer may raise anything; it is counted
        return started - process_time()
    return process_time() - started


def _totals(found: Callable[[bytes], Iterable[Counts]], documents: list[bytes]) -> dict[str, int]:
    """Count the entries that were found, and those with each field."""
    totals = dict.fromkeys(("entries", *FIELDS), 0)
    for data in documents:
        try:
            rows = list(found(data))
        except Exception:  # noqa: BLE001 - a peer may raise anything; it found nothing then
            continue
        totals["entries"] += len(rows)
        for place, field in enumerate(FIELDS):
            totals[field] += sum(row[place] for row in rows)
    return totals


def print_table(table: Table) -> None:
    """Print the cost of each reader and, where it says, what it found."""
    show(
        f"{table.corpus}: {table.documents} documents, {table.bytes / 1e6:.1f} MB,"
        f" {table.entries:,} entries",
        ("reader", "ms a feed", "times bare", "median", "goal", "failed", "entries", *FIELDS),
        [
            [
                row.reader,
                f"{row.seconds / table.documents * 1000:.3f}",
                f"{row.total_ratio:.2f}",
                f"{row.median_ratio:.2f}",
                f"{GOALS[row.reader]:.1f}" if row.reader in GOALS else "",
                str(row.failed) if row.failed else "",
                *(f"{row.found[name]:,}" if row.found else "" for name in ("entries", *FIELDS)),
            ]
            for row in table.rows
        ],
    )


def main() -> None:
    """Read the documents, measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--feeds", type=int, default=150, help="generated documents")
    parser.add_argument("--no-peers", action="store_true", help="measure this parser alone")
    asked = parser.parse_args()
    peers = [] if asked.no_peers else [name for name in PEERS if find_spec(name)]
    corpus = Corpus(feeds=asked.feeds)
    corpora = {"generated": [corpus.document(index).body for index in range(corpus.feeds)]}
    if (DATA / "feeds").is_dir():
        corpora["real"] = [path.read_bytes() for path in sorted((DATA / "feeds").glob("*.xml"))]
    else:
        print(f"Real feeds are not measured: no folder {DATA / 'feeds'}")
    tables = []
    for name, documents in corpora.items():
        tables.append(measure(name, well_formed(documents), asked.rounds, peers))
        print_table(tables[-1])
    missing = [name for name in PEERS if name not in peers]
    if missing:
        print(f"\nNot measured: {', '.join(missing)}")
    figures = Figures(conditions(), asked.rounds, missing, tables)
    print(f"\nAll figures: {keep('parse', figures)}")


if __name__ == "__main__":
    main()
