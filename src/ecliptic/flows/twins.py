"""Which stored entries are copies of one post: those that share a key are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from ecliptic.decide.bands import MOST_SHARING, exact_key, most_sharing, text_keys
from ecliptic.decide.likeness import Words, words_of
from ecliptic.decide.twins import alike, former_links_of, id_of, link_of
from ecliptic.model.twin import Copy, Likeness
from ecliptic.store.twins import TwinIndex

_MOST_TEXTS: Final = 500
"""Texts that are kept in memory."""


class Search:
    """One search for copies. ``feeds`` are those whose entries can be shown.

    ``near`` says whether texts alone make copies.
    """

    def __init__(self, index: TwinIndex, feeds: Collection[int], *, near: bool) -> None:
        self._index = index
        self._feeds = feeds
        self._near = near
        self._copies: dict[int, Copy] = {}
        self._texts: dict[int, Words] = {}
        self._sharing: dict[int, list[int]] = {}
        self._edges: dict[tuple[int, int], Likeness | None] = {}
        self._seeds: frozenset[int] = frozenset()

    def spread(self, seeds: Collection[int]) -> list[Copy]:
        """Return the entries that were asked for, and all that are copies of one of them."""
        done: set[int] = set()
        self._seeds = frozenset(seeds)
        frontier = set(seeds)
        while frontier:
            frontier = self._index.mates(frontier) - done
            done |= frontier
            self._load(frontier)
            copies = [copy for copy in self._loaded(frontier) if copy.feed_id in self._feeds]
            hints = self._hints(copies)
            self._load({row for found in hints.values() for rows in found.values() for row in rows})
            frontier = {row for copy in copies for row in self._like(copy, hints[copy.row])} - done
        return self._loaded(sorted(done))

    def edges(self) -> dict[tuple[int, int], Likeness]:
        """Return what makes two entries copies of one post, by their rows, the smaller first."""
        return {pair: found for pair, found in self._edges.items() if found is not None}

    def _load(self, rows: Collection[int]) -> None:
        missing = [row for row in rows if row not in self._copies]
        if missing:
            self._copies |= {copy.row: copy for copy in self._index.copies(missing)}

    def _loaded(self, rows: Iterable[int]) -> list[Copy]:
        return [self._copies[row] for row in rows if row in self._copies]

    def _hints(self, copies: Iterable[Copy]) -> dict[int, dict[str, list[int]]]:
        """Return the entries that share a key with each: by its link and id; by text: ``""``."""
        keys = {copy.row: self._keys(copy) for copy in copies}
        asked = {key for of_one in keys.values() for of_form in of_one.values() for key in of_form}
        missing = asked - self._sharing.keys()
        if missing:
            self._sharing |= self._index.sharing(missing, MOST_SHARING + 1)
        return {
            row: {form: self._having(of_form) for form, of_form in of_one.items()}
            for row, of_one in keys.items()
        }

    def _keys(self, copy: Copy) -> dict[str, list[int]]:
        forms = (link_of(copy), id_of(copy), *former_links_of(copy))
        keys = {form: [exact_key(form)] for form in forms if form}
        if self._near:
            keys[""] = text_keys(words_of(copy.title), self._words(copy))
        return keys

    def _having(self, keys: Iterable[int]) -> list[int]:
        """Return the entries that have one of the keys, but for those that too many have."""
        found = ((self._sharing[key], most_sharing(key)) for key in keys)
        return sorted({row for rows, most in found if len(rows) <= most for row in rows})

    def _like(self, copy: Copy, hints: Mapping[str, Collection[int]]) -> set[int]:
        """Return the copies of an entry in other feeds, and what else must be judged with it."""
        crowded: dict[int, set[str]] = defaultdict(set)
        stirred: set[int] = set()
        for form, rows in hints.items():
            others = _named(form, self._loaded(rows)) if form else self._loaded(rows)
            if form and not any(other is copy for other in others):
                continue  # what it had is another entry's of its feed now
            crowds = _crowds(others) if form else frozenset()
            if form and copy.row in self._seeds and crowds != self._crowds_before(others):
                stirred.update(rows)  # what the link or id says of them has changed by this entry
            for other in others:
                if other.feed_id != copy.feed_id and other.feed_id in self._feeds:
                    is_crowded = not crowds.isdisjoint((copy.feed_id, other.feed_id))
                    crowded[other.row].update((form,) if is_crowded else ())
        like = {row for row, forms in crowded.items() if self._edge(copy, self._copies[row], forms)}
        return like | stirred

    def _crowds_before(self, copies: Iterable[Copy]) -> frozenset[int]:
        return _crowds(copy for copy in copies if copy.row not in self._seeds)

    def _edge(self, copy: Copy, other: Copy, crowded: AbstractSet[str]) -> Likeness | None:
        pair = (min(copy.row, other.row), max(copy.row, other.row))
        if pair not in self._edges:
            first, second = self._copies[pair[0]], self._copies[pair[1]]
            self._edges[pair] = alike(first, second, self._words, crowded=crowded, near=self._near)
        return self._edges[pair]

    def _words(self, copy: Copy) -> Words:
        if copy.row not in self._texts:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[copy.row] = words_of(self._index.text(copy.row))
        return self._texts[copy.row]


def _named(form: str, copies: Sequence[Copy]) -> list[Copy]:
    """Return which of them have a link or id; or had it, where none of their feed has it now."""
    having = [copy for copy in copies if form in {link_of(copy), id_of(copy)}]
    feeds = {copy.feed_id for copy in having}
    had = (copy for copy in copies if copy.feed_id not in feeds)
    return having + [copy for copy in had if form in former_links_of(copy)]


def _crowds(copies: Iterable[Copy]) -> frozenset[int]:
    """Return the feeds that have one link or id for several posts, told apart by their titles."""
    posts: dict[int, set[object]] = defaultdict(set)
    for copy in copies:
        posts[copy.feed_id].add(words_of(copy.title) or copy.id or copy.row)
    return frozenset(feed_id for feed_id, titles in posts.items() if len(titles) > 1)
