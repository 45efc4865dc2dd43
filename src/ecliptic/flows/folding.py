"""store → decide → store: of a post that several feeds carry one copy is shown, the rest folded.

Looked at are the entries that are new or stand otherwise since the last time,
and what shares a key with them in the store's index; never the whole archive.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from msgspec.structs import replace

from ecliptic.decide import bands
from ecliptic.decide.folding import amended
from ecliptic.decide.likeness import words_of
from ecliptic.decide.originals import Edges, folds, origin_of
from ecliptic.decide.permalinks import permalink, unique_id
from ecliptic.flows.twins import Search
from ecliptic.log import get_logger
from ecliptic.model.feed import FeedState
from ecliptic.model.site import Site
from ecliptic.model.twin import Copy, Fold, Origin
from ecliptic.store import Store
from ecliptic.store.twins import TwinIndex, TwinKeys, TwinMark

log = get_logger(__name__)

_OLDEST: Final = timedelta(days=366)
"""Entries shown before that are not found by their texts any more."""

_PRUNED_EVERY: Final = timedelta(days=30)


def look(site: Site, store: Store, before: TwinMark, after: TwinMark, now: datetime) -> int:
    """Fold what is to be folded by ``after``, and remember that; return how many were hidden."""
    index, since = store.twins(), now - _OLDEST
    is_anew, is_near = before.rules != after.rules, site.duplicates == "near"
    if before.subscriptions != after.subscriptions:
        index.resubscribe(*_moved(before.feeds, after.feeds), before.last)
    index.add(_keys(since, near=is_near), before.last, anew=is_anew)
    folding = _Folding(store, before.gathers)
    seeds = folding.seeds(before.last, anew=is_anew)
    count = 0
    if seeds:
        search = Search(index, folding.feeds.keys(), near=is_near)
        count = folding.settle(search.spread(seeds), search.edges(), now)
    is_due = before.pruned_at is None or now - before.pruned_at >= _PRUNED_EVERY
    after = replace(after, gathers=folding.gathers, pruned_at=now if is_due else before.pruned_at)
    index.settle(after, since if is_due and is_near else None)
    return count


def unfold_all(index: TwinIndex, before: TwinMark, after: TwinMark, now: datetime) -> None:
    """Show every copy, and forget how they were found."""
    if before.rules:
        rows = index.folded()
        index.write(rows, {}, amended(index.copies(rows), {}, {}, now), now)
    index.forget(after)


def _moved(before: Sequence[int], after: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return the feeds that are shown now and were not; and the others that stand otherwise."""
    came, went = set(after) - set(before), set(before) - set(after)
    stayed = [feed_id for feed_id in before if feed_id not in went]
    if stayed != [feed_id for feed_id in after if feed_id not in came]:
        went |= set(stayed)  # another order may mean another original
    return came, went


def _keys(since: datetime, *, near: bool) -> TwinKeys:
    return TwinKeys(
        link=lambda link: bands.exact_key(permalink(link)),
        id=lambda identifier: bands.exact_key(unique_id(identifier)),
        text=_text_keys if near else None,
        since=since,
    )


def _text_keys(title: str, html: str) -> list[int]:
    key = bands.title_key(words_of(title))
    return [*bands.bands(words_of(html)), *(() if key is None else (key,))]


class _Folding:
    """What is decided of the copies that were found."""

    def __init__(self, store: Store, gathers: Mapping[int, bool]) -> None:
        self._store = store
        self._index = store.twins()
        self._gathered = gathers
        self._origins: dict[int, Origin] = {}
        self.gathers = dict(gathers)

    @cached_property
    def feeds(self) -> dict[int, FeedState]:
        """The feeds whose entries can be shown."""
        return {feed.id: feed for feed in self._store.feeds() if not feed.hidden_feed}

    def seeds(self, last: int, *, anew: bool) -> set[int]:
        """Return the entries whose copies are to be looked for."""
        seeds = self._index.suspects() | self._index.changed()
        if anew:
            seeds |= self._index.folded()
        for feed_id in self._index.changed_feeds(last) & self._gathered.keys():
            known = self._gathered[feed_id]
            if feed_id in self.feeds and self._origin(feed_id).gathers != known:
                self._index.resubscribe((), [feed_id], last)
                seeds |= self._index.changed()
        return seeds

    def settle(self, copies: Sequence[Copy], edges: Edges, now: datetime) -> int:
        """Fold exactly what is to be folded of ``copies``; return how many are hidden by that."""
        found: dict[int, Fold] = {}
        for group in _groups(copies, edges):
            origins = {copy.feed_id: self._origin(copy.feed_id) for copy in group}
            found |= {fold.copy.row: fold for fold in folds(group, edges, origins)}
        changes = amended(copies, found, self._origins, now)
        into = {row: fold.shown.row for row, fold in found.items()}
        if changes or into != {copy.row: copy.folded_into for copy in copies if copy.folded_into}:
            self._index.write([copy.row for copy in copies], into, changes, now)
        count = sum(change.hidden is not None for change in changes)
        log.info("copies_folded compared=%d folded=%d", len(copies), count)
        return count

    def _origin(self, feed_id: int) -> Origin:
        if feed_id not in self._origins:
            origin = origin_of(self.feeds[feed_id], self._index.links(feed_id))
            self._origins[feed_id] = origin
            self.gathers[feed_id] = origin.gathers
        return self._origins[feed_id]


def _groups(copies: Collection[Copy], edges: Edges) -> list[list[Copy]]:
    """Return the entries that are connected, each group by itself."""
    group_of = {copy.row: [copy] for copy in copies}
    for one, other in edges:
        first, second = group_of[one], group_of[other]
        if first is not second:
            first += second
            group_of |= {copy.row: first for copy in second}
    groups = {id(group): group for group in group_of.values()}
    return [group for group in groups.values() if len(group) > 1]
