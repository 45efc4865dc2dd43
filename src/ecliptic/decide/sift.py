"""Filters, asked of an entry that has just been cleaned.

Whoever has filters imports this module by its name: reading the language of filters takes
longer than many a run without.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from ecliptic.decide.sieves import sifted
from ecliptic.filters import matches, read
from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import Entry
from ecliptic.model.naming import FeedFacts
from ecliptic.model.sieve import Sieve


def sift(entry: Entry, feed: FeedFacts, sieves: Sequence[Sieve], now: datetime) -> Entry:
    """Return an entry that has just been cleaned, hidden or not as the filters say."""
    passed = (matches(read(sieve.filter), entry, feed, now=now) for sieve in sieves)
    before = as_it_stands(entry, entry.feed_id)
    after = sifted(before, sieves, passed, now)
    if after is before:
        return entry
    return replace(entry, hidden=after.hidden, notes=after.notes)
