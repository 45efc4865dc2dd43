"""sources → fetch → decide → store: lists of feeds that others keep, asked for when they are due.

A list that cannot be had, that is none, or that has no feed any more changes nothing: the
feeds of its last good copy stay subscribed, and the summary says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from ecliptic.decide.lists import after, is_due
from ecliptic.fetch import Client
from ecliptic.model.outcome import Fetched, Outcome, Request
from ecliptic.model.reading_list import ListedFeed, ListState, ReadingList
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedFailure
from ecliptic.store import Store

Parse: TypeAlias = Callable[[bytes, ReadingList], Sequence[ListedFeed] | None]
"""From a document to the feeds of a list, ``None`` if it is no list."""


async def ask_lists(
    site: Site, store: Store, parse: Parse, *, now: datetime, user_agent: str
) -> list[FeedFailure]:
    """Ask for the lists that are due and remember what came; return what is wrong with any."""
    known = store.reading_lists()
    states = {each.url: known.get(each.url, ListState()) for each in site.lists}
    due = {each.url: each for each in site.lists if _is_due(each, states[each.url], site, now)}
    async with Client(site.fetch, user_agent=user_agent, now=now) as client:
        requests = [_request(each, states[each.url]) for each in due.values()]
        async for answers in client.fetch_all(requests):
            for request, outcome in answers:
                url = request.url
                states[url] = _after(due[url], states[url], outcome, parse, now)
    if states != known:
        store.keep_reading_lists(states)
    return [
        FeedFailure(where=url, code=state.code, detail=state.detail)
        for url, state in states.items()
        if state.code
    ]


def _is_due(wanted: ReadingList, state: ListState, site: Site, now: datetime) -> bool:
    if wanted.access is not None and wanted.access.local:
        return True  # a file of this machine is looked at in every run
    if site.fetch.offline or site.fetch.only:
        return False
    return is_due(state, now, every=site.fetch.every)


def _request(wanted: ReadingList, state: ListState) -> Request:
    return Request(
        url=wanted.url,
        etag=state.etag,
        last_modified=state.last_modified,
        validators_url=state.validators_url,
        whole=True,
        access=wanted.access,
    )


def _after(
    wanted: ReadingList, state: ListState, outcome: Outcome, parse: Parse, now: datetime
) -> ListState:
    feeds = parse(outcome.body, wanted) if isinstance(outcome, Fetched) else None
    return after(state, outcome, feeds, now)
