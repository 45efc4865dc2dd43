"""What the operator wants to keep off the pages, and what filters say of stored entries."""

from __future__ import annotations

import msgspec

from ecliptic.model.amendment import Amendment


class Sieve(msgspec.Struct, frozen=True, kw_only=True):
    """A filter that an entry must pass to be shown; ``of`` says in words whose filter it is."""

    of: str
    filter: str


class Sifted(msgspec.Struct, frozen=True, kw_only=True):
    """A stored entry that filters were asked about: ``taken`` says what each of them said."""

    taken: tuple[bool, ...]
    uid: str
    title: str
    link: str
    stands: Amendment
