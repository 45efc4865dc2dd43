"""Asking a hub to send us what is new (W3C WebSub, 5), and judging what comes in its name.

Rules over values alone: what is asked and when, what is believed, and until when.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final, Literal

from msgspec.structs import replace

from ecliptic.model.outcome import Failed, Outcome, Request
from ecliptic.model.push import HubSubscription

_LEASE: Final = timedelta(days=10)
_SHORTEST_LEASE: Final = timedelta(minutes=5)
_LONGEST_LEASE: Final = timedelta(days=30)
_ANSWERED_WITHIN: Final = timedelta(hours=1)
_FIRST_WAIT: Final = timedelta(hours=1)
_LONGEST_WAIT: Final = timedelta(days=1)
_PROBATION: Final = timedelta(days=7)
"""How long a hub that refused, or missed something, is not asked again."""

# All but md5 that hubs use. Large ones sign with SHA-1 only; what is broken in
# it (collisions) is nothing that an HMAC rests on (RFC 6194, 3.3).
_METHODS: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})


def new_subscription(
    feed_id: int, *, hub: str, topic: str, token: str, secret: str, now: datetime
) -> HubSubscription:
    """Return a subscription that is to be asked for at once."""
    return HubSubscription(
        feed_id=feed_id, hub=hub, topic=topic, token=token, secret=secret, next_at=now
    )


def given_up(subscription: HubSubscription, now: datetime) -> HubSubscription:
    """Return a subscription that the hub is to be told we do not want any more."""
    return replace(
        subscription, mode="unsubscribe", next_at=now, asked_at=None, lease_until=None, attempts=0
    )


def subscription_request(subscription: HubSubscription) -> Request:
    """Return the request for a subscription, or for its end."""
    form = [
        ("hub.callback", subscription.callback + subscription.token),
        ("hub.mode", subscription.mode),
        ("hub.topic", subscription.topic),
    ]
    if subscription.mode == "subscribe":
        form.append(("hub.secret", subscription.secret))
        form.append(("hub.lease_seconds", str(int(_LEASE.total_seconds()))))
    return Request(url=subscription.hub, form=tuple(form))


def asking(subscription: HubSubscription, now: datetime) -> HubSubscription:
    """Return a subscription just before it is asked for: hubs may verify while they answer."""
    attempts = subscription.attempts + 1
    wait = min(_FIRST_WAIT * 2 ** min(subscription.attempts, 5), _LONGEST_WAIT)
    return replace(subscription, asked_at=now, attempts=attempts, next_at=now + wait)


def answered(subscription: HubSubscription, outcome: Outcome) -> HubSubscription:
    """Return a subscription after the hub answered the request for it."""
    if not isinstance(outcome, Failed):
        return replace(subscription, code="", detail="")
    later = max(filter(None, (subscription.next_at, outcome.retry_at)), default=None)
    return replace(
        subscription, asked_at=None, next_at=later, code=outcome.code, detail=outcome.detail
    )


def is_awaited(subscription: HubSubscription, mode: str, topic: str, now: datetime) -> bool:
    """Whether a hub's question is about what we asked of it, and not long ago."""
    asked_at = subscription.asked_at
    return (
        asked_at is not None
        and now - asked_at <= _ANSWERED_WITHIN
        and mode == subscription.mode
        and topic == subscription.topic
    )


def granted(subscription: HubSubscription, lease_seconds: str, now: datetime) -> HubSubscription:
    """Return a subscription that the hub confirmed; it is renewed well before its end."""
    given = timedelta(seconds=int(lease_seconds[:9])) if _is_number(lease_seconds) else _LEASE
    lease = min(max(given, _SHORTEST_LEASE), _LONGEST_LEASE)
    return replace(
        subscription,
        asked_at=None,
        granted_at=subscription.granted_at if subscription.is_granted(now) else now,
        lease_until=now + lease,
        next_at=now + lease * (0.6 + 0.2 * _share(subscription.token)),
        attempts=0,
        code="",
        detail="",
    )


def refused(
    subscription: HubSubscription, code: Literal["deliver.denied", "decide.push_missed"],
    detail: str, now: datetime,
) -> HubSubscription:  # fmt: skip
    """Return a subscription that the hub denied, or did not keep; it is asked for much later."""
    return replace(
        subscription,
        asked_at=None,
        granted_at=None,
        lease_until=None,
        next_at=now + _PROBATION,
        attempts=0,
        code=code,
        detail=detail[:200],
    )


def is_signed(secret: str, signature: str, body: bytes) -> bool:
    """Whether the ``X-Hub-Signature`` of a body was made with the secret (W3C WebSub, 8)."""
    method, _, given = signature.strip().partition("=")
    method = method.lower()
    if method not in _METHODS:
        return False
    made = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(made.encode(), given.lower().encode("utf-8", "replace"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _share(token: str) -> float:
    """Return a share from 0 to 1, so that what was asked at once is not renewed at once."""
    return blake2b(token.encode(), digest_size=1).digest()[0] / 255
