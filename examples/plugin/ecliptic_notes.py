"""A plugin for Ecliptic: notes in a text file, one a line, read as a feed.

A line is ``2018-04-25 What happened on that day``. The address of a subscription
is that of the folder (``https://notes.example/notes/``); the file in it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from ecliptic.plugins import Content, Document, ParsedEntry, ParsedFeed, Problem, Source

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\S.*)")


def register_sources() -> Iterable[Source]:
    """Tell Ecliptic which addresses are ours, and what to do with them."""
    return [Source(pattern=r"https?://[^/]+/notes/", rewrite=file_of, read=read)]


def file_of(address: str, now: datetime) -> str:
    """Return the address to ask instead: it may depend on the time of the run, on nothing else."""
    del now
    return f"{address}notes.txt"


def read(document: Document) -> ParsedFeed:
    """Read the notes; whatever the bytes are, a value comes out."""
    lines = document.body.decode("utf-8", "replace").splitlines()
    entries = tuple(entry for line in lines if (entry := _entry(line, document.address)))
    if not entries:
        return ParsedFeed(problems=(Problem(code="parse.not_a_feed", detail="no notes"),))
    title = Content(value="Notes", kind="text")
    return ParsedFeed(format="notes", title=title, link=document.address, entries=entries)


def _entry(line: str, page: str) -> ParsedEntry | None:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    try:
        date = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    except ValueError:
        return None
    title = Content(value=found[2], kind="text")
    return ParsedEntry(id=line.strip(), link=page, title=title, published=date)
