"""Two entries held side by side: what they have in common, and what that is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from ecliptic.decide.links import Place, place_of
from ecliptic.decide.wording import is_same_text, letters
from ecliptic.model.kin import Relative
from ecliptic.model.parsed import ParsedEntry

_LEAST_LINKS: Final = 5
_OWN_LINKS: Final = 0.8
"""A feed's links are permalinks when so many are known, and this share of them once only."""

_LEAST_TITLE: Final = 3


class Face:
    """What is compared of an entry, stored or not; each part is worked out when it is asked for."""

    def __init__(self, entry: ParsedEntry | Relative) -> None:
        self.entry = entry
        self.published = entry.published

    @cached_property
    def link(self) -> Place:
        """Where the link leads."""
        return place_of(self.entry.link)

    @cached_property
    def id(self) -> Place | None:
        """Where the id leads, if it is an address."""
        if self.entry.id == self.entry.link:
            return self.link if self.entry.id else None
        return place_of(self.entry.id) if "://" in self.entry.id else None

    @cached_property
    def title(self) -> str:
        """What it is called, as letters alone."""
        title = self.entry.title
        return letters(title if isinstance(title, str) else title.value if title else "")

    @cached_property
    def text(self) -> str:
        """How it begins; that of a stored entry is there when it was asked for."""
        if isinstance(self.entry, Relative):
            return ""
        body = self.entry.content or self.entry.summary
        return letters(body.value) if body is not None else ""


class Scene:
    """What holds for a whole comparison; it is worked out only when a link is to be judged."""

    def __init__(
        self, entries: Sequence[ParsedEntry], old: Sequence[ParsedEntry], free: Sequence[Face]
    ) -> None:
        self._entries = entries
        self._old = old
        self._free = tuple(free)

    @cached_property
    def links(self) -> Counter[Place]:
        """How often the document has each link."""
        return Counter(place_of(entry.link) for entry in self._entries if entry.link)

    @cached_property
    def ids(self) -> Counter[Place]:
        """How often the document has each id that is an address."""
        return Counter(place for entry in self._entries if (place := Face(entry).id) is not None)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts that its links lead to."""
        return frozenset(place.host for place in self.links)

    @cached_property
    def has_permalinks(self) -> bool:
        """Whether the feed gives every entry a link of its own, as far as they are stored."""
        stored = Counter(face.link for face in self._free if face.entry.link)
        stored.update(place_of(entry.link) for entry in self._old if entry.link)
        once = sum(count == 1 for count in stored.values())
        return len(stored) >= _LEAST_LINKS and once >= _OWN_LINKS * stored.total()


Trait: TypeAlias = Callable[[Face], Hashable]
Test: TypeAlias = Callable[[Face, Face, Scene], bool]


def is_called_alike(one: Face, other: Face) -> bool:
    """Whether two entries have the same title."""
    return len(one.title) >= _LEAST_TITLE and one.title == other.title


def is_dated_alike(one: Face, other: Face) -> bool:
    """Whether two entries have the same date, to the second."""
    return one.published is not None and one.published == other.published


def _is_same_id(one: Face, other: Face, scene: Scene) -> bool:
    if one.id is None or one.id.is_home or one.entry.id == other.entry.id:
        return False
    return scene.ids[one.id] == 1  # else what was left out of it told the entries apart


def _is_same_page(one: Face, other: Face, scene: Scene) -> bool:
    is_own = scene.has_permalinks and scene.links[one.link] == 1 and not one.link.is_home
    return is_own or is_dated_alike(one, other) or is_same_text(one.text, other.text)


def _is_moved_page(one: Face, other: Face, scene: Scene) -> bool:
    if one.link.is_home or other.link.host in scene.hosts:
        return False
    return (
        is_called_alike(one, other)
        or is_dated_alike(one, other)
        or is_same_text(one.text, other.text)
    )


def _is_same_body(one: Face, other: Face, scene: Scene) -> bool:
    del scene
    return is_same_text(one.text, other.text)


def _is_same_title(one: Face, other: Face, scene: Scene) -> bool:
    del scene
    return is_called_alike(one, other)


SIGNS: Final[tuple[tuple[str, Trait, Test], ...]] = (
    ("decide.known_by_id", lambda face: face.id, _is_same_id),
    ("decide.known_by_link", lambda face: face.entry.link and face.link, _is_same_page),
    ("decide.known_by_path", lambda face: face.link.path, _is_moved_page),
    ("decide.known_by_title", lambda face: face.published, _is_same_title),
    ("decide.known_by_text", lambda face: (face.title,), _is_same_body),
)
"""What entries are known by, the surest first: what must be equal, and what is asked beside it."""
