"""An account on Mastodon, on any host: its own public posts, without replies and boosts.

Other sites have addresses with ``/@name`` too; those known to have no such feed
are left to what their pages name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ecliptic.plugins import Source

_PATTERN: Final = (
    r"https?://(?!(?:[^/]+\.)?(?:youtube\.com|medium\.com|tiktok\.com|threads\.(?:net|com))/)"
    r"[^/?#@]+/@[A-Za-z0-9_]+/?"
)


def register_sources() -> Iterable[Source]:
    """Give the source of accounts."""
    return (Source(pattern=_PATTERN, rewrite=feed_address),)


def feed_address(address: str, now: datetime) -> str:
    """Return the address of the RSS feed that Mastodon has for an account."""
    del now
    return address.rstrip("/") + ".rss"
