"""store → decide → store: of a post that several feeds carry one copy is shown, the rest folded.

Looked at are the entries that are new or stand otherwise since the last time,
and what shares a key with them in the store's index; never the whole archive.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.bands import exact_key, text_keys
from ecliptic.decide.folding import amended
from ecliptic.decide.likeness import words_of
from ecliptic.decide.originals import Edges, folds, origin_of
from ecliptic.decide.permalinks import permalink, unique_id
from ecliptic.flows.twins import Search
from ecliptic.log import get_logger
from ecliptic.model.amendment import Amendment
from ecliptic.model.site import Site
from ecliptic.model.twin import Copy, Fold, Origin
from ecliptic.store import Store
from ecliptic.store.twins import Folding, TwinIndex, TwinKeys, TwinMark

log = get_logger(__name__)

_OLDEST: Final = timedelta(days=366)
"""Entries shown before that are not found by their texts any more."""

_PRUNED_EVERY: Final = timedelta(days=30)


def look(
    site: Site, store: Store, before: TwinMark, after: TwinMark, now: datetime
) -> tuple[Amendment, ...]:
    """Fold what is to be folded by ``after``, and remember that; return what changed by it."""
    index, since = store.twins(), now - _OLDEST
    is_anew, is_near = before.rules != after.rules, site.duplicates == "near"
    if before.subscriptions != after.subscriptions:
        index.resubscribe(*_moved(before.feeds, after.feeds), before.last)
    index.add(_keys(since, near=is_near), before.last, anew=is_anew)
    decisions = _Decisions(index, before.gathers)
    seeds = decisions.seeds(before.last, anew=is_anew)
    folding = Folding(at=now)
    if seeds:
        search = Search(index, frozenset(after.feeds), before.last, near=is_near)
        folding = decisions.folding(search.spread(seeds), search.edges(), now)
    is_due = before.pruned_at is None or now - before.pruned_at >= _PRUNED_EVERY
    if is_due and is_near:
        index.forget_keys(since)
    pruned_at = now if is_due else before.pruned_at
    index.settle(replace(after, gathers=decisions.gathers, pruned_at=pruned_at), folding)
    return tuple(folding.amendments)


def unfold_all(
    index: TwinIndex, before: TwinMark, after: TwinMark, now: datetime
) -> tuple[Amendment, ...]:
    """Show every copy, and forget how they were found; return what changed by it."""
    folding = Folding(at=now)
    if before.rules:
        index.forget_keys()
        rows = index.folded()
        changes = amended(index.copies(rows), {}, {}, now)
        folding = Folding(at=now, looked_at=rows, amendments=changes)
    index.settle(after, folding)
    return tuple(folding.amendments)


def _moved(before: Sequence[int], after: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return the feeds that are shown now and were not; and the others that stand otherwise."""
    came, went = set(after) - set(before), set(before) - set(after)
    stayed = [feed_id for feed_id in before if feed_id not in went]
    if stayed != [feed_id for feed_id in after if feed_id not in came]:
        went |= set(stayed)  # another order may mean another original
    return came, went


def _keys(since: datetime, *, near: bool) -> TwinKeys:
    return TwinKeys(
        link=_link_key,
        id=_id_key,
        text=_text_keys if near else None,
        since=since,
    )


def _link_key(link: str) -> int | None:
    form = permalink(link)
    return exact_key(form) if form else None


def _id_key(identifier: str) -> int | None:
    form = unique_id(identifier)
    return exact_key(form) if form else None


def _text_keys(title: str, html: str) -> list[int]:
    return text_keys(words_of(title), words_of(html))


class _Decisions:
    """What is decided of the copies that were found."""

    def __init__(self, index: TwinIndex, gathers: Mapping[int, bool]) -> None:
        self._index = index
        self._gathered = gathers
        self._origins: dict[int, Origin] = {}
        self.gathers = dict(gathers)

    def seeds(self, last: int, *, anew: bool) -> set[int]:
        """Return the entries whose copies are to be looked for."""
        seeds = self._index.suspects() | self._index.changed()
        if anew:
            seeds |= self._index.folded()
        for feed_id in self._index.changed_feeds(last) & self._gathered.keys():
            if self._origin(feed_id).gathers != self._gathered[feed_id]:
                self._index.resubscribe((), [feed_id], last)
                seeds |= self._index.changed()
        return seeds

    def folding(self, copies: Sequence[Copy], edges: Edges, now: datetime) -> Folding:
        """Return which of ``copies`` are folded, and what changes by that."""
        found: dict[int, Fold] = {}
        for group in _groups(copies, edges):
            origins = {copy.feed_id: self._origin(copy.feed_id) for copy in group}
            found |= {fold.copy.row: fold for fold in folds(group, edges, origins)}
        changes = amended(copies, found, self._origins, now)
        log.info("copies_compared count=%d folded=%d", len(copies), len(found))
        into = {row: fold.shown.row for row, fold in found.items()}
        if not changes and into == {c.row: c.folded_into for c in copies if c.folded_into}:
            return Folding(at=now)
        rows = [copy.row for copy in copies]
        return Folding(at=now, looked_at=rows, folds=into, amendments=changes)

    def _origin(self, feed_id: int) -> Origin:
        if feed_id not in self._origins:
            origin = origin_of(self._index.feed(feed_id), self._index.links(feed_id))
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
