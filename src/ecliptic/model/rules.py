"""What the operator wants of dates, of floods, and of feeds that say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

import msgspec

CORRECTIONS: Final = (
    "ignore_in_feed", "title_type", "summary_type", "content_type", "name_type", "xml_base",
)  # fmt: skip
"""The rules by which a document is corrected before anything is decided."""

ELEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "author": ("authors",),
    "category": ("categories",),
    "comments": ("comments",),
    "content": ("content",),
    "contributor": ("contributors",),
    "enclosure": ("enclosures",),
    "id": ("id",),
    "image": ("image", "icon"),
    "language": ("language",),
    "link": ("link", "links"),
    "published": ("published",),
    "rights": ("rights",),
    "source": ("source",),
    "summary": ("summary", "subtitle"),
    "title": ("title",),
    "updated": ("updated",),
}
"""The fields of feeds and entries that an element is read into, by its name."""

BASES: Final = ("feed_alternate", "entry_alternate")
"""What relative addresses may be seen from: the page of the feed, or that of the entry."""


class EntryRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules for the entries of a feed.

    ``new_feed_items`` limits what a feed may bring along at its first fetch,
    ``flood_items`` what it may put on pages at once at any time; 0 means no limit.
    ``future_dates`` says what becomes of an entry dated ahead: it may ``wait``
    until then, be shown ``now``, or ``never``. With ``bump_on_update`` a newer date
    moves an entry up again. ``removed`` says what becomes of entries that their
    authors take out: ``keep`` or ``hide``. With ``quarantine`` a feed that suddenly is another
    one is held until the operator has looked.

    ``ignore_in_feed`` names the elements that are read as if they were not there. The types
    say whether titles, summaries, bodies and names of authors are ``text`` or ``html``,
    whatever the feed says, and ``xml_base`` what relative addresses in entries are seen from:
    ``feed_alternate`` or ``entry_alternate``, the page of the feed or of the entry, or an
    address. ``""`` leaves it to the feed.
    """

    new_feed_items: int = 0
    flood_items: int = 10
    future_dates: str = "wait"
    bump_on_update: bool = False
    removed: str = "keep"
    quarantine: bool = True
    ignore_in_feed: tuple[str, ...] = ()
    title_type: str = ""
    summary_type: str = ""
    content_type: str = ""
    name_type: str = ""
    xml_base: str = ""

    @property
    def corrections(self) -> tuple[tuple[str, object], ...]:
        """Return what is corrected in a document, by the names of the rules; mostly nothing."""
        return tuple((key, value) for key in CORRECTIONS if (value := getattr(self, key)))

    @property
    def mark(self) -> str:
        """Return a short name of the corrections, which moves when they do; ``""`` for none."""
        asked = self.corrections
        return blake2b(repr(asked).encode(), digest_size=6).hexdigest() if asked else ""


class OwnRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that one feed has in place of the planet's, as far as it has any."""

    flood_items: int | None = None
    future_dates: str | None = None
    bump_on_update: bool | None = None
    removed: str | None = None
    quarantine: bool | None = None
    ignore_in_feed: tuple[str, ...] | None = None
    title_type: str | None = None
    summary_type: str | None = None
    content_type: str | None = None
    name_type: str | None = None
    xml_base: str | None = None

    def over(self, rules: EntryRules) -> EntryRules:
        """Return the planet's ``rules`` with those of the feed in their place."""
        own = {key: getattr(self, key) for key in self.__struct_fields__}
        given = {key: value for key, value in own.items() if value is not None}
        return msgspec.structs.replace(rules, **given)
