"""Copies of one post in several feeds, and which of them is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.parsed import EntrySource


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at of a stored entry to find its copies, and to choose among them.

    ``row`` is its number in the store and ``stands`` how it stands now.
    ``former_links`` are those it had before its author moved it.
    ``folded_into`` is the ``row`` of the copy that is shown in its place, or 0.
    """

    row: int
    uid: str
    id: str
    link: str
    title: str
    published: datetime | None
    first_seen_at: datetime
    source: EntrySource | None
    stands: Amendment
    former_links: tuple[str, ...] = ()
    folded_into: int = 0

    @property
    def feed_id(self) -> int:
        """The feed that it is of."""
        return self.stands.feed_id


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """That two entries are copies of one post, and by what.

    ``percent`` is how much of their texts is equal, where that was looked at.
    """

    how: Literal["id and link", "id", "link", "former link", "text"]
    percent: int = 0


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a feed when the original of a post is looked for.

    ``site`` is the address of its page; ``names`` are what other feeds may call
    it, its addresses and its id, in the form that is compared. ``gathers`` says
    that its entries lead to many sites, as those of a planet do.
    """

    feed_id: int
    name: str
    position: int
    site: str
    names: frozenset[str]
    gathers: bool = False


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """That one copy is not shown because another one is.

    ``because`` is the evidence, in words, that the other one is the original.
    """

    copy: Copy
    shown: Copy
    likeness: Likeness
    because: str


class AlsoAt(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of a shown entry: the feed that carries it, and its link there."""

    feed_id: int
    link: str
