"""The paths of pages that other pages link to."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from ecliptic.model.feed import FeedState
from ecliptic.model.naming import host_of

_LONGEST_SLUG = 48


def feed_page_path(feed: FeedState) -> str:
    """Return where a feed's own page stands.

    It depends on this feed's address and the operator's name for it alone, so
    that adding a feed moves no other. The hash keeps two feeds of one name
    apart, and keeps every name clear of those that file systems reserve.
    """
    mark = blake2b(feed.url.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    readable = _slug(feed.name) or _slug(host_of(feed.url)) or "feed"
    return f"feeds/{readable}-{mark}.html"


def _slug(text: str) -> str:
    """Return the ASCII letters and digits of ``text``, joined by single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
