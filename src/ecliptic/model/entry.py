"""What we keep and show."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person, Problem
from ecliptic.model.text import SafeHTML


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A decision about an entry or feed: a stable code, its evidence, and when.

    The words are looked up by ``model.reasons`` when a person reads them.
    """

    code: str
    at: datetime
    params: dict[str, str | int] = {}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is stored and shown.

    ``key`` is its identity inside its feed, ``uid`` its address in our own
    pages and commands. ``shown_at`` orders pages: the publication date, never
    later than ``first_seen_at`` but for one that waited for its date. ``hidden``
    is ``None`` or the reason why no page shows it, and ``hidden_until`` the time
    at which that ends by itself.
    ``ruling`` is what the operator said by hand: ``show`` and no rule hides it,
    ``hide`` and it is hidden whatever the rules say, or nothing (``""``).
    ``fingerprint`` is of what the author published; ``policy`` names the
    cleaning rules its markup passed.
    """

    uid: str
    feed_id: int
    key: str
    fingerprint: bytes
    policy: str
    id: str
    link: str
    title: str
    title_html: SafeHTML
    summary: SafeHTML
    content: SafeHTML
    published: datetime | None
    updated: datetime | None
    first_seen_at: datetime
    shown_at: datetime
    position: int
    language: str
    rights: str
    comments: str
    image: str
    authors: tuple[Person, ...]
    categories: tuple[Category, ...]
    enclosures: tuple[Enclosure, ...]
    source: EntrySource | None
    hidden: Reason | None
    notes: tuple[Reason, ...]
    hidden_until: datetime | None = None
    ruling: str = ""


class KnownEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What deciding must know of a stored entry.

    ``alias`` says how it was found by another key than its own: by a ``rule``
    that took the two for one, or by ``hand``.
    """

    key: str
    uid: str
    fingerprint: bytes
    policy: str
    first_seen_at: datetime
    shown_at: datetime
    published: datetime | None
    hidden: Reason | None
    notes: tuple[Reason, ...]
    position: int
    hidden_until: datetime | None = None
    ruling: str = ""
    alias: str = ""


class FeedInfo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed says of itself, as plain text and absolute addresses.

    ``link`` is of its site, ``self_link`` of the feed (RFC 4287, 4.2.7.2). ``hub``
    is the WebSub hub that it names, which knows it as ``topic``.
    """

    format: str = ""
    id: str = ""
    title: str = ""
    subtitle: str = ""
    link: str = ""
    self_link: str = ""
    hub: str = ""
    topic: str = ""
    language: str = ""
    image: str = ""
    icon: str = ""
    rights: str = ""
    generator: str = ""
    authors: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
