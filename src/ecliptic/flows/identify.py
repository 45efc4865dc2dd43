"""Which entries of a document are known, under which keys, and which of them its author took out.

The store is asked what may be meant, ``decide`` says what is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from ecliptic.decide.identity import keys_of
from ecliptic.decide.kin import Comparison, Match, alias_of, told_apart
from ecliptic.decide.notes import noted
from ecliptic.decide.removal import (
    Watch,
    buried,
    is_out,
    is_whole,
    returned,
    taken_out,
    watched,
)
from ecliptic.decide.trust import trust_after
from ecliptic.flows.job import Job
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.decision import Decision
from ecliptic.model.entry import KnownEntry
from ecliptic.model.kin import Alias, Memory
from ecliptic.model.parsed import ParsedEntry, ParsedFeed
from ecliptic.store.base import KnownEntries

_PART: Final = 226


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of a document's entries (``""`` for one to be passed over), and what is known.

    ``memory`` is what was remembered of the feed before, and ``after`` what is now.
    ``back`` holds those of ``known`` that had been taken out, as they stand now;
    ``gone`` are keys of entries that were, and ``said`` those of which the feed says so.
    """

    keys: Sequence[str]
    known: Mapping[str, KnownEntry] = {}
    aliases: tuple[Alias, ...] = ()
    wrong: tuple[str, ...] = ()
    memory: Memory = Memory()
    after: Memory = Memory()
    back: Mapping[str, KnownEntry] = {}
    gone: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()

    def is_doubtful(self, *, hide: bool) -> bool:
        """Whether an entry left the feed just now, so that a second look decides."""
        return hide and bool(self.after.missing.keys() - self.memory.missing.keys())


class _Known(NamedTuple):
    """The entries of a document, their keys, what is known by these, and which are no aliases."""

    entries: Sequence[ParsedEntry]
    keys: Sequence[str]
    by_key: Mapping[str, KnownEntry]
    wrong: Sequence[str]


class _Meant(NamedTuple):
    """Which entry of the document is which stored one, which notes the evidence."""

    match: Match
    entry: KnownEntry


def identify(job: Job, parsed: ParsedFeed, store: KnownEntries, *, is_first: bool) -> Identified:
    """Return what is known of the entries of a document."""
    if is_first:
        keys = keys_of(parsed.entries)
        return Identified(keys=keys, after=_watched(job, parsed, Memory(), keys).memory)
    memory = store.memory(job.feed_id)
    keys = keys_of(parsed.entries, memory.trust)
    keys, known, wrong = told_apart(keys, store.known(job.feed_id, keys))
    matches = _matches(job, store, memory, _Known(parsed.entries, keys, known, wrong))
    for match, entry in matches:
        known[keys[match.place]] = entry
    if matches:
        keys, known, _ = told_apart(keys, known)
    stored = [known[key].key if key in known else key for key in keys]
    after = trust_after(memory, parsed.entries, [match for match, _ in matches], stored, job.now)
    watch = _watched(job, parsed, after, stored)
    back = {key: entry for key, entry in known.items() if is_out(entry)}
    back = {key: returned(entry, job.now) for key, entry in back.items()}
    return Identified(
        keys=keys,
        known={**known, **back} if back else known,
        aliases=tuple(
            alias_of(match, keys[match.place], parsed.entries[match.place])
            for match, _ in matches
            if keys[match.place] in known
        ),
        wrong=wrong,
        memory=memory,
        after=watch.memory,
        back=back,
        gone=watch.gone,
        said=frozenset(buried(parsed, stored)) if parsed.tombstones else frozenset(),
    )


def _matches(job: Job, store: KnownEntries, memory: Memory, known: _Known) -> list[_Meant]:
    """Return what unknown entries are; asked for only where the feed has some."""
    there = {entry.key for entry in known.by_key.values()}
    unknown = {key for key in known.keys if key and key not in known.by_key}
    unknown.difference_update(known.wrong)
    if not unknown or not job.stored:
        return []
    recent = [key for key in memory.keys if key not in there]
    relatives = store.relatives(job.feed_id, unknown, recent)
    relatives = replace(relatives, apart=relatives.apart.union(known.wrong))
    comparison = Comparison(known.entries, known.keys, known.by_key, relatives)
    unread = comparison.unread()
    if unread:
        comparison.read(store.openings(job.feed_id, unread))
    found = comparison.matches(job.now)
    if not found:
        return []
    # What a match leads to may itself have been merged into another entry by hand.
    meant = store.known(job.feed_id, [match.relative.key for match in found])
    return [_Meant(match, _seen_again(meant[match.relative.key], match)) for match in found]


def _seen_again(entry: KnownEntry, match: Match) -> KnownEntry:
    notes = noted(entry.notes, match.reason)
    return replace(entry, alias=entry.alias or "rule", notes=notes)


def _watched(job: Job, parsed: ParsedFeed, memory: Memory, stored: Sequence[str]) -> Watch:
    """Compare the document with the last one, unless it is only a part."""
    keys = tuple(key for key in stored if key)
    if job.is_pushed or job.fetched.status == _PART:
        return Watch(memory)
    if memory.keys not in {(), keys} and not is_whole(parsed):
        return Watch(memory)
    return watched(memory, keys, job.now)


def amendments(
    job: Job, identified: Identified, decision: Decision, store: KnownEntries
) -> tuple[Amendment, ...]:
    """Return how entries stand that are in the feed again, or no longer, unchanged otherwise."""
    written = {verdict.key for verdict in decision.verdicts}
    made = {
        entry.key: as_it_stands(entry, job.feed_id)
        for entry in identified.back.values()
        if entry.key not in written
    }
    # Of an entry that is back, what its dates say was decided as it now stands.
    made.update((amendment.key, amendment) for amendment in decision.amendments)
    asked = {*identified.gone, *identified.said}
    here = {entry.key for entry in identified.known.values()} if asked else set()
    for key, entry in store.known(job.feed_id, asked).items() if asked else ():
        out = taken_out(
            entry,
            job.feed_id,
            job.now,
            hide=job.rules.removed == "hide",
            is_said=key in identified.said,
        )
        if out is not None and entry.key not in here:
            made[entry.key] = out
    return tuple(made.values())
