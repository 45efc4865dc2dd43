"""sources → fetch → decide → store: lists of feeds that others keep, asked for when they are due.

A list that cannot be had, that is none, or that has no feed any more changes nothing: the
feeds of its last good copy stay subscribed, and the summary says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from ecliptic.decide.lists import after, by_rules, is_due
from ecliptic.fetch import Client
from ecliptic.model.outcome import Fetched, Outcome, Request
from ecliptic.model.reading_list import Listed, ListState, ReadingList, reached
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedFailure
from ecliptic.store import Store

Parse: TypeAlias = Callable[[bytes, ReadingList, str], Listed | None]
"""From a document at an address to what it lists, ``None`` if it is no list."""


async def ask_lists(
    site: Site, store: Store, parse: Parse, *, now: datetime, user_agent: str
) -> list[FeedFailure]:
    """Ask for the lists that are due and remember what came; return what is wrong with any.

    Where a list leads to others, these are asked next, as far away as it may lead.
    """
    known = store.reading_lists()
    states: dict[str, ListState] = {}
    async with Client(site.fetch, user_agent=user_agent, now=now) as client:
        while wanted := _not_yet_in(states, site):
            for url, each in wanted.items():
                states[url] = by_rules(known.get(url, ListState()), each.rules)
            due = [each for url, each in wanted.items() if _is_due(each, states[url], site, now)]
            requests = [_request(each, states[each.url]) for each in due]
            async for answers in client.fetch_all(requests):
                for request, outcome in answers:
                    url = request.url
                    states[url] = _after(wanted[url], states[url], outcome, parse, now)
    if states != known:
        store.keep_reading_lists(states)
    # What becomes of the documents that others lead to is no concern of the operator's.
    own = {each.url: states[each.url] for each in site.lists}
    return [
        FeedFailure(where=url, code=state.code, detail=state.detail)
        for url, state in own.items()
        if state.code
    ]


def _not_yet_in(states: Mapping[str, ListState], site: Site) -> dict[str, ReadingList]:
    """Return the lists that were not looked at yet, of those that are known by now."""
    found: dict[str, ReadingList] = {}
    for own in site.lists:
        for each in reached(own, states):
            if each.url not in states:
                found.setdefault(each.url, each)
    return found


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
    listed = parse(outcome.body, wanted, outcome.url) if isinstance(outcome, Fetched) else None
    return after(state, outcome, listed, now)
