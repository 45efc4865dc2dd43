"""How the entries of a feed are known again: by other keys, and by what its last document had."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from ecliptic.model.entry import Reason

Trust: TypeAlias = Literal["id", "link", "text"]
"""What of an entry is believed to stay the same: its id, else its link, else only its text."""


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """Another key of a stored entry, and the evidence that it is one.

    ``entry_key`` is the key under which the entry is stored; it is ``""`` where
    the operator said that ``key`` stands for no other entry. ``id`` is what the
    author called the entry then. What is ``by_hand`` is never taken back by a rule.
    """

    key: str
    entry_key: str
    reason: Reason
    id: str = ""
    by_hand: bool = False


class Relative(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is compared of a stored entry, beside its text."""

    key: str
    id: str
    link: str
    title: str
    published: datetime | None


class Relatives(msgspec.Struct, frozen=True, kw_only=True):
    """The latest entries of a feed, oldest first; ``apart`` are keys that are none of them."""

    entries: tuple[Relative, ...] = ()
    apart: frozenset[str] = frozenset()


class Memory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of a feed's last whole document.

    ``keys`` are those of the stored entries, in the document's order; of them those in
    ``missing`` have not been there since a time, though what stood around them was.
    ``trust`` is what of its entries stays the same, and ``reason`` why less than
    their ids. ``unrest`` grows while entries come back under other keys; ``calm``
    counts documents that kept their ``ids``, which are noted by key (as hashes) while they
    are not believed.
    """

    keys: tuple[str, ...] = ()
    missing: dict[str, datetime] = {}
    trust: Trust = "id"
    reason: Reason | None = None
    unrest: float = 0.0
    calm: int = 0
    ids: dict[str, str] = {}


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier text of an entry, as it was shown until ``until``."""

    until: datetime
    title: str
    summary: str
    content: str

    @property
    def size(self) -> int:
        """How many characters it has, markup and all."""
        return len(self.title) + len(self.summary) + len(self.content)
