"""Filters: which entries the operator's expressions keep off the pages.

They are asked when an entry comes or changes (``decide.sift``), and again when the
expressions change (``flows.sifting``). What is hidden for another reason, or said by
hand, stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.lifted import DROPPED, lifted
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
        self._plugins = tuple(use.name for use in site.plugins)
        self._plugins_of = {
            feed.url: tuple(use.name for use in feed.plugins)
            for feed in site.subscriptions
            if feed.plugins is not None
        }

    def of(self, url: str) -> tuple[Sieve, ...]:
        """Return the filters that entries of a feed must pass."""
        own = self._feeds.get(url)
        return self._planet if own is None else (*self._planet, own)

    def plugins(self, url: str) -> tuple[str, ...]:
        """Return the plugins that may leave out entries of a feed, as the operator calls them."""
        return self._plugins_of.get(url, self._plugins)

    def mark(self, feed: FeedState) -> str:
        """Return what the outcome for a feed's entries depends on, but for themselves."""
        sieves, plugins = self.of(feed.url), self.plugins(feed.url)
        if not sieves and not plugins:
            return ""
        from ecliptic.filters import asks_feed, read  # noqa: PLC0415 - most planets have none

        asked = [sieve.filter for sieve in sieves]
        if plugins:
            asked.append(repr(sorted(plugins)))
        if any(asks_feed(read(sieve.filter)) for sieve in sieves):
            asked.append(repr(facts_of(feed)))
        return blake2b("\0".join(asked).encode(), digest_size=12).hexdigest()


def taken_back(entry: Amendment, plugins: Collection[str], now: datetime) -> Amendment:
    """Return how an entry stands that a plugin left out which is not among ``plugins`` any more.

    It is the same object when nothing changes.
    """
    hidden = entry.hidden
    if hidden is None or hidden.code != DROPPED or hidden.params["plugin"] in plugins:
        return entry
    notes = tuple(note for note in entry.notes if note.code != DROPPED)
    note = Reason(code="decide.plugin_gone", at=now, params={"plugin": hidden.params["plugin"]})
    return lifted(replace(entry, notes=notes), note, now)


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
