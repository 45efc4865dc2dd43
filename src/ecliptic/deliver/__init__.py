"""Deliver: what goes out to others, and what others are asked to send: hubs, both ways.

One outbox row, one attempt.
"""

from ecliptic.deliver.hub import after, outbox, ping_request
from ecliptic.deliver.subscription import (
    answered,
    asking,
    given_up,
    granted,
    is_awaited,
    is_signed,
    new_subscription,
    refused,
    subscription_request,
)

__all__ = [
    "after",
    "answered",
    "asking",
    "given_up",
    "granted",
    "is_awaited",
    "is_signed",
    "new_subscription",
    "outbox",
    "ping_request",
    "refused",
    "subscription_request",
]
