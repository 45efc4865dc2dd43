"""From a document to what must be stored: parse → decide → clean.

This is the part of a refresh that costs time, so it runs in worker processes
(``flows.crew``). It is a function of its arguments; the one thing it asks the
store is which entries are known already.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter

import msgspec

from ecliptic.clean import POLICY, clean_entry, clean_feed
from ecliptic.decide import check_of, decide, keys_of, next_state
from ecliptic.errors import EclipticError
from ecliptic.log import get_logger
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedChange, FetchState
from ecliptic.model.outcome import Failed, Fetched
from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import parse
from ecliptic.store.base import KnownEntries

log = get_logger(__name__)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One document to refine, and all that its refining depends on.

    ``plain`` is a sentence when an earlier attempt had to be stopped: entries
    are then kept as escaped text, and it is the reason they give.
    """

    feed_id: int
    feed_url: str
    state: FetchState
    fetched: Fetched
    now: datetime
    new_feed_items: int = 0
    link_rel: str = ""
    plain: str = ""


class Refined(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job, and the CPU-bound seconds each stage took."""

    change: FeedChange
    seconds: dict[str, float]


def refine(job: Job, store: KnownEntries) -> Refined:
    """Return the change that a fetched document makes to its feed."""
    clock = _Stopwatch()
    fetched = job.fetched
    with clock.measure("parse"):
        parsed = parse(
            fetched.body,
            url=fetched.url,
            content_type=fetched.content_type,
            content_location=fetched.content_location,
        )
    if not parsed.is_feed:
        return Refined(change=failed_change(job, _not_a_feed(job, parsed)), seconds=clock.seconds)
    with clock.measure("decide"):
        is_first = job.state.succeeded_at is None
        known = {} if is_first else store.known(job.feed_id, keys_of(parsed.entries))
        decision = decide(
            parsed.entries,
            known,
            feed_url=job.feed_url,
            now=job.now,
            policy=POLICY,
            new_feed_items=job.new_feed_items if is_first else 0,
        )
    with clock.measure("clean"):
        info = clean_feed(parsed)
        base = info.link or fetched.url
        entries = tuple(_clean(verdict, job, base) for verdict in decision.verdicts)
    return Refined(
        change=FeedChange(
            feed_id=job.feed_id,
            fetch=next_state(job.state, fetched, job.now, changed=bool(decision.verdicts)),
            check=check_of(
                fetched, job.now, new=decision.count_new, changed=decision.count_changed
            ),
            info=info,
            entries=entries,
            unchanged=decision.unchanged,
            hidden=sum(entry.hidden is not None for entry in entries),
        ),
        seconds=clock.seconds,
    )


def failed_change(job: Job, failure: Failed) -> FeedChange:
    """Return the change a document makes that could not be used.

    Its validators are not kept, so that it is asked for whole the next time.
    """
    return FeedChange(
        feed_id=job.feed_id,
        fetch=next_state(job.state, failure, job.now, changed=False),
        check=check_of(failure, job.now),
    )


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


def _not_a_feed(job: Job, parsed: ParsedFeed) -> Failed:
    problem = parsed.problems[0] if parsed.problems else None
    return failure_of(job, "parse.not_a_feed", problem.detail if problem else "unknown")


def _clean(verdict: Verdict, job: Job, base: str) -> Entry:
    """Clean one entry; a fault of ours in one never stops the others."""
    reason = job.plain
    if not reason:
        try:
            return clean_entry(
                verdict, feed_id=job.feed_id, base=base, link_rel=job.link_rel, now=job.now
            )
        except EclipticError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug met by one entry must not hide the rest
            log.warning(
                "entry_clean_failed feed=%s key=%s error=%r", job.feed_url, verdict.key, error
            )
            reason = f"cleaning it failed ({type(error).__name__})"
    return clean_entry(
        verdict,
        feed_id=job.feed_id,
        base=base,
        link_rel=job.link_rel,
        now=job.now,
        plain=reason,
    )


class _Stopwatch:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - start
