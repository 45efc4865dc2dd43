"""Records with sensible values, for tests that care about one field."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import Entry
from ecliptic.model.feed import Check, FeedChange, FetchState
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.text import Content, SafeHTML
from ecliptic.model.twin import Copy

NOON = datetime(2018, 4, 25, 12, tzinfo=UTC)


def make_parsed(number: int = 1, **fields: Any) -> ParsedEntry:
    """Return entry ``number`` of a feed: published that many hours before noon."""
    values: dict[str, Any] = {
        "id": f"tag:blog.example,2018:{number}",
        "link": f"https://blog.example/{number}",
        "title": Content(value=f"Post {number}", kind="text"),
        "content": Content(value=f"<p>Body {number}</p>"),
        "published": NOON - timedelta(hours=number),
        "position": number,
    }
    return ParsedEntry(**{**values, **fields})


def make_entry(number: int = 1, *, feed_id: int = 1, **fields: Any) -> Entry:
    """Return a stored entry: shown that many hours before noon."""
    values: dict[str, Any] = {
        "uid": f"e{feed_id}x{number}",
        "feed_id": feed_id,
        "key": f"key{number}",
        "fingerprint": b"first",
        "policy": "1",
        "id": f"tag:blog{feed_id}.example,2018:{number}",
        "link": f"https://blog{feed_id}.example/{number}",
        "title": f"Post {number}",
        "title_html": SafeHTML(f"Post {number}"),
        "summary": SafeHTML(""),
        "content": SafeHTML(f"<p>Body {number}</p>"),
        "published": NOON - timedelta(hours=number),
        "updated": None,
        "first_seen_at": NOON,
        "shown_at": NOON - timedelta(hours=number),
        "position": number,
        "language": "",
        "rights": "",
        "comments": "",
        "image": "",
        "authors": (),
        "categories": (),
        "enclosures": (),
        "source": None,
        "hidden": None,
        "notes": (),
    }
    return Entry(**{**values, **fields})


def make_copy(row: int, **fields: Any) -> Copy:
    """Return what is looked at of an entry to find its copies: of the feed of number ``row``."""
    entry = make_entry(1, feed_id=row, **fields)
    return Copy(
        row=row,
        uid=entry.uid,
        id=entry.id,
        link=entry.link,
        title=entry.title,
        published=entry.published,
        first_seen_at=entry.first_seen_at,
        source=entry.source,
        stands=as_it_stands(entry, row),
    )


def make_change(
    *entries: Entry, feed_id: int = 1, at: datetime = NOON, **fields: Any
) -> FeedChange:
    """Return a change that writes ``entries`` as new ones."""
    values: dict[str, Any] = {
        "feed_id": feed_id,
        "fetch": FetchState(etag='"1"', checked_at=at, succeeded_at=at),
        "check": Check(at=at, code="fetch.ok", status=200, new=len(entries)),
        "entries": entries,
    }
    return FeedChange(**{**values, **fields})
