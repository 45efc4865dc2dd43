"""The part of a store that knows of copies: by what they are found, and what was folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.twin import AlsoAt, Copy


class TwinMark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Up to where copies were looked for, and by which rules.

    ``subscriptions`` names the operator's list of that time, and ``feeds`` are
    those of it that are shown, in order. ``last`` is the newest entry looked
    at. ``gathers`` says which feeds were held to gather entries of others.
    """

    rules: str = ""
    subscriptions: str = ""
    feeds: tuple[int, ...] = ()
    last: int = 0
    pruned_at: datetime | None = None
    gathers: dict[int, bool] = {}


class TwinKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What makes the keys of an entry: of its link, of its id, and of its title and text.

    Texts shown before ``since`` get none.
    """

    link: Callable[[str], int | None]
    id: Callable[[str], int | None]
    text: Callable[[str, str], list[int]] | None
    since: datetime


class Folding(msgspec.Struct, frozen=True, kw_only=True):
    """Of the entries ``looked_at`` exactly ``folds`` are folded, each into another one.

    ``amendments`` is what changes for them by that.
    """

    at: datetime
    looked_at: Collection[int] = ()
    folds: Mapping[int, int] = {}
    amendments: Sequence[Amendment] = ()


class TwinIndex(Protocol):
    """Entries are named by their number in the store (``Copy.row``)."""

    def mark(self) -> TwinMark:
        """Return up to where copies were looked for."""
        ...

    def ahead(self, mark: TwinMark) -> tuple[TwinMark, bool]:
        """Return ``mark`` moved to the present; and if entries changed that lie behind it."""
        ...

    def resubscribe(self, came: Collection[int], went: Collection[int], last: int) -> None:
        """Have the entries up to ``last`` looked at of feeds shown now, or not any more.

        Pages that name copies may look different.
        """
        ...

    def add(self, keys: TwinKeys, last: int, *, anew: bool) -> None:
        """Make the keys of entries that came after ``last`` or changed; or of all, ``anew``."""
        ...

    def suspects(self) -> set[int]:
        """Return which of the entries just added share a key with another one."""
        ...

    def changed(self) -> set[int]:
        """Return which of those that changed are folded, have folds, or are shown by hand."""
        ...

    def changed_feeds(self, last: int) -> set[int]:
        """Return the feeds of entries that came after ``last`` or changed."""
        ...

    def folded(self) -> set[int]:
        """Return the entries that are folded, and those that others are folded into."""
        ...

    def mates(self, rows: Collection[int]) -> set[int]:
        """Return ``rows``, what they are folded into, and what is folded into the same."""
        ...

    def sharing(self, keys: Collection[int], most: int) -> dict[int, list[int]]:
        """Return at most ``most`` of the entries that have each of the keys."""
        ...

    def copies(self, rows: Collection[int]) -> list[Copy]:
        """Return the entries."""
        ...

    def text(self, row: int) -> str:
        """Return the markup of an entry's body."""
        ...

    def feed(self, feed_id: int) -> FeedState:
        """Return a subscribed feed."""
        ...

    def links(self, feed_id: int) -> list[str]:
        """Return the links of a fair sample of a feed's entries, hidden ones too."""
        ...

    def settle(self, mark: TwinMark, folding: Folding) -> None:
        """Remember up to where copies were looked for, and write what was found, all at once."""
        ...

    def forget_keys(self, before: datetime | None = None) -> None:
        """Forget by what copies are found: all, or the texts shown ``before`` a time."""
        ...

    def also_at(self, entries: Iterable[Entry]) -> dict[str, list[AlsoAt]]:
        """Return the copies that are folded into ``entries``, by the uid of these."""
        ...
