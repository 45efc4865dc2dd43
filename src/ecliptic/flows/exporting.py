"""The subscriptions of a planet as OPML, with what their feeds say of themselves if it is known."""

from __future__ import annotations

from pathlib import Path

from ecliptic.model.entry import FeedInfo
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.site import Site, Subscription
from ecliptic.render.lists import opml
from ecliptic.store import open_store


def as_opml(site: Site) -> bytes:
    """Return the subscriptions in their order; a planet that never ran knows no titles."""
    known: dict[str, FeedState] = {}
    if Path(site.state).exists():
        with open_store(site.state) as store:
            known = {feed.url: feed for feed in store.feeds()}
    feeds = [
        known.get(wanted.url) or _new(number, wanted)
        for number, wanted in enumerate(site.subscriptions, 1)
    ]
    return opml(site, feeds)


def _new(number: int, wanted: Subscription) -> FeedState:
    return FeedState(
        id=number,
        url=wanted.url,
        position=number,
        name=wanted.name,
        link=wanted.link,
        paused=wanted.paused,
        hidden_feed=wanted.hidden,
        extra=wanted.extra,
        info=FeedInfo(),
        fetch=FetchState(),
        entries=0,
        hidden={},
        revision=0,
    )
