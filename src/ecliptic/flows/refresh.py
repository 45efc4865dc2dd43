"""sources → fetch → parse → decide → plugins → clean → store: one refresh of what is due.

The order of things is this file. Fetching and writing happen here, in one
process; reading and cleaning what came happens in the crew's (``flows.refine``).
A feed is written whole in one transaction: its validators are never ahead of its
entries. Feeds that had nothing new at the same moment share one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from time import perf_counter
from typing import Final, TypeAlias, assert_never

from msgspec.structs import replace

from ecliptic.decide import (
    BAD_DELTA,
    HELD,
    Sieves,
    check_of,
    held_back,
    in_turns,
    is_same_body,
    next_state,
    price_of,
    resumed,
    scheduled,
    skip_reason,
    unread,
)
from ecliptic.decide.dead import long_failing, revived
from ecliptic.errors import PluginError, UsageError
from ecliptic.fetch import Client, kept_connections
from ecliptic.flows.crew import Crew
from ecliptic.flows.duplicates import fold
from ecliptic.flows.job import Job, job_of
from ecliptic.flows.judging import model_faults, need_languages
from ecliptic.flows.origins import Origins
from ecliptic.flows.pages import Pages, pages_of
from ecliptic.flows.pipelines import Pipelines
from ecliptic.flows.progress import Progress
from ecliptic.flows.settling import settle
from ecliptic.flows.standing import alarm
from ecliptic.log import get_logger
from ecliptic.model.access import Access
from ecliptic.model.codes import words
from ecliptic.model.feed import FeedChange, FeedState, Pace
from ecliptic.model.naming import feed_name
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Outcome, Request
from ecliptic.model.pipeline import version_of
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import FetchSettings, Site, rules_by_feed
from ecliptic.model.summary import FeedFailure, FeedMove, Summary
from ecliptic.plugins import Answer
from ecliptic.store import Store

log = get_logger(__name__)

_MOST_WAITING: Final = 32
"""Documents whose plugins wait for pages at a time, held in memory too."""

_Checked: TypeAlias = tuple[str, FeedChange]
"""The address of a feed that was checked, and what is to be written."""


async def refresh(
    site: Site, store: Store, *, now: datetime, user_agent: str, jobs: int, progress: Progress
) -> Summary:
    """Ask every feed that is due, and store what is new; nothing a feed does stops the others.

    Raises ``StoreError`` when the state file cannot be written, ``UsageError``
    when no feed is of the kind that alone is to be asked or an extra is missing,
    ``ConfigError`` when a plugin cannot be used as the settings say, and
    ``EclipticError`` when no process that reads documents can be started.
    """
    start = perf_counter()
    need_languages(site)
    store.subscribe(site.subscriptions)
    feeds = settle(site, store, now)
    pace = pace_of(feeds, site.fetch)
    due = in_turns(
        _due([resumed(feed, pace, now) for feed in feeds], site.fetch, now),
        kept=kept_connections(site.fetch.connections),
    )
    summary = Summary(failures=model_faults(site))
    summary.feeds.total = len(feeds)
    summary.feeds.skipped = len(feeds) - len(due)
    pipelines = Pipelines(site) if due else None
    progress.begin("refresh", len(due))
    async with (
        Crew(site.state, jobs=jobs) as crew,
        pages_of(site.fetch, user_agent=user_agent, now=now) as pages,
    ):
        run = _Run(
            site, store, crew, now=now, pace=pace, summary=summary, progress=progress,
            pipelines=pipelines, pages=pages, sieves=Sieves(site),
        )  # fmt: skip
        due = run.afresh(due)
        run.is_new_planet = store.is_new()
        run.lost = long_failing(due, now, days=site.dead_after_days)
        async with Client(site.fetch, user_agent=user_agent, now=now) as client:
            await run.go(client, due)
    summary.bytes.received += pages.received
    if site.faces:
        await _faces(site, store, feeds, now=now, user_agent=user_agent, summary=summary)
    start_of_folding = perf_counter()
    summary.entries.hidden += fold(site, store, now=now)
    summary.spend("fold", perf_counter() - start_of_folding)
    if site.images == "store":  # of what is shown, so after copies were folded
        from ecliptic.flows.images import store_images  # noqa: PLC0415 - most planets keep none

        await store_images(site, store, now=now, user_agent=user_agent, summary=summary)
    if run.is_new_planet and summary.feeds.fetched and not site.fetch.only:
        store.settle()
    progress.end("refresh")
    summary.seconds["refresh"] = perf_counter() - start
    return summary


async def _faces(
    site: Site,
    store: Store,
    feeds: Sequence[FeedState],
    *,
    now: datetime,
    user_agent: str,
    summary: Summary,
) -> None:
    """Look for the pictures of feeds, those that were just read for the first time too."""
    from ecliptic.flows.faces import look_for_faces  # noqa: PLC0415 - old planets have none

    known = store.feeds() if summary.feeds.fetched else feeds
    if site.fetch.only:
        known = [feed for feed in known if _matches(feed, site.fetch.only)]
    await look_for_faces(site, store, known, now=now, user_agent=user_agent, summary=summary)


def _due(feeds: Sequence[FeedState], settings: FetchSettings, now: datetime) -> list[FeedState]:
    """Return the feeds to ask now."""
    if settings.offline:
        return []
    if settings.only:
        feeds = [feed for feed in feeds if _matches(feed, settings.only)]
        if not feeds:
            raise UsageError(
                "refresh.no_match",
                f"no feed has {settings.only!r} in its address or name; "
                "`ecliptic feeds list` shows them all",
            )
    force = settings.every or bool(settings.only)
    return [feed for feed in feeds if not skip_reason(feed, now, force=force)]


def _matches(feed: FeedState, pattern: str) -> bool:
    pattern = f"*{pattern.lower()}*"
    return any(fnmatchcase(text.lower(), pattern) for text in (feed.url, feed_name(feed)))


def pace_of(feeds: Sequence[FeedState], settings: FetchSettings) -> Pace:
    """Return how often each feed is asked, so that all together keep to the budget."""
    return Pace(
        min_interval=settings.min_interval,
        max_interval=settings.max_interval,
        price=price_of((feed.fetch.rhythm for feed in feeds), settings.checks_per_day),
    )


class _Run:
    """One refresh under way: what it works with, and what it has counted."""

    def __init__(
        self,
        site: Site,
        store: Store,
        crew: Crew,
        *,
        now: datetime,
        pace: Pace,
        summary: Summary,
        progress: Progress,
        pipelines: Pipelines | None,
        pages: Pages,
        sieves: Sieves,
    ) -> None:
        self._site = site
        self._pace = pace
        self._store = store
        self._crew = crew
        self._sieves = sieves
        self._now = now
        self._summary = summary
        self._progress = progress
        self._origins = Origins(site.subscriptions, now)
        self._access = {feed.url: feed.access for feed in site.subscriptions if feed.access}
        self._pipelines = pipelines
        self._pages = pages
        self._rewritten: set[int] = set()
        self._replugged: dict[int, str] = {}
        self._rules = rules_by_feed(site)
        self.is_new_planet = False
        self.lost: Mapping[int, datetime] = {}
        # Documents waiting for a worker are held in memory, so they are few.
        self._places = asyncio.Semaphore(crew.size * 4)
        self._waiting_for_pages = asyncio.Semaphore(_MOST_WAITING)

    def afresh(self, due: Sequence[FeedState]) -> list[FeedState]:
        """Return what is due, such that documents are read again whose rules or plugins changed."""
        if self._pipelines is None:
            return list(due)
        everywhere = self._site.rules.mark
        own = {url: rules.mark for url, rules in self._rules.items()}
        return [
            self._replug(
                feed, version_of(self._pipelines.of(feed.url), own.get(feed.url, everywhere))
            )
            for feed in due
        ]

    def _replug(self, feed: FeedState, version: str) -> FeedState:
        if version == feed.pipeline:
            return feed
        self._replugged[feed.id] = version
        return replace(feed, fetch=unread(feed.fetch))

    async def go(self, client: Client, due: Sequence[FeedState]) -> None:
        try:
            async with asyncio.TaskGroup() as documents:
                await self._ask(client, due, documents)
        except ExceptionGroup as group:  # whatever stops the run is one thing to whoever asked
            raise group.exceptions[0] from group

    async def _ask(
        self, client: Client, due: Sequence[FeedState], documents: asyncio.TaskGroup
    ) -> None:
        feeds = {feed.id: feed for feed in due}
        unasked: list[_Checked] = []
        async for answers in client.fetch_all(self._requests(due, unasked)):
            settled: list[_Checked] = []
            for request, outcome in answers:
                feed = feeds.pop(request.tag)
                todo = self._settle(feed, outcome)
                if isinstance(todo, FeedChange):
                    settled.append((feed.url, todo))
                else:
                    await self._places.acquire()
                    documents.create_task(self._refine(todo))
            self._store_changes(settled)
        if unasked:
            self._store_changes(unasked)

    def _requests(self, due: Sequence[FeedState], unasked: list[_Checked]) -> Iterator[Request]:
        """Yield a request for each feed; one whose source cannot say which is settled at once."""
        for feed in due:
            try:
                address = self._origins.address(feed.url)
                if address != feed.url:
                    self._rewritten.add(feed.id)
                else:
                    address = feed.asked_url
                yield _request(feed, address, self._access.get(feed.url))
            except PluginError as error:
                failure = Failed(url=feed.url, code=error.code, detail=error.detail)
                unasked.append((feed.url, self._without_document(feed, failure)))

    def _settle(self, feed: FeedState, outcome: Outcome) -> FeedChange | Job:
        """Return what to store of an answer that needs no reading, or a job for one that does."""
        self._summary.bytes.received += outcome.received
        if feed.id in self._rewritten and isinstance(outcome, Fetched | NotModified):
            # It is the address that a source made which has moved, not the subscribed one.
            outcome = replace(outcome, permanent_url="")
        match outcome:
            case Fetched():
                if not is_same_body(feed.fetch, outcome):
                    return self._job(feed, outcome)
                self._summary.feeds.not_modified += 1
            case NotModified():
                self._summary.feeds.not_modified += 1
            case Held():
                held = held_back(feed.fetch, outcome, self._now)
                check = check_of(outcome, self._now, before=feed.fetch, after=held)
                return FeedChange(feed_id=feed.id, fetch=held, check=check)
            case Failed():
                pass
            case _:
                assert_never(outcome)
        return self._without_document(feed, outcome)

    def _without_document(self, feed: FeedState, outcome: Outcome) -> FeedChange:
        now, before = self._now, feed.fetch
        after = scheduled(
            next_state(before, outcome, now, url=feed.url), self._pace, now, url=feed.url
        )
        check = check_of(outcome, now, before=before, after=after, same_body=True)
        return FeedChange(feed_id=feed.id, fetch=after, check=check)

    def _job(self, feed: FeedState, fetched: Fetched) -> Job:
        return job_of(
            self._site,
            feed,
            fetched,
            pace=self._pace,
            now=self._now,
            rules=self._rules_of(feed),
            is_new_planet=self.is_new_planet,
            reader=self._origins.reader(feed.url),
            pipeline=self._pipelines.of(feed.url) if self._pipelines else None,
            filters=self._sieves.of(feed.url),
        )

    def _rules_of(self, feed: FeedState) -> EntryRules:
        return self._rules.get(feed.url, self._site.rules)

    async def _refine(self, job: Job) -> None:
        try:
            refined = await self._crew.refine(job, partial(self._fetch_pages, job.feed_url))
        finally:
            self._places.release()
        for stage, seconds in refined.seconds.items():
            self._summary.spend(stage, seconds)
        if refined.skipped:
            skipped = FeedFailure(
                where=job.feed_url, code="plugins.skipped", detail=refined.skipped[0]
            )
            self._summary.failures.append(skipped)
        change = refined.change
        self._summary.feeds.fetched += not change.fetch.code
        if not change.fetch.code and job.feed_id in self._replugged:
            change = replace(change, pipeline=self._replugged[job.feed_id])
        self._store_changes([(job.feed_url, change)])

    async def _fetch_pages(self, feed: str, urls: tuple[str, ...]) -> tuple[Answer, ...]:
        """Fetch what plugins want to read; the place of their document is free meanwhile."""
        async with self._waiting_for_pages:
            self._places.release()
            answers = await self._pages.ask(urls, self._access.get(feed))
        await self._places.acquire()
        return answers

    def _store_changes(self, changes: Sequence[_Checked]) -> None:
        start = perf_counter()
        self._store.apply(*(change for _, change in changes))
        self._summary.spend("store", perf_counter() - start)
        for url, change in changes:
            self._count(url, change)

    def _count(self, url: str, change: FeedChange) -> None:
        summary, check = self._summary, change.check
        if check.code in HELD:
            summary.feeds.skipped += 1
        elif change.fetch.code:
            summary.feeds.failed += 1
            summary.failures.append(FeedFailure(where=url, code=check.code, detail=check.detail))
        summary.entries.new += check.new
        summary.entries.changed += check.changed
        summary.entries.unchanged += change.unchanged
        summary.entries.hidden += change.hidden
        log.info(
            "feed_checked feed=%s code=%s detail=%s new=%d",
            url,
            check.code,
            check.detail,
            check.new,
        )
        self._progress.feed_done(url, check.code, check.new)
        if change.quarantine is not None:
            summary.alarms.append(alarm(url, change.quarantine))
        if change.feed_id in self.lost and not change.fetch.code:
            summary.alarms.append(alarm(url, revived(self.lost[change.feed_id], self._now)))
        reason = change.fetch.move.reason
        if reason is not None and reason.at == self._now:
            to, why = change.fetch.move.adopted or url, words(reason.code, reason.params)
            summary.moves.append(FeedMove(url=url, to=to, code=reason.code, why=why))


def _request(feed: FeedState, url: str, access: Access | None) -> Request:
    return Request(
        url=url,
        etag=feed.fetch.etag,
        last_modified=feed.fetch.last_modified,
        validators_url=feed.fetch.validators_url,
        whole=feed.fetch.code == BAD_DELTA,  # a server that cannot do it is not asked to at once
        access=access,
        tag=feed.id,
    )
