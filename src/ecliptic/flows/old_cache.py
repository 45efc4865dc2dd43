"""sources → parse → decide → clean → store: the entries of an old cache, with their dates.

They go the way of a fetched document, in the same processes. Only what is not known yet is
written: what a feed itself has said since stands. The feeds are asked by the next run.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from ecliptic.decide import Sieves
from ecliptic.decide.released import HELD
from ecliptic.flows.crew import Crew
from ecliptic.flows.job import job_of
from ecliptic.flows.refresh import pace_of
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import Check, FeedChange, FeedState
from ecliptic.model.outcome import Fetched
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import Site
from ecliptic.sources import address
from ecliptic.sources.venus_cache import Cache, CachedEntry
from ecliptic.store import Store

_BATCH: Final = 100
_BATCH_BYTES: Final = 2_000_000
_PART: Final = 226
_RULES: Final = EntryRules(
    new_feed_items=0, flood_items=0, future_dates="now", removed="keep", quarantine=False
)
"""What stood on the pages already is no flood."""


class CacheRead(msgspec.Struct, kw_only=True):
    """What was found in an old cache.

    ``known`` entries were there already; ``strange`` ones are of no subscribed feed.
    """

    new: int = 0
    known: int = 0
    hidden: int = 0
    strange: int = 0
    unreadable: int = 0
    blocked: int = 0
    feeds: int = 0


async def read_cache(
    site: Site, store: Store, cache: Cache, *, now: datetime, jobs: int
) -> CacheRead:
    """Read the entries of a cache into the state; those that are there already are left alone."""
    store.subscribe(site.subscriptions)
    feeds = store.feeds()
    found = CacheRead()
    async with Crew(site.state, jobs=jobs) as crew:
        reading = _Reading(site, store, crew, feeds=feeds, found=found, now=now)
        owners = _owners(cache, feeds)
        for entry in cache.entries():
            feed = next((owners[name] for name in entry.feeds if name in owners), None)
            if feed is None:
                found.strange += 1
            else:
                await reading.take(feed, entry)
        await reading.finish()
    found.unreadable, found.blocked = cache.unreadable, cache.blocked
    return found


def _owners(cache: Cache, feeds: Iterable[FeedState]) -> dict[str, FeedState]:
    """Return the feeds by what entries call them: the id that they gave themselves, or an address.

    An id that is the address of another feed is that feed's.
    """
    by_url = {feed.url: feed for feed in feeds}
    ids = {name: by_url[url] for name, url in cache.feed_ids(by_url).items()}
    return ids | by_url | {address.comparable(url): feed for url, feed in by_url.items()}


class _Reading:
    """One cache under way: the entries that wait, by feed."""

    def __init__(
        self,
        site: Site,
        store: Store,
        crew: Crew,
        *,
        feeds: Iterable[FeedState],
        found: CacheRead,
        now: datetime,
    ) -> None:
        self._site = site
        self._store = store
        self._crew = crew
        self._found = found
        self._now = now
        self._pace = pace_of(list(feeds), site.fetch)
        self._sieves = Sieves(site)
        self._waiting: dict[int, list[CachedEntry]] = defaultdict(list)
        self._feeds: dict[int, FeedState] = {}

    async def take(self, feed: FeedState, entry: CachedEntry) -> None:
        """Take an entry of a feed; enough of them are read together."""
        self._feeds.setdefault(feed.id, feed)
        waiting = self._waiting[feed.id]
        waiting.append(entry)
        if len(waiting) >= _BATCH or sum(len(e.entry) for e in waiting) > _BATCH_BYTES:
            await self._read(feed.id)

    async def finish(self) -> None:
        """Read what still waits, as many feeds at a time as there are processes."""
        places = asyncio.Semaphore(self._crew.size)

        async def read(feed_id: int) -> None:
            async with places:
                await self._read(feed_id)

        async with asyncio.TaskGroup() as group:
            for feed_id in list(self._waiting):
                group.create_task(read(feed_id))
        self._found.feeds = len(self._feeds)

    async def _read(self, feed_id: int) -> None:
        feed, entries = self._feeds[feed_id], self._waiting.pop(feed_id)
        document = Fetched(
            url=feed.url,
            body=_document(entries),
            status=_PART,
            content_type="application/atom+xml; charset=utf-8",
        )
        job = job_of(
            self._site,
            feed,
            document,
            pace=self._pace,
            now=self._now,
            rules=_RULES,
            is_new_planet=True,
            filters=self._sieves.of(feed.url),
        )
        change = (await self._crew.refine(job)).change
        dates = {entry.id: min(entry.date, self._now) for entry in entries}
        fresh = tuple(
            _dated(entry, dates, self._now)
            for entry in change.entries
            if entry.first_seen_at == self._now
        )
        if not change.fetch.code:
            self._found.new += len(fresh)
            self._found.known += len(entries) - len(fresh)
            self._found.hidden += sum(entry.hidden is not None for entry in fresh)
        if fresh:
            self._keep(feed, fresh, change)

    def _keep(self, feed: FeedState, fresh: tuple[Entry, ...], change: FeedChange) -> None:
        """Write what is new. The feed has been read before, if not by us."""
        last = max(entry.first_seen_at for entry in fresh)
        fetch = feed.fetch
        if fetch.succeeded_at is None or fetch.checked_at is None:
            fetch = replace(fetch, checked_at=last, succeeded_at=last, changed_at=last)
            self._feeds[feed.id] = replace(feed, fetch=fetch)
        self._store.apply(
            FeedChange(
                feed_id=feed.id,
                fetch=fetch,
                check=Check(at=self._now, code="fetch.old_cache", new=len(fresh)),
                info=change.info if feed.fetch.succeeded_at is None else None,
                entries=fresh,
                aliases=change.aliases,
            )
        )


def _document(entries: list[CachedEntry]) -> bytes:
    """Return entries as one feed, with what the newest of them says of it."""
    head = max(entries, key=lambda entry: entry.date).head
    body = b"".join(entry.entry for entry in entries)
    return b'<feed xmlns="http://www.w3.org/2005/Atom">' + head + body + b"</feed>"


def _dated(entry: Entry, dates: Mapping[str, datetime], now: datetime) -> Entry:
    """Return a new entry as first seen when the cache says so; none of them is a flood now."""
    seen = dates.get(entry.id, now)
    is_held = entry.hidden is not None and entry.hidden.code in HELD
    return replace(
        entry,
        hidden=None if is_held else entry.hidden,
        hidden_until=None if is_held else entry.hidden_until,
        first_seen_at=seen,
        shown_at=min(entry.published or entry.updated or seen, seen),
        notes=(Reason(code="decide.first_seen", at=seen),),
    )
