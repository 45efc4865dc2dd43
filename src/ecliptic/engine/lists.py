"""A planet with the feeds of the lists that others keep."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ecliptic.engine.settings import user_agent
from ecliptic.errors import ConfigError
from ecliptic.flows.running import run
from ecliptic.model.reading_list import Listed, ListedFeed, ReadingList, reached
from ecliptic.model.site import Site, Subscription
from ecliptic.model.summary import FeedFailure
from ecliptic.store import Store, open_store


def with_stored(site: Site) -> Site:
    """Return a planet with the feeds of the last good copies; asks no network.

    A list in a file of this machine that no run has looked at yet is read now.
    """
    if not site.lists:
        return site
    if not Path(site.state).exists():
        return _with(site, None)
    with open_store(site.state) as store:
        return _with(site, store)


def with_asked(site: Site, store: Store, now: datetime) -> tuple[Site, list[FeedFailure]]:
    """Ask for the lists that are due; return the planet with their feeds, and what failed."""
    if not site.lists:
        return site, []
    from ecliptic.flows.lists import ask_lists  # noqa: PLC0415 - most planets have no list

    asking = ask_lists(site, store, _parse, now=now, user_agent=user_agent(site))
    failures = run(asking)
    return _with(site, store), failures


def _with(site: Site, store: Store | None) -> Site:
    from ecliptic.sources.reading_lists import FEED_LIMIT, with_lists  # noqa: PLC0415 - see above

    known = store.reading_lists() if store else {}
    listed: dict[str, Iterable[ListedFeed]] = {}
    for own in site.lists:
        states = [known.get(each.url) for each in reached(own, known)]
        found = (feed for state in states if state for feed in state.feeds)
        is_asked = states[0] is not None and states[0].checked_at
        listed[own.url] = islice(found, FEED_LIMIT) if is_asked else _local(own)
    return with_lists(site, listed)


def _local(wanted: ReadingList) -> Iterable[ListedFeed]:
    """Return the feeds of a list in a file, as far as it can be read."""
    if wanted.access is None or not wanted.access.local:
        return ()
    from ecliptic.sources import files  # noqa: PLC0415 - see above

    with suppress(ConfigError):  # the run that is to come says so
        data = files.read(Path(unquote(urlsplit(wanted.url).path)))
        listed = _parse(data, wanted, wanted.url)
        return listed.feeds if listed else ()
    return ()


def _parse(data: bytes, wanted: ReadingList, url: str) -> Listed | None:
    from ecliptic.sources.reading_lists import parse  # noqa: PLC0415 - see above

    return parse(data, wanted, url, _read_ini)


def _read_ini(data: bytes) -> Iterable[Subscription]:
    from ecliptic.legacy import lists  # noqa: PLC0415 - few lists are such

    return lists.feeds_of(data)
