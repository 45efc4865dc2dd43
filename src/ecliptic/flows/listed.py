"""The subscriptions of a configuration, each with how it stands in the store."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from ecliptic.decide import duplicates
from ecliptic.errors import StoreError
from ecliptic.flows.releasing import held_in
from ecliptic.flows.standing import LIFELESS, signs_of
from ecliptic.model.codes import words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.finding import Finding
from ecliptic.model.move import Duplicate
from ecliptic.model.naming import feed_name
from ecliptic.model.site import Site, Subscription, unchecked
from ecliptic.plugins.collect import plugin_for
from ecliptic.store import Store, open_store


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription and how it stands: ``code`` is that of the last check, ``""`` before it.

    ``listed_in`` is the list of another's that it comes from, ``""`` for the operator's own.
    ``source`` names the plugin that reads it, if it is no feed as others.
    ``insecure`` feeds are read although the certificate of their server is not checked.
    ``moved_to`` is the address it is asked at instead, and ``moved`` what there is
    to say of that; ``duplicate_of`` is the subscription that is the same feed.
    ``dead`` says since when it fails or is silent, ``quarantine`` why its new entries are
    held; ``held`` counts entries that ``ecliptic feeds release`` would show.
    """

    url: str
    listed_in: str
    source: str
    name: str
    link: str
    paused: bool
    hidden: bool
    line: int
    entries: int
    code: str
    stands: str
    insecure: bool
    succeeded_at: datetime | None
    moved_to: str
    moved: str
    duplicate_of: str
    duplicate: str
    dead: str
    quarantine: str
    held: int


class DeadFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription that is dead or silent ``since`` then; ``why`` in words."""

    url: str
    name: str
    since: datetime
    code: str
    why: str
    line: int


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription whose feed has moved to ``to``.

    ``subscribed`` says that this address is listed too: one of the two should go.
    """

    url: str
    to: str
    at: datetime
    line: int
    subscribed: bool
    listed_in: str = ""


def listed(site: Site, store: Store | None, now: datetime) -> list[Listed]:
    """Return the subscriptions in order; without a store none was asked yet."""
    feeds = store.feeds() if store else []
    found = duplicates(feeds, store.share_entries, now) if store else []
    known = {feed.url: feed for feed in feeds}
    twice = {each.feed_id: each for each in found}
    signs = signs_of(site, store, feeds, now) if store else {}
    return [_listed(wanted, known.get(wanted.url), twice, signs) for wanted in site.subscriptions]


def _listed(
    wanted: Subscription,
    feed: FeedState | None,
    duplicate_feeds: Mapping[int, Duplicate],
    signs: Mapping[int, Reason],
) -> Listed:
    twice = duplicate_feeds.get(feed.id) if feed else None
    sign = signs.get(feed.id) if feed else None
    code = stands = ""
    if feed is not None and feed.fetch.checked_at is not None:
        code = feed.fetch.code or "fetch.ok"
        stands = words(code, {"detail": feed.fetch.detail}) if feed.fetch.code else ""
    return Listed(
        url=wanted.url,
        listed_in=wanted.listed_in,
        source=plugin_for(wanted.url, wanted.source),
        name=wanted.name or (feed.info.title if feed else ""),
        link=wanted.link or (feed.info.link if feed else ""),
        paused=wanted.paused,
        hidden=wanted.hidden,
        line=wanted.line,
        entries=feed.entries if feed else 0,
        code=code,
        stands=stands,
        insecure=wanted in unchecked((wanted,)),
        succeeded_at=feed.fetch.succeeded_at if feed else None,
        moved_to=feed.fetch.move.adopted if feed else "",
        moved=_told(feed.fetch.move.told()) if feed else "",
        duplicate_of=twice.other if twice else "",
        duplicate=_told(twice.reason) if twice else "",
        dead=_told(sign) if sign and sign.code in LIFELESS else "",
        quarantine=_told(feed.quarantine) if feed else "",
        held=held_in(feed.hidden) if feed else 0,
    )


def _told(reason: Reason | None) -> str:
    return words(reason.code, reason.params) if reason else ""


def moved(site: Site, store: Store) -> list[Moved]:
    """Return the subscriptions whose feeds are asked at another address."""
    known = {feed.url: feed.fetch.move for feed in store.feeds()}
    wanted = {each.url: each for each in site.subscriptions}
    return [
        Moved(
            url=url,
            to=move.adopted,
            at=move.reason.at,
            listed_in=wanted[url].listed_in,
            line=wanted[url].line,
            subscribed=move.adopted in wanted,
        )
        for url, move in known.items()
        if url in wanted and move.adopted and move.reason
    ]


def dead_feeds(site: Site, store: Store, now: datetime) -> list[DeadFeed]:
    """Return the subscriptions that fail, or are silent, longer than they should."""
    feeds = store.feeds()
    signs = signs_of(site, store, feeds, now)
    lines = {wanted.url: wanted.line for wanted in site.subscriptions}
    return [
        DeadFeed(
            url=feed.url,
            name=feed_name(feed),
            since=sign.at,
            code=sign.code,
            why=_told(sign),
            line=lines.get(feed.url, 0),
        )
        for feed in feeds
        if (sign := signs.get(feed.id)) and sign.code in LIFELESS
    ]


def stored_findings(site: Site, now: datetime) -> list[Finding]:
    """Say what the state file knows of a configuration that the file alone does not show.

    A state that is not there, or cannot be used, is no fault of the configuration.
    """
    if not Path(site.state).exists():
        return []
    with suppress(StoreError), open_store(site.state) as store:
        found = [
            finding for each in listed(site, store, now) for finding in _findings(each, site.config)
        ]
        if store.hub_subscriptions() and (exposed := exposed_state(site)):
            found.append(exposed)
        return found
    return []


def exposed_state(site: Site) -> Finding | None:
    """Say that others than its owner can read the state file, if they can."""
    path = Path(site.state)
    if not path.exists() or not path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return None
    message = (
        f"other users of this machine can read {path}, and the secrets of hubs stand in it; "
        f"`chmod 600 {path}*` keeps them out"
    )
    return Finding(severity="warning", code="check.state_exposed", message=message)


def _findings(feed: Listed, where: str) -> Iterator[Finding]:
    told = {
        "check.moved": feed.moved if feed.moved_to else "",
        "check.twice": feed.duplicate,
        "check.dead": feed.dead,
        "check.quarantine": feed.quarantine,
    }
    for code, message in told.items():
        if message:
            yield Finding(
                severity="warning", code=code, message=message, where=where, line=feed.line
            )
