"""Which entries are known already, though they come under keys that are not.

Asked only when a feed that has entries brings keys that nobody knows, which is
rare. One thing in common is no evidence where authors repeat it: weekly notes
share a title, a picture of the day its address. So a link needs a date or text
beside it, unless the feed gives every entry a link of its own; and where two
entries could be meant, none is: an entry too many is seen, one lost is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ecliptic.decide.face import (
    SIGNS,
    Face,
    Scene,
    Test,
    Trait,
    is_called_alike,
    is_dated_alike,
)
from ecliptic.decide.wording import letters
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.kin import Alias, Relative, Relatives
from ecliptic.model.parsed import ParsedEntry

_LONGEST_PARAM: Final = 500


class Match(NamedTuple):
    """An entry of the document, by its place there, that is a stored one."""

    place: int
    relative: Relative
    reason: Reason


class Comparison:
    """A document's unknown entries beside stored ones that it has not under their own keys.

    Two entries of one document are two, so those that are known are not asked about.
    """

    def __init__(
        self,
        entries: Sequence[ParsedEntry],
        keys: Sequence[str],
        known: Mapping[str, KnownEntry],
        relatives: Relatives,
    ) -> None:
        there = {entry.key for entry in known.values()}
        new: dict[str, int] = {}
        for index, key in enumerate(keys):
            if key and key not in known and key not in relatives.apart:
                new.setdefault(key, index)
        self._entries = entries
        self._new = {index: Face(entries[index]) for index in new.values()}
        self._free = [Face(each) for each in relatives.entries if each.key not in there]
        old = [entry for entry, key in zip(entries, keys, strict=True) if key in known]
        self._scene = Scene(entries, old, self._free)

    def unread(self) -> list[str]:
        """Return the keys of stored entries whose texts may decide: they share link or title."""
        links = {face.link for face in self._new.values()}
        paths = {face.link.path for face in self._new.values()}
        titles = {face.title for face in self._new.values()}
        return [
            _relative(face).key
            for face in self._free
            if face.link in links or face.link.path in paths or face.title in titles
        ]

    def read(self, openings: Mapping[str, str]) -> None:
        """Take in how the texts of stored entries begin, as markup, by key."""
        for face in self._free:
            face.text = letters(openings.get(_relative(face).key, ""))

    def matches(self, now: datetime) -> list[Match]:
        """Return which of the unknown entries are stored ones, each of them once at most."""
        found: list[Match] = []
        for code, trait, test in SIGNS:
            for index, face in _pairs(self._new, self._free, trait, test, self._scene):
                reason = _reason(code, self._entries[index], _relative(face), now)
                found.append(Match(index, _relative(face), reason))
                del self._new[index]
                self._free.remove(face)
        return found


def alias_of(match: Match, key: str, entry: ParsedEntry) -> Alias:
    """Return what is to be remembered of a match."""
    return Alias(key=key, entry_key=match.relative.key, reason=match.reason, id=_cut(entry.id))


def told_apart(
    keys: Sequence[str], known: Mapping[str, KnownEntry]
) -> tuple[list[str], dict[str, KnownEntry], tuple[str, ...]]:
    """Return keys and known entries such that no two of a document are one, and wrong aliases.

    Where two keys of a document mean one stored entry, that entry is the one with its own
    key, else the first. Another stands for itself from now on; but where the operator
    merged them by hand, it is passed over: its key is ``""``.
    """
    if all(entry.key == key for key, entry in known.items()):
        return list(keys), dict(known), ()
    owners: dict[str, str] = {}
    for key in sorted(
        dict.fromkeys(keys), key=lambda key: key not in known or known[key].key != key
    ):
        if key in known:
            owners.setdefault(known[key].key, key)
    told: list[str] = []
    kept = dict(known)
    wrong: dict[str, None] = {}
    for key in keys:
        entry = known.get(key)
        if entry is None or owners[entry.key] == key:
            told.append(key)
        elif entry.alias == "hand":
            told.append("")
        else:
            told.append(key)
            kept.pop(key, None)
            wrong[key] = None
    return told, kept, tuple(wrong)


def _relative(face: Face) -> Relative:
    assert isinstance(face.entry, Relative)
    return face.entry


def _pairs(
    new: Mapping[int, Face], free: Iterable[Face], trait: Trait, test: Test, scene: Scene
) -> list[tuple[int, Face]]:
    """Return the pairs that a trait shows, leaving out what could be one of several."""
    by_trait: dict[Hashable, list[Face]] = {
        value: [] for value in map(trait, new.values()) if value
    }
    if not by_trait:
        return []
    for face in free:
        value = trait(face)
        if value in by_trait:
            by_trait[value].append(face)
    pairs = []
    for index, face in new.items():
        alike = [other for other in by_trait.get(trait(face), ()) if test(face, other, scene)]
        one = _the_one(face, alike)
        if one is not None:
            pairs.append((index, one))
    claims = Counter(id(face) for _, face in pairs)
    return [(index, face) for index, face in pairs if claims[id(face)] == 1]


def _the_one(face: Face, alike: Sequence[Face]) -> Face | None:
    """Return which of several is meant; those that are the same in everything are one."""
    for narrower in _narrower(face, alike):
        if len(narrower) == 1 or _are_one(narrower):
            return narrower[0]
    return None


def _narrower(face: Face, alike: Sequence[Face]) -> Iterator[Sequence[Face]]:
    if not alike:
        return
    yield alike
    titled = [other for other in alike if is_called_alike(face, other)]
    if titled:
        yield titled
    dated = [other for other in titled or alike if is_dated_alike(face, other)]
    if dated:
        yield dated


def _are_one(faces: Sequence[Face]) -> bool:
    first = faces[0]
    return all(
        (face.title, face.link) == (first.title, first.link)
        and (face.text == first.text or face.published == first.published is not None)
        for face in faces
    )


def _reason(code: str, entry: ParsedEntry, relative: Relative, now: datetime) -> Reason:
    params: dict[str, str | int] = {"was": _cut(relative.id or relative.link or relative.key)}
    params["now"] = _cut(entry.id or entry.link)
    if entry.link and entry.link != relative.link and entry.id:
        params["link"] = _cut(relative.link)
    return Reason(code=code, at=now, params=params)


def _cut(text: str) -> str:
    """Return what of a stranger's id or link is worth its room, as every row can hold it."""
    return text[:_LONGEST_PARAM].encode("utf-8", "replace").decode()
