"""Filters: which entries the operator's expressions keep off the pages.

They are asked when an entry comes or changes (``decide.sift``), and again when the
expressions change (``flows.sifting``). What is hidden for another reason, or said by
hand, stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.lifted import lifted
from ecliptic.decide.notes import noted
from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import facts_of
from ecliptic.model.sieve import Sieve
from ecliptic.model.site import Site

FILTERED: Final = "decide.filtered"

_LONGEST_EVIDENCE: Final = 300
"""Characters of an expression that is kept with each entry it hides."""


class Sieves:
    """The filters of a planet, by feed."""

    def __init__(self, site: Site) -> None:
        self._planet = (Sieve(of="the planet", filter=site.filter),) if site.filter else ()
        self._feeds = {
            feed.url: Sieve(of="its feed", filter=feed.filter)
            for feed in site.subscriptions
            if feed.filter
        }

    def of(self, url: str) -> tuple[Sieve, ...]:
        """Return the filters that entries of a feed must pass."""
        own = self._feeds.get(url)
        return self._planet if own is None else (*self._planet, own)

    def mark(self, feed: FeedState) -> str:
        """Return what the outcome for a feed's entries depends on, but for themselves."""
        sieves = self.of(feed.url)
        if not sieves:
            return ""
        from ecliptic.filters import asks_feed, read  # noqa: PLC0415 - most planets have none

        asked = [sieve.filter for sieve in sieves]
        if any(asks_feed(read(text)) for text in asked):
            asked.append(repr(facts_of(feed)))
        return blake2b("\0".join(asked).encode(), digest_size=12).hexdigest()


def sifted(
    entry: Amendment, sieves: Sequence[Sieve], passed: Iterable[bool], now: datetime
) -> Amendment:
    """Return how an entry stands after the filters, of which ``passed`` says what they said.

    It is the same object when nothing changes.
    """
    hidden = entry.hidden
    if entry.ruling or (hidden is not None and hidden.code != FILTERED):
        return entry
    kept_off_by = next((sieve for sieve, ok in zip(sieves, passed, strict=False) if not ok), None)
    if kept_off_by is None:
        if hidden is None:
            return entry
        note = Reason(code="decide.filter_passed", at=now)
        return lifted(entry, note, now)
    evidence = kept_off_by.filter
    if len(evidence) > _LONGEST_EVIDENCE:
        evidence = f"{evidence[:_LONGEST_EVIDENCE]}…"
    reason = Reason(code=FILTERED, at=now, params={"of": kept_off_by.of, "filter": evidence})
    if hidden is not None and hidden.params == reason.params:
        return entry
    return replace(entry, hidden=reason, hidden_until=None, notes=noted(entry.notes, reason))
