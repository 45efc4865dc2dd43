"""Deliver: what goes out to others after the site was published. One outbox row, one attempt."""

from ecliptic.deliver.hub import after, outbox, ping_request

__all__ = ["after", "outbox", "ping_request"]
