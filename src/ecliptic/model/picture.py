"""Pictures that the site serves itself: what their bytes say, and whose they are."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

ENDINGS: Final = {
    "png": "png",
    "jpeg": "jpg",
    "gif": "gif",
    "webp": "webp",
    "ico": "ico",
    "svg": "svg",
}
"""How the files of each kind of picture end."""


_MEDIA_TYPES: Final = {"ico": "image/x-icon", "svg": "image/svg+xml"}


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture is: its ``kind`` (a key of ``ENDINGS``), and its size in pixels.

    ``mark`` is a hash of its bytes.
    """

    mark: str
    kind: str
    width: int
    height: int

    @property
    def media_type(self) -> str:
        """What a server calls it."""
        return _MEDIA_TYPES.get(self.kind, f"image/{self.kind}")

    def path(self, folder: str) -> str:
        """Return where it stands in the site: what has other bytes has another name."""
        return f"{folder}/{self.mark}.{ENDINGS[self.kind]}"


class Tried(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An address where a picture was looked for in vain, and why."""

    url: str
    code: str
    detail: str = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An image that is to be asked for: how often that was done, and for which feed."""

    id: int
    url: str
    tries: int
    feed_url: str


class Got(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for an image; ``next_at`` is ``None`` where it is not asked for again."""

    id: int
    code: str
    picture: Picture | None = None
    next_at: datetime | None = None


class FaceState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How looking for the picture of a feed stands.

    ``wish`` is what the operator's setting said then, and ``named`` what the feed said of
    itself. ``code`` says where the picture is from, or why there is none; ``url`` is its
    address, to which alone ``etag`` and ``last_modified`` are sent (``validators_url`` where
    it was redirected). ``tried`` are the places that had none. ``next_at`` is when to ask again.
    """

    code: str
    checked_at: datetime
    next_at: datetime
    wish: str = ""
    named: tuple[str, ...] = ()
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    validators_url: str = ""
    tried: tuple[Tried, ...] = ()
    picture: Picture | None = None
