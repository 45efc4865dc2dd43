"""The pictures beside the names of feeds: when one is looked for, where, and which is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urljoin

from msgspec.structs import replace

from ecliptic.model.feed import FeedState
from ecliptic.model.outcome import Failed
from ecliptic.model.picture import FaceState, Picture, Tried

NO_FACE: Final = "none"
"""What the operator writes for a feed that is to have no picture."""

MOST_BYTES: Final = 200_000
LEAST_SIDE: Final = 8
MOST_SIDE: Final = 2_048
MOST_TIMES: Final = 4

_AGAIN: Final = timedelta(days=7)
_AFTER_FAILURE: Final = timedelta(days=30)
_TRIES_KEPT: Final = 8
_REFUSED_FOR_NOW: Final = frozenset({408, 425, 429})
_SERVER_ERROR: Final = 500


def is_file(wish: str) -> bool:
    """Whether the operator's picture is a file of this machine, which costs nobody a request."""
    return wish.startswith("file:")


def is_face_due(feed: FeedState, before: FaceState | None, wish: str, now: datetime) -> bool:
    """Whether a run may look for the picture of a feed: once a week, after a failure once a month.

    What the operator changed is looked at at once. Else a feed must have been read, lately
    without a problem: one that cannot be reached has a site that cannot either.
    """
    if feed.hidden_feed:
        return False
    if is_file(wish) or (before is not None and before.wish != wish):
        return True
    if before is not None and now < before.next_at:
        return False
    if wish:
        return not feed.paused
    return not feed.paused and feed.fetch.succeeded_at is not None and not feed.fetch.code


def named_by(feed: FeedState) -> tuple[str, ...]:
    """Return what a feed says of its picture: its icon, its image, and the address of its site."""
    return feed.info.icon, feed.info.image, feed.link or feed.info.link


def favicon_of(home: str) -> str:
    """Return where a site has its icon if its pages do not say it."""
    return urljoin(home, "/favicon.ico")


def face_fault(picture: Picture | None, size: int) -> tuple[str, str]:
    """Return why a picture is not kept, as a code and what was found, or two empty texts."""
    if picture is None:
        return "decide.face_no_picture", ""
    short, long = sorted((picture.width, picture.height))
    if size > MOST_BYTES:
        return "decide.face_too_large", f"{size:,}"
    if short < LEAST_SIDE or long > MOST_SIDE or long > MOST_TIMES * short:
        return "decide.face_bad_size", f"{picture.width} x {picture.height}"
    return "", ""


def is_passing(failed: Failed) -> bool:
    """Whether a failure says nothing of the picture itself, so that an older copy stays."""
    status = failed.status
    return not status or status in _REFUSED_FOR_NOW or status >= _SERVER_ERROR


def face_kept(before: FaceState, now: datetime, *tried: Tried) -> FaceState:
    """Return how it stands when the picture stays: it did not change, or could not be asked for."""
    return replace(before, checked_at=now, next_at=now + _pause(tried), tried=tried)


def face_missing(
    wish: str, named: tuple[str, ...], now: datetime, tried: tuple[Tried, ...]
) -> FaceState:
    """Return how it stands when there is no picture."""
    code = "decide.face_unwanted" if wish == NO_FACE else "decide.face_none"
    tried = tried[:_TRIES_KEPT]
    return FaceState(
        code=code, checked_at=now, next_at=now + _AFTER_FAILURE, wish=wish, named=named, tried=tried
    )


def face_found(state: FaceState, now: datetime) -> FaceState:
    """Return ``state`` with the time at which its picture is asked for again."""
    return replace(state, checked_at=now, next_at=now + _AGAIN, tried=state.tried[:_TRIES_KEPT])


def _pause(tried: tuple[Tried, ...]) -> timedelta:
    return _AFTER_FAILURE if tried else _AGAIN
