"""What the operator wants of dates, of floods, and of feeds that become another's."""

from __future__ import annotations

import msgspec


class EntryRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules for the entries of a feed.

    ``new_feed_items`` limits what a feed may bring along at its first fetch,
    ``flood_items`` what it may put on pages at once at any time; 0 means no limit.
    ``future_dates`` says what becomes of an entry dated ahead: it may ``wait``
    until then, be shown ``now``, or ``never``. With ``bump_on_update`` a newer date
    moves an entry up again. ``removed`` says what becomes of entries that their
    authors take out: ``keep`` or ``hide``. With ``quarantine`` a feed that suddenly is another
    one is held until the operator has looked.
    """

    new_feed_items: int = 0
    flood_items: int = 10
    future_dates: str = "wait"
    bump_on_update: bool = False
    removed: str = "keep"
    quarantine: bool = True


class OwnRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that one feed has in place of the planet's, as far as it has any."""

    flood_items: int | None = None
    future_dates: str | None = None
    bump_on_update: bool | None = None
    removed: str | None = None
    quarantine: bool | None = None

    def over(self, rules: EntryRules) -> EntryRules:
        """Return the planet's ``rules`` with those of the feed in their place."""
        own = {key: getattr(self, key) for key in self.__struct_fields__}
        given = {key: value for key, value in own.items() if value is not None}
        return msgspec.structs.replace(rules, **given)
