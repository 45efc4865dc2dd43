"""Which pages exist, what they show, and what they became."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from ecliptic.model.archive import Month, Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.feed import Check, FeedState
from ecliptic.model.ping import Ping
from ecliptic.model.site import Channel
from ecliptic.model.terms import Taxonomy, Term
from ecliptic.model.words import IndexPart


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the store: the newest entries shown, of all feeds or of one.

    0 means no limit. ``days`` counts back from the newest entry selected;
    ``feed_items`` is the most that one feed may contribute. ``filter`` is the expression
    that entries must pass; ``""`` takes all. One with a filter is of all feeds, as is one
    of a ``term``: a tag, author or language, by its row.
    """

    feed_id: int = 0
    term: int = 0
    filter: str = ""
    limit: int = 60
    days: int = 0
    feed_items: int = 0


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """Entries with a page and output feeds of their own, and what they are called.

    ``home`` is the path of the page, and ``folder`` where the output feeds stand. The
    planet's hub is told of those that are ``pushed``.
    """

    name: str
    home: str
    folder: str
    pushed: bool = False


def channel_stream(channel: Channel) -> Stream:
    """Return the stream of the page of a filter."""
    folder = channel.path
    return Stream(name=channel.name, home=f"{folder}/index.html", folder=folder, pushed=True)


OUTPUT_FEEDS: Final[dict[Literal["atom", "rss20", "jsonfeed"], str]] = {
    "atom": "atom.xml",
    "rss20": "rss20.xml",
    "jsonfeed": "feed.json",
}
"""The output feeds of a stream, and the names of their files."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the site: its path, what makes it, and which entries it shows.

    ``kind`` names a writer of ``render``; ``feed_id`` is 0 for pages of the
    whole planet. A page that ``follows_clock`` may change when only time passed.

    ``stream`` is the one whose entries it shows, if not the planet's: that of a filter, a feed
    or a ``term``. ``stretch`` is what a page of the archive or of a year shows; ``months`` and
    ``terms`` are what an index lists, ``part`` is what a file of the index of words has, and
    ``picture`` the mark of one that the site serves itself.
    ``uid`` is the entry that a page of its own shows.
    ``older`` is the path of the newest document of the archive, where an output feed names it.
    ``mark`` moves with these entries, and ``changed_at`` says
    when they changed; without a mark a page may change whenever the planet does.
    """

    path: str
    kind: Literal[
        "index", "titles", "feed_page", "feeds", "channel",
        "archive", "month", "day", "terms", "term", "term_year", "statistics", "blogroll",
        "post",
        "search", "search_part", "sitemap",
        "atom", "rss20", "rss10", "jsonfeed", "opml", "foafroll", "status", "asset",
        "picture", "social_image",
        "old_template", "copied",
    ]  # fmt: skip
    feed_id: int = 0
    selection: Selection | None = None
    follows_clock: bool = False
    stream: Stream | None = None
    term: Term | None = None
    taxonomy: Taxonomy | None = None
    terms: tuple[Term, ...] = ()
    stretch: Stretch | None = None
    months: tuple[Month, ...] = ()
    part: IndexPart | None = None
    uid: str = ""
    older: str = ""
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
