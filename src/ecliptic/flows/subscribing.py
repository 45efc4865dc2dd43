"""Which hubs are asked for which feeds, and what that changes for polling."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from ecliptic.deliver import given_up, new_subscription, refused
from ecliptic.model.access import without_password
from ecliptic.model.feed import FeedState
from ecliptic.model.push import HubSubscription, Push
from ecliptic.model.site import Site

_RELIED_UPON: Final = timedelta(hours=3)
"""How long polling trusts that somebody listens; whoever listens says so each hour."""

_GOODBYES: Final = 2
"""How often a hub is told that we want no more; its deliveries are answered with 410 anyway."""


def reconciled(
    site: Site, feeds: Sequence[FeedState], asked: Iterable[HubSubscription], now: datetime
) -> list[HubSubscription]:
    """Return the subscriptions as the feeds are now: new ones, old ones, and those to be ended."""
    closed = _closed(site)
    wanted = {
        feed.id: feed
        for feed in feeds
        if feed.info.hub and not feed.paused and feed.url not in closed
    }
    kept = [after for each in asked if (after := _kept(each, wanted, now)) is not None]
    have = {each.feed_id for each in kept if each.mode == "subscribe"}
    fresh = [_new(feed, now) for feed in wanted.values() if feed.id not in have]
    return kept + fresh


def pushes_of(
    feeds: Sequence[FeedState], asked: Iterable[HubSubscription], now: datetime
) -> dict[int, Push]:
    """Return what polling is to know of the hub of each feed for which that changes."""
    leases = {each.feed_id: each for each in asked if each.is_granted(now)}
    pushes = {feed.id: _push(feed, leases.get(feed.id), now) for feed in feeds}
    return {feed.id: pushes[feed.id] for feed in feeds if pushes[feed.id] != feed.fetch.push}


def _closed(site: Site) -> frozenset[str]:
    """Return the feeds that a hub could not read, or should not hear of."""
    return frozenset(
        each.url
        for each in site.subscriptions
        if each.access is not None or each.source or without_password(each.url) != each.url
    )


def _new(feed: FeedState, now: datetime) -> HubSubscription:
    return new_subscription(
        feed.id,
        hub=feed.info.hub,
        topic=feed.info.topic,
        token=secrets.token_urlsafe(24),
        secret=secrets.token_urlsafe(32),
        now=now,
    )


def _kept(
    known: HubSubscription, wanted: dict[int, FeedState], now: datetime
) -> HubSubscription | None:
    feed = wanted.get(known.feed_id)
    if known.mode == "unsubscribe":
        return known if known.attempts < _GOODBYES else None
    if feed is None or (known.hub, known.topic) != (feed.info.hub, feed.info.topic):
        was_asked = known.lease_until is not None or known.asked_at is not None
        return given_up(known, now) if was_asked else None
    missed = feed.fetch.push.missed
    if missed is not None and known.granted_at is not None and known.granted_at <= missed.at:
        return refused(known, "decide.push_missed", "", now)
    return known


def _push(feed: FeedState, lease: HubSubscription | None, now: datetime) -> Push:
    before = feed.fetch.push
    if lease is not None and lease.lease_until is not None:
        return Push(since=lease.granted_at, until=min(lease.lease_until, now + _RELIED_UPON))
    return Push(missed=before.missed)
