"""Successive versions of one feed, read as runs read them: parse → decide → clean → store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from xml.sax.saxutils import escape

from ecliptic.decide.identity import keys_of
from ecliptic.decide.links import place_of
from ecliptic.decide.wording import letters
from ecliptic.flows.job import Job, Refined
from ecliptic.flows.refine import refine
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedChange, FeedState
from ecliptic.model.outcome import Fetched
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import Subscription
from ecliptic.parse import parse
from ecliptic.store import Store, open_store

START = datetime(2018, 4, 25, 12, tzinfo=UTC)
_LEAST_TEXT = 100


def post(
    number: int,
    *,
    guid: str | None = None,
    link: str | None = None,
    title: str | None = None,
    body: str = "",
    days: float = 0,
    is_dated: bool = True,
) -> str:
    """Return an RSS item; without more it is the same at each call, and ``days`` younger."""
    title = f"Post {number}" if title is None else title
    link = f"https://blog.example/{number}-a-post" if link is None else link
    guid = f"tag:blog.example,2018:{number}" if guid is None else guid
    date = format_datetime(START - timedelta(days=2, hours=number) + timedelta(days=days))
    body = body or f"<p>The long text of post {number}, of which no other post has a line.</p>" * 3
    return (
        f"<item><title>{escape(title)}</title>"
        + (f"<link>{escape(link)}</link>" if link else "")
        + (f"<guid isPermaLink='false'>{escape(guid)}</guid>" if guid else "")
        + (f"<pubDate>{date}</pubDate>" if is_dated else "")
        + f"<description>{escape(body)}</description></item>"
    )


def feed(*items: str, around: str = "") -> bytes:
    """Return an RSS document."""
    return (
        '<rss version="2.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel>'
        "<title>A blog</title><link>https://blog.example/</link>"
        f"{around}{''.join(items)}</channel></rss>"
    ).encode()


class Replay:
    """A planet of a feed or two, whose documents are given by hand, a day apart.

    Without a ``folder`` its store is in one that goes with it.
    """

    def __init__(
        self, folder: Path | None = None, *, removed: str = "keep", feeds: int = 1
    ) -> None:
        self.removed = removed
        self.now = START
        self._own = TemporaryDirectory(prefix="replay-")
        folder = folder or Path(self._own.name)
        self.store: Store = open_store(folder / "planet.sqlite")
        urls = [f"https://blog.example/feed{number or ''}.xml" for number in range(feeds)]
        self.store.subscribe([Subscription(url=url) for url in urls])
        self.together: set[tuple[str, str]] = set()
        """Pairs of stored keys that stood in one document."""
        self.stood: dict[str, datetime] = {}
        self.floated: list[str] = []
        self.lost: list[str] = []
        self.joined: list[str] = []

    @property
    def feed(self) -> FeedState:
        return self.store.feeds()[0]

    def read(
        self,
        document: bytes,
        *,
        at: datetime | None = None,
        hours: float = 24,
        status: int = 200,
        is_pushed: bool = False,
        feed: int = 0,
    ) -> FeedChange:
        """Read one more version; return what it changed."""
        self.now = at or self.now + timedelta(hours=hours)
        state = self.store.feeds()[feed]
        job = Job(
            feed_id=state.id,
            feed_url=state.url,
            state=state.fetch,
            fetched=Fetched(url=state.url, body=document, etag='"1"', status=status),
            now=self.now,
            stored=state.entries,
            rules=EntryRules(removed=self.removed),
            is_pushed=is_pushed,
        )
        trust = self.store.memory(job.feed_id).trust
        refined = refine(job, self.store)
        assert isinstance(refined, Refined)
        change = refined.change
        self.store.apply(change)
        self._look(job.feed_id, keys_of(parse(document, url=state.url).entries, trust))
        return change

    def _look(self, feed_id: int, keys: list[str]) -> None:
        """Note what must never be: an entry lost, two made one, or one that moved up."""
        known = self.store.known(feed_id, keys)
        self.lost += [key for key in keys if key not in known]
        here = sorted({entry.key for entry in known.values()})
        if len(here) != len(set(keys)):
            self.joined += keys
        self.together.update(combinations(here, 2))
        for entry in self.entries():
            before = self.stood.setdefault(entry.uid, entry.shown_at)
            if entry.shown_at > before:
                self.floated.append(entry.link)

    def entries(self) -> list[Entry]:
        """Return every stored entry, the hidden ones too."""
        return [*self.store.newest(), *self.store.hidden()]

    def shown(self) -> list[str]:
        """Return the titles that pages may show, by number."""
        return sorted(entry.title for entry in self.store.newest())

    def entry(self, title: str) -> Entry:
        """Return the one entry of that title."""
        (found,) = [entry for entry in self.entries() if entry.title == title]
        return found

    def codes(self, title: str) -> list[str]:
        """Return what is noted of the entry of that title."""
        return [note.code for note in self.entry(title).notes]

    def twice(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of entries that are the same page or text, and never stood side by side."""
        for one, other in combinations(sorted(self.store.newest(), key=lambda e: e.key), 2):
            place = place_of(one.link)
            is_page = not place.is_home and place == place_of(other.link)
            if (is_page or _text(one) == _text(other) != "") and (
                one.key,
                other.key,
            ) not in self.together:
                yield one.link, other.link

    def close(self) -> None:
        self.store.close()
        self._own.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _text(entry: Entry) -> str:
    text = letters(entry.content or entry.summary)
    return letters(entry.title) + text if len(text) >= _LEAST_TEXT else ""
