"""What a document says: made by ``parse``, read by ``decide`` and ``clean``.

The collector of cycles is told to leave these records alone (``gc=False``): they hold
text, times and each other's tuples, which cannot form a cycle, and a document makes many.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.text import Content


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Something wrong with a document that did not stop us reading it.

    ``code`` is stable (``parse.reason``), ``detail`` is what was found, and
    ``line`` counts from 1; 0 means that no line is known.
    """

    code: str
    detail: str = ""
    line: int = 0


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An author or contributor (RFC 4287, 3.2); any part may be empty."""

    name: str = ""
    email: str = ""
    url: str = ""


class Link(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A link and what it is for (RFC 4287, 4.2.7); ``href`` is absolute."""

    href: str
    rel: str = "alternate"
    type: str = ""
    title: str = ""
    language: str = ""


class Enclosure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A file that belongs to an entry: a podcast's audio, a film, a picture.

    ``length`` is in bytes and ``duration`` in seconds; 0 means not said.
    """

    url: str
    type: str = ""
    length: int = 0
    duration: int = 0
    title: str = ""


class Category(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A tag (RFC 4287, 4.2.2)."""

    term: str
    scheme: str = ""
    label: str = ""


class EntrySource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The feed an entry was taken from by another one (RFC 4287, 4.2.11; RSS ``source``)."""

    id: str = ""
    title: str = ""
    link: str = ""
    feed_url: str = ""


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where on the Earth something is (GeoRSS, W3C Basic Geo).

    ``kind`` is ``point``, ``line``, ``polygon`` or ``box``; each position is a
    latitude and a longitude, in degrees of WGS 84.
    """

    kind: str
    positions: tuple[tuple[float, float], ...]
    name: str = ""


class Soundbite(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A passage worth hearing of a podcast's episode; times are in seconds."""

    start: float
    duration: float
    title: str = ""


class Episode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a podcast says of an episode (Apple's and Podcasting 2.0's namespaces).

    ``number`` and ``season`` are as written, ``kind`` is ``full``, ``trailer`` or
    ``bonus``, and ``explicit`` is ``None`` where nothing is said.
    """

    number: str = ""
    season: str = ""
    kind: str = ""
    explicit: bool | None = None
    soundbites: tuple[Soundbite, ...] = ()


class ParsedEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One entry as its author published it. Nothing is made up: what is absent is empty.

    ``id`` is the author's own identifier, byte for byte. ``link`` is the
    permalink, absolute. ``content`` is the fullest body there is and
    ``summary`` what the author gave as the short form, if that is another text.
    Times are aware and in UTC. ``position`` counts from 0 in document order.
    ``comment_count`` is ``None`` where nothing is said; ``markdown`` is the
    source of the body, where an author gives that beside it (``source:markdown``).
    """

    id: str = ""
    link: str = ""
    title: Content | None = None
    summary: Content | None = None
    content: Content | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    links: tuple[Link, ...] = ()
    image: str = ""
    language: str = ""
    rights: str = ""
    comments: str = ""
    source: EntrySource | None = None
    location: Location | None = None
    episode: Episode | None = None
    comment_count: int | None = None
    markdown: str = ""
    position: int = 0
    problems: tuple[Problem, ...] = ()


class Tombstone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An entry that the feed says it deleted (RFC 6721): ``ref`` is its id."""

    ref: str
    when: datetime | None = None


class ParsedFeed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """All that a document says of a feed and its entries.

    ``format`` is ``rss20``, ``rss092``, ``rss10``, ``atom10``, ``atom03``,
    ``json11`` … or ``""`` when the document is not a feed; ``problems`` then
    says what it is instead. ``ttl`` is in minutes; 0 means not said.
    ``new_url`` is where a podcast says that its feed is from now on
    (``itunes:new-feed-url``); ``locked`` whether it forbids others to import it
    (``podcast:locked``), ``None`` where nothing is said.
    """

    format: str = ""
    encoding: str = ""
    id: str = ""
    title: Content | None = None
    subtitle: Content | None = None
    link: str = ""
    links: tuple[Link, ...] = ()
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    language: str = ""
    rights: str = ""
    generator: str = ""
    image: str = ""
    icon: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    ttl: int = 0
    update_seconds: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    location: Location | None = None
    new_url: str = ""
    locked: bool | None = None
    entries: tuple[ParsedEntry, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_feed(self) -> bool:
        """Whether the document was a feed at all (it may still have no entries)."""
        return bool(self.format)
