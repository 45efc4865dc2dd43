"""What old engines say of a feed that is in trouble: ``message`` in their templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from ecliptic.model.codes import words
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate

_STATUS: Final = {
    403: "403: forbidden",
    404: "404: not found",
    408: "408: request timeout",
    410: "410: gone",
}
_PLAIN_STATUS: Final = {500: "internal server error"}
_VENUS_STATUS: Final = {500: "500: internal server error"}
_FAILED: Final = 400
_TIMEOUT: Final = 408


def messages(
    feeds: Sequence[FeedState],
    duplicates: Sequence[Duplicate],
    engine: str,
    *,
    threshold: int,
    changed_at: datetime | None,
    newest: Mapping[int, datetime],
) -> dict[int, str]:
    """Return the message of each feed that has one.

    A feed is silent if its ``newest`` entry is ``threshold`` days older than
    ``changed_at``, when the planet last changed: a page must not change because
    time passed.
    """
    found: dict[int, str] = {}
    for feed in feeds:
        said = _trouble(feed, engine)
        if not said and feed.fetch.succeeded_at and threshold and changed_at:
            said = _silence(newest.get(feed.id), threshold, changed_at)
        if said:
            found[feed.id] = said
    if engine == "venus":
        found.update({twin.feed_id: f"duplicate subscription: {twin.other}" for twin in duplicates})
    return found


def _trouble(feed: FeedState, engine: str) -> str:
    """Say why the last check failed, in the old engine's words where it has some."""
    fetch = feed.fetch
    if not fetch.code:
        return ""
    known = _STATUS | (_VENUS_STATUS if engine == "venus" else _PLAIN_STATUS)
    status = _TIMEOUT if fetch.code == "fetch.timeout" else fetch.status
    if status in known:
        return known[status]
    if status >= _FAILED:
        return f"http status {status}"
    # What stands behind the colon may be other words, or milliseconds, at every check.
    return words(fetch.code, {"detail": fetch.detail}).partition(": ")[0]


def _silence(newest: datetime | None, threshold: int, changed_at: datetime) -> str:
    if newest is not None and changed_at - newest <= timedelta(days=threshold):
        return ""
    return f"no activity in {threshold} days"
