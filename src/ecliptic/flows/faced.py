"""store → words: which picture stands beside a feed's name, and why."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from ecliptic.decide.portraits import LEAST_SIDE, MOST_BYTES, MOST_SIDE, MOST_TIMES
from ecliptic.flows.faces import MOST_FEEDS
from ecliptic.flows.said import Said, told
from ecliptic.model.feed import FeedState
from ecliptic.model.paths import FACES
from ecliptic.model.picture import Tried
from ecliptic.model.site import Site
from ecliptic.store import Store


class TriedAddress(msgspec.Struct, frozen=True, kw_only=True):
    """An address, and why it was of no use."""

    url: str
    why: Said


class FaceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The picture beside a feed's name: its place in the site, and where it came from.

    ``path`` is empty where there is none; ``verdict`` then says why, and ``tried`` has the
    addresses where none was to be had. ``next_at`` is when to look again.
    """

    path: str
    url: str
    verdict: Said
    tried: tuple[TriedAddress, ...] = ()
    next_at: datetime | None = None


_BOUNDS = {"most": MOST_SIDE, "least": LEAST_SIDE, "times": MOST_TIMES}


def face_of(site: Site, store: Store, feed: FeedState) -> FaceAnswer:
    """Say where the picture of a feed is from, or why it has none."""
    if not site.faces:
        return FaceAnswer(path="", url="", verdict=told("decide.face_off"))
    state = store.pictures().faces().get(feed.id)
    if state is None:
        return FaceAnswer(path="", url="", verdict=told("decide.face_unasked", count=MOST_FEEDS))
    return FaceAnswer(
        path=feed.face.path(FACES) if feed.face and not feed.hidden_feed else "",
        url=state.url,
        verdict=replace(told(state.code, url=state.url), at=state.checked_at),
        tried=tuple(TriedAddress(url=tried.url, why=_why(tried)) for tried in state.tried),
        next_at=state.next_at,
    )


def _why(tried: Tried) -> Said:
    bounds = _BOUNDS | ({"most": f"{MOST_BYTES:,}"} if "large" in tried.code else {})
    return told(tried.code, detail=tried.detail, **bounds)
