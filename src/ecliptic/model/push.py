"""A hub that sends us what is new in a feed (W3C WebSub, 2018)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from ecliptic.model.entry import Reason


class Push(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What polling a feed has to know of its hub.

    From ``since`` to ``until`` what is new is sent to us. ``missed`` is set when a
    poll found what the hub should have sent: it is not relied upon any more.
    """

    since: datetime | None = None
    until: datetime | None = None
    missed: Reason | None = None

    def is_relied_upon(self, now: datetime) -> bool:
        """Whether what is new is sent to us now."""
        return self.missed is None and self.until is not None and self.until > now


class HubSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """What we asked of the hub of a feed, and what it granted.

    ``callback`` and ``token`` make the address it sends to, ``secret`` is what it
    signs with; token and secret are not shown. ``asked_at`` is set while its
    question is awaited whether it was really us who asked. ``next_at`` is when
    to ask: for the first time, again, or for a longer lease. ``code`` and
    ``detail`` say why the hub did not grant it.
    """

    feed_id: int
    hub: str
    topic: str
    token: str
    secret: str
    callback: str = ""
    mode: Literal["subscribe", "unsubscribe"] = "subscribe"
    next_at: datetime | None = None
    asked_at: datetime | None = None
    granted_at: datetime | None = None
    lease_until: datetime | None = None
    attempts: int = 0
    code: str = ""
    detail: str = ""

    def __repr__(self) -> str:
        """Show what it is about, without what only the hub may know."""
        return f"HubSubscription({self.mode} {self.topic!r} at {self.hub!r})"

    def is_granted(self, now: datetime) -> bool:
        """Whether the hub has promised to send, and still does."""
        return self.mode == "subscribe" and self.lease_until is not None and self.lease_until > now
