"""Feeds that have moved, and feeds that are subscribed twice."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.entry import Reason


class Move(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a feed is redirected to for good, and whether it is asked there.

    ``target`` is where every permanent redirect led since ``since``: seen
    ``sightings`` times (as far as they count), lastly at ``seen_at``;
    ``is_same`` says that a document there held what is known of the feed.
    ``adopted`` is the address that is asked instead of the subscribed one, and
    ``reason`` says why it is, or is not any more. While the address that is
    asked fails for good, ``lost_since`` says since when; ``is_other`` says that it
    does so by giving another feed. ``left`` is an
    adopted address that failed so long that we went back, ``refused`` one that
    gave another feed, and ``former`` what the subscription named before.
    """

    target: str = ""
    since: datetime | None = None
    seen_at: datetime | None = None
    sightings: int = 0
    is_same: bool = False
    adopted: str = ""
    reason: Reason | None = None
    lost_since: datetime | None = None
    is_other: bool = False
    left: str = ""
    refused: str = ""
    former: str = ""

    def told(self) -> Reason | None:
        """Return what an operator should know: where the feed is asked, or is redirected to."""
        if self.adopted or not self.target or self.since is None:
            return self.reason
        is_other = self.target == self.refused
        code = "decide.redirected_other" if is_other else "decide.redirected"
        return Reason(code=code, at=self.since, params={"url": self.target})

    def names(self) -> tuple[str, ...]:
        """Return the other addresses of this feed, by which a configuration may call it."""
        sighted = self.target if self.is_same else ""
        return tuple(filter(None, (self.adopted, sighted, self.left, self.former)))


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription that is the same feed as an earlier one: ``reason`` says how we know.

    ``url`` and ``other`` are the subscribed addresses, or names where those hold a password.
    """

    feed_id: int
    url: str
    other: str
    reason: Reason
