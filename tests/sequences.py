"""One feed that is read again and again: real documents, parse → decide → clean → store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Self
from xml.sax.saxutils import escape

from msgspec.structs import replace

from ecliptic.flows.job import Refined, job_of
from ecliptic.flows.refine import refine
from ecliptic.flows.refresh import pace_of
from ecliptic.flows.settling import settle
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedChange, FeedState
from ecliptic.model.outcome import Fetched
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import Site, Subscription
from ecliptic.store import open_store

URL = "https://blog.example/feed.xml"
START = datetime(2024, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def post(
    name: str,
    date: datetime | None = None,
    *,
    guid: str = "",
    link: str = "",
    title: str = "",
    body: str = "",
) -> str:
    """Return an RSS item called ``name``."""
    dated = f"<pubDate>{format_datetime(date)}</pubDate>" if date else ""
    return (
        f'<item><guid isPermaLink="false">{escape(guid or name)}</guid>'
        f"<title>{escape(title or name)}</title>"
        f"<link>{escape(link or f'https://blog.example/{name}')}</link>{dated}"
        f"<description>{escape(body or f'<p>All about {name}.</p>')}</description></item>"
    )


def rss(*items: str, built: datetime | None = None, generator: str = "", language: str = "") -> str:
    """Return an RSS document."""
    head = f"<lastBuildDate>{format_datetime(built)}</lastBuildDate>" if built else ""
    head += f"<generator>{escape(generator)}</generator>" if generator else ""
    head += f"<language>{language}</language>" if language else ""
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>'
        f"<link>https://blog.example/</link><description/>{head}{''.join(items)}</channel></rss>"
    )


class Replay:
    """A planet of one feed and its state file; ``now`` is when it was read last."""

    def __init__(
        self, folder: Path, rules: EntryRules | None = None, *, is_new_planet: bool = False
    ) -> None:
        self.site = Site(
            name="Planet", rules=rules or EntryRules(), subscriptions=(Subscription(url=URL),)
        )
        self.store = open_store(folder / "planet.sqlite")
        self.store.subscribe(self.site.subscriptions)
        self.is_new_planet = is_new_planet
        self.now = START

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def with_rules(self, rules: EntryRules) -> None:
        """Change the settings."""
        self.site = replace(self.site, rules=rules)

    @property
    def feed(self) -> FeedState:
        """The feed as it is stored."""
        (feed,) = self.store.feeds()
        return feed

    def read(
        self, document: str, at: datetime, *, is_pushed: bool = False, url: str = URL
    ) -> FeedChange:
        """Read a document of the feed, found at ``url``, at a time; store what is decided."""
        job = job_of(
            self.site,
            self.feed,
            Fetched(url=url, body=document.encode(), content_type="application/rss+xml"),
            pace=pace_of([], self.site.fetch),
            now=at,
            rules=self.site.rules,
            is_new_planet=self.is_new_planet,
            is_pushed=is_pushed,
        )
        refined = refine(job, self.store)
        assert isinstance(refined, Refined)
        change = refined.change
        self.store.apply(change)
        self.now, self.is_new_planet = at, False
        return change

    def wake(self, at: datetime) -> int:
        """Let time and settings decide, as a run does first; return how many entries came back."""
        before = len(self.shown())
        settle(self.site, self.store, at)
        return len(self.shown()) - before

    def shown(self) -> list[str]:
        """Return the titles that pages show, newest first."""
        return [entry.title for entry in self.store.newest()]

    def places(self) -> dict[str, datetime]:
        """Return where each shown entry stands."""
        return {entry.title: entry.shown_at for entry in self.store.newest()}

    def hidden(self) -> dict[str, str]:
        """Return by title why entries are hidden."""
        return {entry.title: entry.hidden.code for entry in self.store.hidden() if entry.hidden}

    def all(self) -> list[Entry]:
        """Return every stored entry."""
        return [*self.store.newest(), *self.store.hidden()]

    def notes(self, title: str) -> list[str]:
        """Return the codes of what was decided about an entry."""
        (entry,) = [entry for entry in self.all() if entry.title == title]
        return [note.code for note in entry.notes]


def daily(count: int, last: datetime, *, first: int = 1) -> Sequence[str]:
    """Return posts of successive days, the newest first and written at ``last``."""
    return [
        post(f"p{first + number}", last - (count - 1 - number) * DAY) for number in range(count)
    ][::-1]
