"""What is no longer in its feed: fallen off its end, or taken out by its author.

An entry was taken out when it is missing in two documents in a row while one that
stood before it and one that stood after it are still there, or when the feed
says so itself (RFC 6721). What leaves at the end is only old, and a feed that is
emptied, cut or replaced by another says nothing about its entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.decide.identity import key_of_id
from ecliptic.decide.lifted import BACK, LEFT, REMOVED, still_hidden_by
from ecliptic.decide.links import place_of
from ecliptic.decide.notes import noted
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.kin import Memory
from ecliptic.model.parsed import ParsedFeed

_PLACES: Final = frozenset({REMOVED, LEFT, BACK})

_PARTIAL: Final = frozenset(
    {"parse.truncated", "parse.malformed_xml", "parse.too_many_entries", "parse.crash"}
)
_MANY_HOSTS: Final = 4
_MOST_SHARE: Final = 0.5
_ALWAYS: Final = 3
"""So many may be missing at a time, or this share of a document: more is the feed's doing."""


class Watch(NamedTuple):
    """What is remembered of a document, and the keys of what its author took out."""

    memory: Memory
    gone: tuple[str, ...] = ()


def is_whole(parsed: ParsedFeed) -> bool:
    """Whether what a document lacks says anything: not where it is damaged, or a planet's.

    A planet drops what its sources drop, which is not what their authors took out.
    """
    if any(problem.code in _PARTIAL for problem in parsed.problems):
        return False
    if any(entry.source for entry in parsed.entries):
        return False
    # Of most feeds it is plain that they have few hosts, however these are spelt.
    if len({tuple(entry.link.split("/", 3)[:3]) for entry in parsed.entries}) < _MANY_HOSTS:
        return True
    hosts = Counter(place_of(entry.link).host for entry in parsed.entries)
    return len(hosts) < _MANY_HOSTS or max(hosts.values()) >= _MOST_SHARE * len(parsed.entries)


def watched(memory: Memory, stored: Sequence[str], now: datetime) -> Watch:
    """Compare a whole document with the last one; ``stored`` are the keys of its entries."""
    here = list(dict.fromkeys(stored))
    if not here:
        return Watch(memory)
    if memory.keys == tuple(here):
        return Watch(replace(memory, missing={}) if memory.missing else memory)
    there = set(here)
    if there.isdisjoint(memory.keys):
        return Watch(replace(memory, keys=tuple(here), missing={}))
    followers = _followers(memory.keys, there)
    if len(followers) > max(_ALWAYS, _MOST_SHARE * len(memory.keys)):
        return Watch(replace(memory, keys=tuple(here), missing={}))
    place = {key: index for index, key in enumerate(here)}
    gone = tuple(
        key for key, follower in followers.items() if key in memory.missing and place[follower] > 0
    )
    missing = {key: memory.missing.get(key, now) for key in followers if key not in gone}
    return Watch(replace(memory, keys=_woven(here, followers, missing), missing=missing), gone)


def _followers(keys: Sequence[str], there: set[str]) -> dict[str, str]:
    """Return for each key that is not there the next one that is; what fell off has none."""
    followers: dict[str, str] = {}
    waiting: list[str] = []
    for key in keys:
        if key in there:
            followers.update(dict.fromkeys(waiting, key))
            waiting = []
        else:
            waiting.append(key)
    return followers


def _woven(
    here: Sequence[str], followers: Mapping[str, str], missing: Mapping[str, datetime]
) -> tuple[str, ...]:
    """Return the keys of a document, with those that are missing where they would stand."""
    before: dict[str, list[str]] = {}
    for key, follower in followers.items():
        if key in missing:
            before.setdefault(follower, []).append(key)
    woven: list[str] = []
    for key in here:
        woven += before.get(key, ())
        woven.append(key)
    return tuple(woven)


def buried(parsed: ParsedFeed, present: Sequence[str]) -> dict[str, datetime | None]:
    """Return by key what the feed says it deleted, and when; what it still has, it has not."""
    there = set(present)
    keys = {key_of_id(stone.ref): stone.when for stone in parsed.tombstones}
    return {key: when for key, when in keys.items() if key not in there}


def taken_out(
    before: KnownEntry, feed_id: int, now: datetime, *, hide: bool, is_said: bool
) -> Amendment | None:
    """Return how an entry stands that its author took out; ``None`` when that is known."""
    if is_out(before):
        return None
    code = REMOVED if hide and before.ruling != "show" else LEFT
    reason = Reason(
        code=code, at=now, params={"how": "the feed says so" if is_said else "it is missing there"}
    )
    stands = replace(as_it_stands(before, feed_id), notes=noted(before.notes, reason))
    if code == REMOVED and before.hidden is None:
        return replace(stands, hidden=reason)
    return stands


def returned(before: KnownEntry, now: datetime) -> KnownEntry:
    """Return how an entry stands that had been taken out of its feed and is in it again."""
    notes = noted(before.notes, Reason(code=BACK, at=now))
    if before.hidden is None or before.hidden.code != REMOVED:
        return replace(before, notes=notes)
    return replace(before, hidden=still_hidden_by(notes), hidden_until=None, notes=notes)


def is_out(before: KnownEntry) -> bool:
    """Whether the last thing noted of the entry's place in its feed is that it left."""
    if before.hidden is not None and before.hidden.code == REMOVED:
        return True
    for note in reversed(before.notes):
        if note.code in _PLACES:
            return note.code != BACK
    return False
