"""Filters, asked of an entry that has just been cleaned.

Whoever has filters imports this module by its name: reading the language of filters takes
longer than many a run without.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from ecliptic.decide.rules import judged
from ecliptic.filters import matches, read
from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import Entry
from ecliptic.model.naming import FeedFacts
from ecliptic.model.rule import Rule


def judge(entry: Entry, feed: FeedFacts, rules: Sequence[Rule], now: datetime) -> Entry:
    """Return an entry that has just been cleaned, hidden or not as the rules say."""
    passed = (matches(read(rule.filter), entry, feed, now=now) for rule in rules)
    before = as_it_stands(entry, entry.feed_id)
    after = judged(before, rules, passed, now)
    if after is before:
        return entry
    return replace(entry, hidden=after.hidden, notes=after.notes)
