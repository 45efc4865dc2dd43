"""Peer: feedparser in a pool of two processes, its entries kept as rows in SQLite.

Each worker fetches through feedparser with the validators of the last run;
feedparser sanitises and resolves links as it does by default.
Usage: ``python -m bench.engines.feedparser_pool ADDRESSES STATE``.
"""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import msgspec

feedparser: Any = import_module("feedparser")  # it has no types

PROCESSES = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS feed (
  url TEXT PRIMARY KEY, etag TEXT, modified TEXT, title TEXT, link TEXT);
CREATE TABLE IF NOT EXISTS entry (
  feed TEXT, id TEXT, title TEXT, link TEXT, author TEXT, published TEXT,
  summary TEXT, content TEXT, PRIMARY KEY (feed, id));
"""
Row = tuple[str, ...]
Job = tuple[str, str | None, str | None]


class Answer(msgspec.Struct, frozen=True):
    """What a worker hands back; no rows when nothing has changed."""

    url: str
    status: int
    feed: Row = ()
    rows: list[Row] = []


def read(job: Job) -> Answer:
    """Fetch, parse and clean one feed."""
    url, etag, modified = job
    document: Any = feedparser.parse(url, etag=etag, modified=modified)
    status = int(document.get("status", 0))
    if status != 200:
        return Answer(url, status)
    about = document.feed
    feed = (
        document.get("etag", ""),
        document.get("modified", ""),
        about.get("title", ""),
        about.get("link", ""),
    )
    return Answer(url, status, feed, [row(url, entry) for entry in document.entries])


def row(url: str, entry: Any) -> Row:
    """Return what is kept of an entry."""
    content = entry.get("content") or [{}]
    return (
        url,
        entry.get("id") or entry.get("link", ""),
        entry.get("title", ""),
        entry.get("link", ""),
        entry.get("author", ""),
        entry.get("published", ""),
        entry.get("summary", ""),
        content[0].get("value", ""),
    )


def refresh(addresses: list[str], database: sqlite3.Connection) -> dict[str, int]:
    """Read every feed and store it, one transaction each."""
    counts = {"fetched": 0, "not_modified": 0, "failed": 0}
    known = {
        url: (etag, modified)
        for url, etag, modified in database.execute("SELECT url, etag, modified FROM feed")
    }
    jobs: list[Job] = [(url, *known.get(url, (None, None))) for url in addresses]
    with Pool(PROCESSES) as pool:
        for answer in pool.imap_unordered(read, jobs, chunksize=8):
            counts[{200: "fetched", 304: "not_modified"}.get(answer.status, "failed")] += 1
            if answer.status == 200:
                store(database, answer)
        pool.close()
        pool.join()
    total: int = database.execute("SELECT count(*) FROM entry").fetchone()[0]
    return counts | {"entries": total}


def store(database: sqlite3.Connection, answer: Answer) -> None:
    """Write one feed and its entries."""
    with database:
        database.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?)", (answer.url, *answer.feed)
        )
        database.executemany(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", answer.rows
        )


def main() -> None:
    """Read the addresses and refresh them."""
    addresses = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    database = sqlite3.connect(sys.argv[2])
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(SCHEMA)
    print(msgspec.json.encode(refresh(addresses, database)).decode())


if __name__ == "__main__":
    main()
