"""store → fetch → parse: an image of another host, for a reader who asks ours.

Only for addresses that we wrote into a page ourselves: they are signed. What came is kept on
the disk beside the state, within a bound.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore
from typing import Final

import msgspec

from ecliptic.errors import StoreError
from ecliptic.fetch import Client
from ecliptic.flows.hosted import signature
from ecliptic.flows.images import brief
from ecliptic.flows.running import run
from ecliptic.log import get_logger
from ecliptic.model.outcome import Fetched, Outcome, Request
from ecliptic.model.site import Site
from ecliptic.parse import picture_of
from ecliptic.store import open_asking

log = get_logger(__name__)

_MOST_KEPT: Final = 200_000_000
"""Bytes of all images that are kept."""

_AT_ONCE: Final = BoundedSemaphore(8)
"""Requests to other hosts at a time; readers who ask for more wait."""

_SECONDS: Final = 2.0


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a reader: its status, and an image where that is 200."""

    status: int
    kind: str = ""
    body: bytes = b""


def proxied(site: Site, sign: str, url: str, *, now: datetime, user_agent: str) -> Served:
    """Return the image at ``url``, fetched by the guard that feeds are read by.

    The status is 403 for an address that we did not sign, and 404 where no image is to be had.
    """
    if site.images != "proxy":
        return Served(status=404)
    try:
        with open_asking(site.state, seconds=_SECONDS) as store:
            key = store.image_key()
    except StoreError:
        return Served(status=404)
    if not key or not hmac.compare_digest(signature(key, url).encode(), sign.encode()):
        return Served(status=403)
    kept = _kept(site, url)
    if found := _image(_read(kept)):
        return found
    with _AT_ONCE:
        outcome = run(_fetch(site, url, now=now, user_agent=user_agent))
    body = outcome.body if isinstance(outcome, Fetched) else b""
    if found := _image(body):
        _keep(kept, body)
    return found or Served(status=404)


async def _fetch(site: Site, url: str, *, now: datetime, user_agent: str) -> Outcome:
    async with Client(brief(site.fetch), user_agent=user_agent, now=now) as client:
        return await client.fetch(Request(url=url, whole=True))


def _image(body: bytes) -> Served | None:
    picture = picture_of(body)
    return Served(status=200, kind=picture.media_type, body=body) if picture else None


def _kept(site: Site, url: str) -> Path:
    name = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Path(f"{site.state}.images") / name


def _read(path: Path) -> bytes:
    try:
        body = path.read_bytes()
        os.utime(path)  # what is asked for stays longest
    except OSError:
        return b""
    return body


def _keep(path: Path, body: bytes) -> None:
    """Keep an image, and drop those that were asked for longest ago; a full disk keeps none."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(body)
        Path(file.name).replace(path)
        held = 0
        for _, size, old in sorted(_looked_at(path.parent), reverse=True):
            held += size
            if held > _MOST_KEPT:
                old.unlink(missing_ok=True)


def _looked_at(folder: Path) -> list[tuple[int, int, Path]]:
    found = []
    for path in folder.iterdir():
        with suppress(OSError):  # another thread dropped it meanwhile
            stat = path.stat()
            found.append((stat.st_mtime_ns, stat.st_size, path))
    return found
