"""store → fetch → parse → store: copies of the images that shown entries have.

A bounded number a run, those of the newest entries first, by the client that feeds are read
with. An image is asked for until it came once; nothing that happens here fails a run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from msgspec.structs import replace

from ecliptic.clean.hosted import images_of
from ecliptic.decide.portraits import is_passing
from ecliptic.fetch import Client
from ecliptic.log import get_logger
from ecliptic.model.access import Access
from ecliptic.model.entry import Entry
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.picture import Got, Wanted
from ecliptic.model.site import FetchSettings, Site
from ecliptic.model.summary import Summary
from ecliptic.store import Store

log = get_logger(__name__)

MOST_BYTES: Final = 2_000_000
"""The largest image."""

_MOST_IMAGES: Final = 200
_MOST_RECEIVED: Final = 50_000_000
_PATIENCE: Final = 30.0
"""Images, bytes and seconds of one run."""

_MOST_KEPT: Final = 500_000_000
"""Bytes of all copies together."""

_LONGEST: Final = 10.0
_MOST_TRIES: Final = 4
_MOST_SIDE: Final = 12_000


async def store_images(
    site: Site, store: Store, *, now: datetime, user_agent: str, summary: Summary
) -> None:
    """Fetch images that shown entries have and we do not; what does not come stays a link."""
    start = perf_counter()
    images = store.pictures().images()
    images.bring_up(shown_images)
    wanted = [] if site.fetch.offline else images.waiting(now, _MOST_IMAGES)
    if wanted:
        answers = await _fetch(site, wanted, now=now, user_agent=user_agent, summary=summary)
        got: list[Got] = []
        bodies: dict[str, bytes] = {}
        for one in wanted:
            if one.id in answers:
                kept, body = _judged(one, answers[one.id], now)
                got.append(kept)
                bodies |= {kept.picture.mark: body} if kept.picture else {}
        images.keep(got, bodies, most=_MOST_KEPT)
    summary.spend("images", perf_counter() - start)


def shown_images(entry: Entry) -> tuple[str, ...]:
    """Return the addresses of the images that pages show of an entry."""
    return tuple(dict.fromkeys(_addresses(entry)))


def brief(settings: FetchSettings) -> FetchSettings:
    """Return how an image is asked for."""
    return replace(
        settings,
        timeout=min(settings.timeout, _LONGEST),
        connect_timeout=min(settings.connect_timeout, _LONGEST),
        max_bytes=min(settings.max_bytes, MOST_BYTES),
    )


def _addresses(entry: Entry) -> Iterator[str]:
    yield from images_of(entry.content or entry.summary)
    pictures = (file.url for file in entry.enclosures if file.type.lower().startswith("image/"))
    for url in (*pictures, entry.image):
        if url.startswith(("http://", "https://")):
            yield url


async def _fetch(
    site: Site, wanted: Sequence[Wanted], *, now: datetime, user_agent: str, summary: Summary
) -> dict[int, Outcome]:
    """Return the answers that came in time, by the id of the image."""
    proxies = {
        feed.url: feed.access.proxy
        for feed in site.subscriptions
        if feed.access is not None and feed.access.proxy is not None
    }
    requests = [
        Request(
            url=one.url,
            tag=one.id,
            access=Access(home=one.url, proxy=proxies[one.feed_url])
            if one.feed_url in proxies
            else None,
        )
        for one in wanted
    ]
    found: dict[int, Outcome] = {}
    received = 0
    async with Client(brief(site.fetch), user_agent=user_agent, now=now) as client:
        try:
            async with asyncio.timeout(_PATIENCE), aclosing(client.fetch_all(requests)) as answers:
                async for answered in answers:
                    for request, outcome in answered:
                        found[request.tag] = outcome
                        received += outcome.received
                    if received > _MOST_RECEIVED:
                        break
        except TimeoutError:
            log.info("images_unfinished left=%d", len(wanted) - len(found))
    summary.bytes.received += received
    return found


def _judged(one: Wanted, outcome: Outcome, now: datetime) -> tuple[Got, bytes]:
    """Return what is kept of an answer, and when to ask again if nothing is."""
    if isinstance(outcome, Fetched):
        from ecliptic.parse import picture_of  # noqa: PLC0415 - most runs have no new image

        picture = picture_of(outcome.body)
        if picture is None:
            return Got(id=one.id, code="decide.face_no_picture"), b""
        if max(picture.width, picture.height) > _MOST_SIDE:
            return Got(id=one.id, code="decide.face_bad_size"), b""
        return Got(id=one.id, code="", picture=picture), outcome.body
    again = None
    code = outcome.code if isinstance(outcome, Failed) else "fetch.held"
    if one.tries < _MOST_TRIES and not (isinstance(outcome, Failed) and not is_passing(outcome)):
        again = now + timedelta(days=2**one.tries)
    return Got(id=one.id, code=code, next_at=again), b""
