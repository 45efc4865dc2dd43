"""decide → plugins → clean: what the plugins of a feed make of its new and changed entries.

They see an entry as its author published it, and only after it was decided what
is new: so an entry that they rewrite is not a changed one, and one that nothing
happened to costs them nothing. Cleaning comes after them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.clean import POLICY, plain_text
from ecliptic.flows.job import Job, Wanted
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import Reason
from ecliptic.model.parsed import ParsedFeed
from ecliptic.model.pipeline import version_of
from ecliptic.plugins import FeedContext
from ecliptic.plugins.course import Course, steps_in
from ecliptic.plugins.progress import Progress

FILTERED: Final = "plugins.filtered"
SKIPPED: Final = "plugins.skipped"
_MOST_SKIPPED: Final = 3
_LONGEST_TITLE: Final = 200


class Plugged(NamedTuple):
    """A decision whose entries have been through the plugins; ``skipped`` says which failed."""

    decision: Decision
    skipped: tuple[str, ...] = ()


def policy_of(job: Job) -> str:
    """Return the name of all rules that the entries of a document go through."""
    version = version_of(job.pipeline, job.rules.mark)
    return f"{POLICY}+{version}" if version else POLICY


def plugged(decision: Decision, job: Job, parsed: ParsedFeed) -> Plugged | Wanted:
    """Return a decision after the plugins, or what they wait for: pages, or another turn."""
    if job.pipeline is None:
        if any(_is_filtered(verdict) for verdict in decision.verdicts):
            shown = tuple(_unfiltered(verdict) for verdict in decision.verdicts)
            return Plugged(replace(decision, verdicts=shown))
        return Plugged(decision)
    if not decision.verdicts:
        return Plugged(decision)
    if job.unplugged:
        return _unplugged(decision, job)
    course = Course(steps_in(job.pipeline, _context(job, parsed)), job.pending)
    before = {stand.key: stand for stand in job.pending.entries}
    stands = tuple(
        course.advance(before.get(verdict.key) or Progress(key=verdict.key, entry=verdict.entry))
        for verdict in decision.verdicts
    )
    if not all(map(course.is_through, stands)):
        return Wanted(urls=tuple(course.wanted), pending=course.pending(stands))
    pairs = zip(decision.verdicts, stands, strict=True)
    verdicts = tuple(passed(verdict, stand, job.now) for verdict, stand in pairs)
    skipped = dict.fromkeys(text for stand in stands for text in stand.skipped)
    return Plugged(replace(decision, verdicts=verdicts), tuple(skipped))


def _context(job: Job, parsed: ParsedFeed) -> FeedContext:
    assert job.pipeline is not None
    return FeedContext(
        url=job.feed_url,
        name=job.pipeline.feed_name,
        title=plain_text(parsed.title, limit=_LONGEST_TITLE),
        link=parsed.link,
        language=parsed.language,
        extra=job.pipeline.extra,
        folder=job.pipeline.folder,
    )


def _unplugged(decision: Decision, job: Job) -> Plugged:
    """Return the entries as they were published: the plugins had to be stopped."""
    verdicts = tuple(
        replace(verdict, notes=_notes(verdict, (_skipped(job.unplugged, job.now),)))
        for verdict in decision.verdicts
    )
    return Plugged(replace(decision, verdicts=verdicts), (job.unplugged,))


def passed(verdict: Verdict, stand: Progress, now: datetime) -> Verdict:
    """Return a verdict with what the plugins made of its entry.

    One that is hidden for another reason stays hidden for that one, unless it only
    waits for its time; and what the operator shows by hand is shown.
    """
    skipped = tuple(_skipped(text, now) for text in stand.skipped[:_MOST_SKIPPED])
    if not stand.dropped_by:
        shown = _unfiltered(verdict)
        return replace(shown, entry=stand.entry, notes=_notes(shown, skipped))
    reason = _filtered(verdict, stand, now)
    verdict = replace(verdict, notes=_notes(verdict, (*skipped, reason)))
    waits = verdict.hidden is None or verdict.hidden_until is not None
    if verdict.ruling == "show" or not (waits or _is_filtered(verdict)):
        return verdict
    return replace(verdict, hidden=reason, hidden_until=None)


def _filtered(verdict: Verdict, stand: Progress, now: datetime) -> Reason:
    """Return why an entry is hidden: as it was said before, if that is still so."""
    reason = stand.reason or "it gives no reason"
    params: dict[str, str | int] = {"plugin": stand.dropped_by, "reason": reason}
    for note in verdict.notes:
        if note.code == FILTERED and note.params == params:
            return note
    return Reason(code=FILTERED, at=now, params=params)


def _skipped(detail: str, now: datetime) -> Reason:
    return Reason(code=SKIPPED, at=now, params={"detail": detail})


def _is_filtered(verdict: Verdict) -> bool:
    return verdict.hidden is not None and verdict.hidden.code == FILTERED


def _unfiltered(verdict: Verdict) -> Verdict:
    hidden = None if _is_filtered(verdict) else verdict.hidden
    return replace(verdict, hidden=hidden, notes=_notes(verdict, ()))


def _notes(verdict: Verdict, said: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the notes of an entry with what the plugins say now in place of what they said."""
    kept = (note for note in verdict.notes if note.code not in {FILTERED, SKIPPED})
    return (*kept, *said)
