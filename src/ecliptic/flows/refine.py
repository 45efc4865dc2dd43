"""From a document to what must be stored: parse → decide → plugins → clean → judge.

This is the part of a refresh that costs time, so it runs in worker processes
(``flows.crew``). It is a function of its arguments; the one thing it asks the
store is which entries are known already (``flows.identify``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from msgspec.structs import replace

from ecliptic.clean import clean_entry, clean_feed
from ecliptic.decide import (
    PUSHED,
    check_of,
    decide,
    first_rhythm,
    kinship,
    next_rhythm,
    next_state,
    polled_push,
    pushed_state,
    scheduled,
    unread,
)
from ecliptic.decide.flood import is_news
from ecliptic.decide.past import Past, is_renumbered, moved_from
from ecliptic.errors import EclipticError, PluginError
from ecliptic.flows.character import looked_at
from ecliptic.flows.identify import Identified, amendments, identify
from ecliptic.flows.job import Job, Refined, Wanted, failed_change, failure_of
from ecliptic.flows.judging import judged
from ecliptic.flows.plugging import plugged, policy_of
from ecliptic.flows.reading import read_fetched
from ecliptic.log import get_logger
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import Entry, FeedInfo
from ecliptic.model.feed import Check, FeedChange, FetchState, Hints
from ecliptic.model.naming import facts_after
from ecliptic.model.outcome import Failed
from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import hub_of
from ecliptic.plugins.collect import choose
from ecliptic.store.base import KnownEntries

log = get_logger(__name__)

_PART = 226


def refine(job: Job, store: KnownEntries) -> Refined | Wanted:
    """Return the change that a fetched document makes to its feed, or what is needed for it."""
    clock = _Stopwatch()
    with clock.measure("parse"):
        parsed = _read(job)
    if isinstance(parsed, Failed):
        return Refined(change=failed_change(job, parsed), seconds=clock.seconds)
    with clock.measure("decide"):
        is_first = job.state.succeeded_at is None
        identified = identify(job, parsed, store, is_first=is_first)
        past = _past(job, parsed, identified)
        decision = decide(
            parsed.entries,
            identified.known,
            feed_url=job.feed_url,
            now=job.now,
            policy=policy_of(job),
            feed_id=job.feed_id,
            feed_date=parsed.updated or parsed.published,
            past=past,
            rules=job.rules,
            keys=identified.keys,
            trust=identified.memory.trust,
        )
        looked = looked_at(job, parsed, decision, store, past)
        decision = looked.decision
    with clock.measure("plugins" if job.pipeline else "decide"):
        done = plugged(decision, job, parsed)
    if isinstance(done, Wanted):
        return done
    decision = done.decision
    with clock.measure("decide"):
        amended = amendments(job, identified, decision, store)
    with clock.measure("clean"):
        info = _with_hub(clean_feed(parsed), job, parsed)
        clean = partial(
            clean_entry,
            feed_id=job.feed_id,
            base=info.link or job.fetched.url,
            link_rel=job.link_rel,
            now=job.now,
            policy=policy_of(job),
        )
        entries = tuple(_clean(clean, verdict, job) for verdict in decision.verdicts)
    if entries and (job.judging or job.filters):
        with clock.measure("judge"):
            entries = _judged(entries, job, info, store)
    after = _state_after(job, parsed, decision, identified)
    return Refined(
        change=FeedChange(
            feed_id=job.feed_id,
            fetch=after,
            check=_check(job, decision, after),
            # What a hub sends does not say which hub to listen to, nor whose feed it is.
            info=None if job.is_pushed else info,
            entries=entries,
            amendments=amended,
            aliases=identified.aliases,
            wrong_aliases=identified.wrong,
            memory=None if identified.after == identified.memory else identified.after,
            character=looked.character,
            quarantine=looked.suspicion,
            unchanged=decision.unchanged,
            hidden=sum(entry.hidden is not None for entry in entries),
        ),
        seconds=clock.seconds,
        skipped=done.skipped,
    )


def _judged(
    entries: tuple[Entry, ...], job: Job, info: FeedInfo, store: KnownEntries
) -> tuple[Entry, ...]:
    """Return cleaned entries as their words have them stand: by language, topic and filters."""

    def by_words(told: tuple[Entry, ...]) -> tuple[Entry, ...]:
        if not job.judging:
            return told
        return judged(
            told, job.judging, store, url=job.feed_url, language=info.language, now=job.now
        )

    entries = by_words(entries)
    if not job.filters:
        return entries
    from ecliptic.decide.sift import sift  # noqa: PLC0415 - most planets have no filter

    facts = facts_after(job.facts, info)
    passed = tuple(sift(entry, facts, job.filters, job.now) for entry in entries)
    # What no filter keeps off any more was no matter for the topics before.
    is_freed = any(
        after.hidden is None and e.hidden for e, after in zip(entries, passed, strict=True)
    )
    return by_words(passed) if is_freed else passed


def _read(job: Job) -> ParsedFeed | Failed:
    """Return what the document says, or why it is no feed."""
    try:
        chosen = choose(job.feed_url, job.reader) if job.reader else None
        parsed = read_fetched(job.fetched, address=job.feed_url, chosen=chosen)
    except PluginError as error:
        return failure_of(job, error.code, error.detail)
    if parsed.is_feed:
        return _corrected(parsed, job)
    problem = parsed.problems[0] if parsed.problems else None
    return failure_of(job, "parse.not_a_feed", problem.detail if problem else "unknown")


def _corrected(parsed: ParsedFeed, job: Job) -> ParsedFeed:
    if not job.rules.corrections:
        return parsed
    from ecliptic.decide.corrections import corrected  # noqa: PLC0415 - few feeds need any

    return corrected(parsed, job.rules)


def _past(job: Job, parsed: ParsedFeed, identified: Identified) -> Past:
    return Past(
        is_first=job.state.succeeded_at is None,
        is_renumbered=is_renumbered(
            len(parsed.entries),
            len(identified.known),
            stored=job.stored,
            is_whole=not job.is_pushed and job.fetched.status != _PART,
        ),
        is_new_planet=job.is_new_planet,
        read_at=job.state.succeeded_at,
        moved_from="" if job.is_pushed else moved_from(job.state.validators_url, job.fetched.url),
        rhythm=job.state.rhythm,
    )


def _with_hub(info: FeedInfo, job: Job, parsed: ParsedFeed) -> FeedInfo:
    """Return what a feed says of itself, with the hub that it or its server names."""
    if job.reader:
        return info
    hub, topic = hub_of(job.fetched.links, parsed.links, base=job.fetched.url)
    return replace(info, hub=hub, topic=topic) if hub else info


def _check(job: Job, decision: Decision, after: FetchState) -> Check:
    line = check_of(
        job.fetched,
        job.now,
        before=job.state,
        after=after,
        new=decision.count_new,
        changed=decision.count_changed,
    )
    return replace(line, code=PUSHED, status=0, why="") if job.is_pushed else line


def _state_after(
    job: Job, parsed: ParsedFeed, decision: Decision, identified: Identified
) -> FetchState:
    """Return how the feed stands after its document, and when it is asked again."""
    is_first = job.state.succeeded_at is None
    dates = [
        verdict.published or verdict.shown_at
        for verdict in decision.verdicts
        if verdict.is_new and (is_first or is_news(verdict, job.state.succeeded_at))
    ]
    rhythm = first_rhythm(dates, job.now) if is_first else next_rhythm(job.state, dates, job.now)
    if job.is_pushed:
        return pushed_state(job.state, job.now, changed=bool(decision.verdicts), rhythm=rhythm)
    new = [verdict.published for verdict in decision.verdicts if verdict.is_new]
    state = next_state(
        job.state,
        job.fetched,
        job.now,
        url=job.feed_url,
        changed=bool(decision.verdicts),
        hints=Hints(
            ttl_minutes=parsed.ttl,
            update_seconds=parsed.update_seconds,
            skip_hours=parsed.skip_hours,
            skip_days=parsed.skip_days,
        ),
        rhythm=rhythm,
        kin=kinship(len(parsed.entries), identified.known, stored=job.stored),
    )
    state = replace(state, push=polled_push(job.state, new, job.now))
    if decision.waiting or identified.is_doubtful(hide=job.rules.removed == "hide"):
        # What was not taken yet must be read again, changed or not.
        state = unread(state)
    return scheduled(state, job.pace, job.now, url=job.feed_url)


def _clean(clean: Callable[..., Entry], verdict: Verdict, job: Job) -> Entry:
    """Clean one entry; a fault of ours in one never stops the others."""
    reason = job.plain
    if not reason:
        try:
            return clean(verdict)
        except EclipticError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug met by one entry must not hide the rest
            log.warning(
                "entry_clean_failed feed=%s key=%s error=%r", job.feed_url, verdict.key, error
            )
            reason = f"cleaning it failed ({type(error).__name__})"
    return clean(verdict, plain=reason)


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
