"""Which pages exist, what they show, and what they became."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from ecliptic.model.archive import Month, Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.feed import Check, FeedState
from ecliptic.model.ping import Ping
from ecliptic.model.site import Channel
from ecliptic.model.words import IndexPart


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the store: the newest entries shown, of all feeds or of one.

    0 means no limit. ``days`` counts back from the newest entry selected;
    ``feed_items`` is the most that one feed may contribute. ``filter`` is the expression
    that entries must pass; ``""`` takes all. One with a filter is of all feeds.
    """

    feed_id: int = 0
    filter: str = ""
    limit: int = 60
    days: int = 0
    feed_items: int = 0


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the site: its path, what makes it, and which entries it shows.

    ``kind`` names a writer of ``render``; ``feed_id`` is 0 for pages of the
    whole planet. A page that ``follows_clock`` may change when only time passed.

    ``channel`` is the one whose entries it shows, if not the planet's; ``stretch`` is what
    a page of the archive shows, ``months`` what its index lists, ``part`` what a file of
    the index of words has, and ``picture`` the mark of one that the site serves itself.
    ``mark`` moves with these entries, and ``changed_at`` says when they changed; without a
    mark a page may change whenever the planet does.
    """

    path: str
    kind: Literal[
        "index", "titles", "feed_page", "feeds", "channel",
        "archive", "month", "day", "search", "search_part", "sitemap",
        "atom", "rss20", "rss10", "jsonfeed", "opml", "foafroll", "status", "asset", "picture",
        "old_template", "copied",
    ]  # fmt: skip
    feed_id: int = 0
    selection: Selection | None = None
    follows_clock: bool = False
    channel: Channel | None = None
    stretch: Stretch | None = None
    months: tuple[Month, ...] = ()
    part: IndexPart | None = None
    picture: str = ""
    mark: str = ""
    changed_at: datetime | None = None


class Also(msgspec.Struct, frozen=True, kw_only=True):
    """Another feed that carries a shown entry; ``link`` is the copy's, if it has one of its own."""

    feed: FeedState
    link: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with the feed it came from, as a page shows it, and where else it is."""

    entry: Entry
    feed: FeedState
    also: tuple[Also, ...] = ()


class Artifact(msgspec.Struct, frozen=True, kw_only=True):
    """A rendered page: its bytes, and the stamp that says what they depend on.

    An unchanged ``stamp`` means that rendering again would give the same bytes.
    """

    path: str
    body: bytes
    stamp: str
    follows_clock: bool = False


class PlanetStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What pages say of the whole planet: when it last changed, and the time now.

    ``pings`` is what its hub was told, up to the run before; ``checks`` are the
    newest lines of the ledger of each feed, by its id.
    """

    changed_at: datetime | None
    now: datetime
    entries: int
    pings: tuple[Ping, ...] = ()
    checks: Mapping[int, Sequence[Check]] = {}
