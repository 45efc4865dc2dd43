"""sources → fetch → parse → decide → store: the pictures beside the names of feeds.

A few feeds a run, each once a week, by the client that feeds are read with: the same guard
of addresses, the same manners. Nothing that happens here fails a run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from time import perf_counter
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.portraits import MOST_BYTES, NO_FACE, is_face_due, is_file
from ecliptic.fetch import Client
from ecliptic.flows.portrait import Ask, Looking, NotNowError
from ecliptic.log import get_logger
from ecliptic.model.feed import FeedState
from ecliptic.model.outcome import Outcome
from ecliptic.model.picture import FaceState
from ecliptic.model.site import FetchSettings, Site
from ecliptic.model.summary import Summary
from ecliptic.store import Store

log = get_logger(__name__)

MOST_FEEDS: Final = 32
"""Feeds whose servers are asked for a picture in one run."""

_PATIENCE: Final = 12.0
"""Seconds for all of them together."""

_LONGEST: Final = 6.0
"""Seconds for one answer."""

_MOST_BYTES_OF_PAGE: Final = 1_000_000


async def look_for_faces(
    site: Site,
    store: Store,
    feeds: Sequence[FeedState],
    *,
    now: datetime,
    user_agent: str,
    summary: Summary,
) -> None:
    """Look for the pictures of those feeds whose time has come, and keep what was found."""
    start = perf_counter()
    due = _due(site, feeds, store.pictures().faces(), now)
    if not due:
        return
    round_of = _Round(site.fetch, now=now, user_agent=user_agent, summary=summary)
    await round_of.go(due)
    found = {
        number: state
        for number, state in round_of.found.items()
        if _is_news(state, due[number].before)
    }
    bodies = {
        state.picture.mark: due[number].body
        for number, state in found.items()
        if state.picture is not None and due[number].body
    }
    if found:
        store.pictures().write_faces(found, bodies)
    summary.spend("faces", perf_counter() - start)


def _due(
    site: Site, feeds: Iterable[FeedState], known: Mapping[int, FaceState], now: datetime
) -> dict[int, Looking]:
    """Return what is to be looked for: all files of the operator's, and of the others a few."""
    own = {feed.url: feed for feed in site.subscriptions}
    files: list[Looking] = []
    others: list[Looking] = []
    for feed in feeds:
        subscription = own.get(feed.url)
        wish = subscription.face if subscription is not None else ""
        before = known.get(feed.id)
        if not is_face_due(feed, before, wish, now):
            continue
        access = subscription.access if subscription is not None else None
        looking = Looking(feed, before, wish=wish, access=access, now=now)
        (files if is_file(wish) or wish == NO_FACE else others).append(looking)
    # First those that were never looked for, then those that waited longest.
    others.sort(key=lambda one: one.before.checked_at.timestamp() if one.before else 0.0)
    asked = [] if site.fetch.offline else others[:MOST_FEEDS]
    return {looking.feed_id: looking for looking in (*files, *asked)}


def _is_news(state: FaceState, before: FaceState | None) -> bool:
    """Whether there is something to write: files are looked at in every run, mostly in vain."""
    if before is None or not is_file(state.wish):
        return True
    return replace(state, checked_at=before.checked_at, next_at=before.next_at) != before


class _Round:
    """Questions of many feeds at a time, until each has its answer or there is no more time."""

    def __init__(
        self, settings: FetchSettings, *, now: datetime, user_agent: str, summary: Summary
    ) -> None:
        brief = replace(
            settings,
            timeout=min(settings.timeout, _LONGEST),
            connect_timeout=min(settings.connect_timeout, _LONGEST),
            max_bytes=min(settings.max_bytes, MOST_BYTES),
            offline=False,  # files are read all the same; nothing else is asked for then
        )
        page = replace(brief, max_bytes=min(settings.max_bytes, _MOST_BYTES_OF_PAGE))
        self._pictures = Client(brief, user_agent=user_agent, now=now)
        self._pages = Client(page, user_agent=user_agent, now=now)
        self._summary = summary
        self._steps: dict[int, Generator[Ask, Outcome, FaceState]] = {}
        self._asks: dict[int, Ask] = {}
        self.found: dict[int, FaceState] = {}

    async def go(self, due: Mapping[int, Looking]) -> None:
        """Ask until all is found, or the time is over."""
        for feed_id, looking in due.items():
            self._steps[feed_id] = looking.steps()
            self._go_on(feed_id, None)
        async with self._pictures, self._pages:
            try:
                async with asyncio.timeout(_PATIENCE):
                    while self._asks:
                        await self._ask_all(self._pictures, is_page=False)
                        await self._ask_all(self._pages, is_page=True)
            except TimeoutError:
                for feed_id in self._asks:
                    self.found[feed_id] = due[feed_id].given_up()

    async def _ask_all(self, client: Client, *, is_page: bool) -> None:
        requests = [ask.request for ask in self._asks.values() if ask.is_page == is_page]
        async with aclosing(client.fetch_all(requests)) as answers:
            async for answered in answers:
                for request, outcome in answered:
                    self._summary.bytes.received += outcome.received
                    self._go_on(request.tag, outcome)

    def _go_on(self, feed_id: int, outcome: Outcome | None) -> None:
        """Give an answer to the search that waits for it, and note what it asks next."""
        self._asks.pop(feed_id, None)
        steps = self._steps[feed_id]
        try:
            self._asks[feed_id] = next(steps) if outcome is None else steps.send(outcome)
        except StopIteration as end:
            self.found[feed_id] = end.value
            log.info("face_sought feed=%d code=%s", feed_id, self.found[feed_id].code)
        except NotNowError:
            log.info("face_left feed=%d", feed_id)
