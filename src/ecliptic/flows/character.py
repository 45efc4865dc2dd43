"""Whether a document is still its feed's, and what it teaches of it."""

from __future__ import annotations

from typing import NamedTuple

from ecliptic.decide.character import host_of, learned, maker_of, traits_of
from ecliptic.decide.past import Past
from ecliptic.decide.quarantine import quarantined, suspicion
from ecliptic.flows.job import Job
from ecliptic.model.character import Character
from ecliptic.model.decision import Decision
from ecliptic.model.entry import Reason
from ecliptic.model.parsed import ParsedFeed
from ecliptic.store.base import KnownEntries


class Looked(NamedTuple):
    """A decision after the feed was looked at: what was learned, or why it is suspected."""

    decision: Decision
    character: Character | None = None
    suspicion: Reason | None = None


def looked_at(
    job: Job, parsed: ParsedFeed, decision: Decision, store: KnownEntries, past: Past
) -> Looked:
    """Hold new entries that may not be the author's; learn from those that are."""
    new = [verdict.entry for verdict in decision.verdicts if verdict.is_new]
    if not new or not job.rules.quarantine:
        return Looked(decision)
    if job.quarantine is not None:
        return Looked(quarantined(decision, job.quarantine, job.now))
    character = Character() if past.is_first else store.character(job.feed_id)
    # What a hub sends may not name the program that made the feed.
    maker = "" if job.is_pushed else maker_of(parsed.generator, parsed.format)
    traits = traits_of(new, maker=maker, language=parsed.language)

    def kept_hosts() -> set[str]:
        fresh = {id(entry) for entry in new}
        return {host_of(entry.link) for entry in parsed.entries if id(entry) not in fresh}

    reason = suspicion(
        character,
        traits,
        job.now,
        count=len(new),
        expected=past.expected(job.now),
        kept_hosts=kept_hosts,
    )
    if reason is not None:
        return Looked(quarantined(decision, reason, job.now), suspicion=reason)
    return Looked(decision, character=learned(character, traits, job.now))
