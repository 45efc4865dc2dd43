"""A repository on GitHub: the feed of its releases, or of its tags.

What GitHub shows beside people and projects (``/topics/…``) is no repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ecliptic.plugins import Source

_PATTERN: Final = (
    r"https?://(?:www\.)?github\.com/"
    r"(?!(?:apps|collections|enterprise|features|marketplace|orgs|search|settings|solutions"
    r"|sponsors|stars|topics|trending|users)/)"
    r"(?P<repository>[A-Za-z0-9-]+/[\w.-]+?)(?:\.git)?(?:/(?P<page>releases|tags))?/?(?:[?#].*)?"
)


def register_sources() -> Iterable[Source]:
    """Give the source of repositories."""
    return (Source(pattern=_PATTERN, rewrite=feed_address),)


def feed_address(address: str, now: datetime) -> str:
    """Return the address of the Atom feed that GitHub has for a repository."""
    del now
    found = re.fullmatch(_PATTERN, address)
    if found is None:
        return address
    return f"https://github.com/{found['repository']}/{found['page'] or 'releases'}.atom"
