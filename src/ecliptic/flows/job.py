"""What a run asks of a worker, and what it is told: small, so that asking needs no parser."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from ecliptic.decide import check_of, next_state, scheduled
from ecliptic.flows.judging import judging_of
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedChange, FeedState, FetchState, Pace
from ecliptic.model.naming import FeedFacts, facts_of
from ecliptic.model.outcome import Failed, Fetched
from ecliptic.model.pipeline import Pipeline
from ecliptic.model.rules import EntryRules
from ecliptic.model.sieve import Sieve
from ecliptic.model.site import Site
from ecliptic.model.topic import Judging
from ecliptic.plugins.progress import Pending


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One document to refine, and all that its refining depends on.

    ``plain`` is a sentence when an earlier attempt had to be stopped: entries
    are then kept as escaped text, and it is the reason they give. ``stored`` counts
    the entries of the feed. ``reader`` names the plugin that reads the document, if
    it is no feed as others. ``is_pushed`` says that the feed's hub sent the
    document, unasked. In the first run of a planet (``is_new_planet``) no feed
    floods the page; ``quarantine`` is why new entries of this one are held.
    ``pipeline`` is what its entries go through, ``pending`` how far they have come;
    ``unplugged`` is a sentence when the plugins had to be stopped. ``filters`` are
    what its entries must pass, and ``facts`` what those may ask of the feed;
    ``judging`` says what else is judged of its entries, if anything.
    """

    feed_id: int
    feed_url: str
    state: FetchState
    fetched: Fetched
    now: datetime
    pace: Pace = Pace()
    stored: int = 0
    rules: EntryRules = EntryRules()
    is_new_planet: bool = False
    quarantine: Reason | None = None
    link_rel: str = ""
    plain: str = ""
    reader: str = ""
    is_pushed: bool = False
    pipeline: Pipeline | None = None
    pending: Pending = Pending()
    unplugged: str = ""
    filters: tuple[Sieve, ...] = ()
    facts: FeedFacts = FeedFacts()
    judging: Judging | None = None


def job_of(
    site: Site,
    feed: FeedState,
    fetched: Fetched,
    *,
    pace: Pace,
    now: datetime,
    rules: EntryRules,
    reader: str = "",
    is_pushed: bool = False,
    is_new_planet: bool = False,
    pipeline: Pipeline | None = None,
    filters: tuple[Sieve, ...] = (),
) -> Job:
    """Return the job of refining a document of a feed."""
    return Job(
        feed_id=feed.id,
        feed_url=feed.url,
        state=feed.fetch,
        fetched=fetched,
        now=now,
        pace=pace,
        stored=feed.entries,
        rules=rules,
        is_new_planet=is_new_planet,
        quarantine=feed.quarantine,
        link_rel=site.link_rel,
        reader=reader,
        is_pushed=is_pushed,
        pipeline=pipeline,
        filters=filters,
        facts=facts_of(feed) if filters else FeedFacts(),
        judging=judging_of(site),
    )


class Refined(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What came of a job, and the CPU-bound seconds each stage took.

    ``skipped`` says which plugins failed, and how.
    """

    change: FeedChange
    seconds: dict[str, float]
    skipped: tuple[str, ...] = ()


class Wanted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a job needs to be given before it can be ended: the pages at ``urls``."""

    urls: tuple[str, ...]
    pending: Pending


def failed_change(job: Job, failure: Failed) -> FeedChange:
    """Return the change a document makes that could not be used.

    Its validators are not kept, so that it is asked for whole the next time.
    """
    before, now, after = job.state, job.now, job.state
    if not job.is_pushed:  # else the feed itself is none the worse for it
        after = next_state(before, failure, now, url=job.feed_url)
        after = scheduled(after, job.pace, now, url=job.feed_url)
    check = check_of(failure, now, before=before, after=after)
    if job.is_pushed:
        check = replace(check, why="")
    return FeedChange(feed_id=job.feed_id, fetch=after, check=check)


def failure_of(job: Job, code: str, detail: str) -> Failed:
    """Return the failure of a document that did arrive."""
    fetched = job.fetched
    return Failed(
        url=fetched.url,
        code=code,
        detail=detail,
        status=fetched.status,
        received=fetched.received,
        seconds=fetched.seconds,
    )
