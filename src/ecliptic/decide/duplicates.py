"""Which subscriptions are one feed under two addresses: nothing is merged, all are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.naming import feed_name

_MOST_COMPARED: Final = 5
"""Feeds of one id that are compared entry by entry; a generator may give all its feeds one id."""


def duplicates(
    feeds: Iterable[FeedState], share: Callable[[int, int], bool], now: datetime
) -> list[Duplicate]:
    """Name each feed that is the same as an earlier one in the operator's order.

    Two feeds are one when their documents came from one address, or when they
    give the same id or address of their own and ``share`` an entry: ids alone
    are copied from templates.
    """
    found: dict[int, Duplicate] = {}
    by_end: dict[str, FeedState] = {}
    by_name: dict[str, list[FeedState]] = defaultdict(list)
    for feed in feeds:
        end = "" if _is_secret(feed.url) else feed.fetch.validators_url
        first = by_end.setdefault(end, feed) if end else feed
        if first is not feed:
            reason = Reason(
                code="decide.same_address", at=now, params={"other": _called(first), "url": end}
            )
            found[feed.id] = _duplicate(feed, first, reason)
        for name in _own_names(feed):
            if feed.id not in found:
                found.update(_namesakes(feed, by_name[name], name, share, now))
            if feed.id not in found:
                by_name[name].append(feed)
    return list(found.values())


def _namesakes(
    feed: FeedState,
    earlier: list[FeedState],
    name: str,
    share: Callable[[int, int], bool],
    now: datetime,
) -> Iterator[tuple[int, Duplicate]]:
    for other in earlier[:_MOST_COMPARED]:
        if share(feed.id, other.id):
            params: dict[str, str | int] = {"other": _called(other), "id": name}
            reason = Reason(code="decide.same_feed", at=now, params=params)
            yield feed.id, _duplicate(feed, other, reason)
            return


def _own_names(feed: FeedState) -> Iterator[str]:
    """Yield by what a feed calls itself; the id of a JSON Feed is its address."""
    yield from dict.fromkeys(filter(None, (feed.info.id, feed.info.self_link)))


def _duplicate(feed: FeedState, other: FeedState, reason: Reason) -> Duplicate:
    return Duplicate(feed_id=feed.id, url=_called(feed), other=_called(other), reason=reason)


def _is_secret(url: str) -> bool:
    """Whether an address may hold credentials, with which its server may give another document."""
    return "@" in url.partition("://")[2].partition("/")[0]


def _called(feed: FeedState) -> str:
    """Return the address of a feed, or its name where the address must not be told."""
    return feed_name(feed) if _is_secret(feed.url) else feed.url
