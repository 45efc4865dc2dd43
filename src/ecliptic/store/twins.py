"""The part of a store that knows of copies: by what they are found, and what was folded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry
from ecliptic.model.twin import AlsoAt, Copy


class TwinMark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Up to where copies were looked for, and by which rules.

    ``subscriptions`` names the list of feeds at that time; ``last`` is the
    newest entry looked at. ``gathers`` says which feeds were held to gather
    entries of others.
    """

    rules: str = ""
    subscriptions: str = ""
    last: int = 0
    pruned_at: datetime | None = None
    gathers: dict[int, bool] = {}


class TwinKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What makes the keys of an entry: of its link, of its id, and of its title and text."""

    link: Callable[[str], int | None]
    id: Callable[[str], int | None]
    text: Callable[[str, str], list[int]] | None = None


class TwinIndex(Protocol):
    """Entries are named by their number in the store (``Copy.row``)."""

    def mark(self) -> TwinMark:
        """Return up to where copies were looked for."""
        ...

    def present(self) -> tuple[TwinMark, bool]:
        """Return the mark that would be true now, but for its rules; and if entries changed."""
        ...

    def add(self, keys: TwinKeys, since: datetime, last: int, *, anew: bool) -> None:
        """Make the keys of entries that came after ``last`` or changed; or of all, ``anew``.

        Those shown before ``since`` get none.
        """
        ...

    def suspects(self, *, of_all: bool) -> set[int]:
        """Return which of the entries just added, or of all, share a key with another one."""
        ...

    def changed(self) -> set[int]:
        """Return the entries known before that changed since copies were looked for."""
        ...

    def changed_feeds(self, last: int) -> set[int]:
        """Return the feeds of entries that came after ``last`` or changed."""
        ...

    def folded(self, feed_id: int = 0) -> set[int]:
        """Return the entries that are folded or have others folded into them, of a feed or all."""
        ...

    def mates(self, rows: Collection[int]) -> set[int]:
        """Return ``rows``, what they are folded into, and what is folded into the same."""
        ...

    def sharing(self, key: int, most: int) -> list[int]:
        """Return the entries that have a key; none when they are more than ``most``."""
        ...

    def copies(self, rows: Collection[int]) -> list[Copy]:
        """Return the entries."""
        ...

    def text(self, row: int) -> str:
        """Return the markup of an entry's body."""
        ...

    def links(self, feed_id: int) -> list[str]:
        """Return the links of a fair sample of a feed's entries, hidden ones too."""
        ...

    def write(
        self,
        looked_at: Collection[int],
        folds: Mapping[int, int],
        amendments: Iterable[Amendment],
        at: datetime,
    ) -> None:
        """Fold exactly these of the entries ``looked_at``, each into another, all at once."""
        ...

    def settle(self, mark: TwinMark, prune_before: datetime | None = None) -> None:
        """Remember up to where copies were looked for; forget keys of older entries."""
        ...

    def also_at(self, entries: Iterable[Entry]) -> dict[str, list[AlsoAt]]:
        """Return the copies that are folded into ``entries``, by the uid of these."""
        ...
