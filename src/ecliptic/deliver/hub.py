"""Telling a hub that a feed of ours has changed (W3C WebSub, 2018, section 7).

Rules over values alone: what is owed, how it is said, and what follows from the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.model.outcome import Failed, Held, Outcome, Request
from ecliptic.model.ping import Ping

_FIRST_WAIT: Final = timedelta(minutes=10)
_LONGEST_WAIT: Final = timedelta(hours=12)
_PATIENCE: Final = timedelta(days=3)


def outbox(
    known: Iterable[Ping], *, hub: str, topics: Mapping[str, str], now: datetime
) -> list[Ping]:
    """Return the outbox of a site as it is published now; ``known`` is the one before.

    ``topics`` has the fingerprint of each feed that names ``hub``, by its public
    address. What is not among them any more is forgotten.
    """
    before = {ping.topic: ping for ping in known if ping.hub == hub}
    return [
        _owed(
            before.get(topic),
            Ping(hub=hub, topic=topic, fingerprint=mark, owed_at=now, next_at=now),
        )
        for topic, mark in sorted(topics.items())
    ]


def _owed(known: Ping | None, fresh: Ping) -> Ping:
    """Return the line of one feed: what is known of it, or what it owes afresh.

    A hub that fails is not asked sooner because the feed changed once more:
    the waits and the patience go on, for the newest version.
    """
    if known is None:
        return fresh
    if known.is_owed or known.fingerprint == fresh.fingerprint:
        return replace(known, fingerprint=fresh.fingerprint)
    return fresh


def ping_request(ping: Ping) -> Request:
    """Return the request that tells the hub.

    The Recommendation leaves the form to publisher and hub. Those in use read
    ``hub.url``, as in PubSubHubbub 0.4; some read ``hub.topic``. Both are sent.
    """
    form = (("hub.mode", "publish"), ("hub.url", ping.topic), ("hub.topic", ping.topic))
    return Request(url=ping.hub, form=form)


def after(ping: Ping, outcome: Outcome, now: datetime) -> Ping:
    """Return how a ping stands after an attempt: done, to be tried again, or given up."""
    if isinstance(outcome, Held):  # not asked at all
        return replace(ping, next_at=outcome.until)
    if not isinstance(outcome, Failed):
        return replace(ping, next_at=None, attempts=ping.attempts + 1, code="", detail="")
    failed = replace(
        ping, attempts=ping.attempts + 1, code=outcome.code, detail=outcome.detail, next_at=None
    )
    if now - ping.owed_at >= _PATIENCE:
        return failed
    wait = min(_FIRST_WAIT * 2 ** min(ping.attempts, 10), _LONGEST_WAIT)
    return replace(failed, next_at=max(now + wait, outcome.retry_at or now))
