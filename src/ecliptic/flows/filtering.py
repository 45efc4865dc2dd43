"""What a filter takes of the stored entries, and what it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from heapq import nlargest

import msgspec

from ecliptic.filters import follows_state, read
from ecliptic.flows.curating import named_feed
from ecliptic.flows.progress import Progress
from ecliptic.model.codes import words
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.sieve import Sifted
from ecliptic.store import Store


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that a filter takes or leaves; ``why`` says why no page shows it at present."""

    uid: str
    title: str
    link: str
    feed: str
    feed_url: str
    shown_at: datetime
    why: str


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What a filter would do: how many entries it takes and leaves, the newest of each.

    ``filter`` is the expression as it is understood. ``moving`` is the part of it that
    changes by itself, and so cannot stand in the settings.
    """

    filter: str
    taken: int
    left: int
    moving: str
    examples_taken: tuple[Example, ...]
    examples_left: tuple[Example, ...]


def try_filter(
    store: Store, expression: str, *, feed: str, limit: int, now: datetime, progress: Progress
) -> Tried:
    """Ask a filter of all entries stored, or of one feed's; nothing is changed.

    Raises ``FilterError`` for what is no filter, and ``UsageError`` for an unknown feed.
    """
    one = read(expression)
    feeds = store.feeds()
    chosen = [named_feed(feeds, feed)] if feed else feeds
    counts = {True: 0, False: 0}
    newest: dict[bool, list[Sifted]] = {True: [], False: []}
    progress.begin("filter", len(chosen))
    for each in chosen:
        of_feed: dict[bool, list[Sifted]] = {True: [], False: []}
        for sifted in store.sift([expression], each, now=now):
            of_feed[sifted.taken[0]].append(sifted)
        for taken, found in of_feed.items():
            counts[taken] += len(found)
            newest[taken] = nlargest(limit, [*newest[taken], *found], key=_when)
        progress.page_done(each.url)
    progress.end("filter")
    by_id = {each.id: each for each in chosen}
    return Tried(
        filter=str(one),
        taken=counts[True],
        left=counts[False],
        moving=follows_state(one),
        examples_taken=_examples(newest[True], by_id),
        examples_left=_examples(newest[False], by_id),
    )


def _when(sifted: Sifted) -> datetime:
    return sifted.stands.shown_at


def _examples(found: Iterable[Sifted], feeds: dict[int, FeedState]) -> tuple[Example, ...]:
    return tuple(_example(sifted, feeds[sifted.stands.feed_id]) for sifted in found)


def _example(sifted: Sifted, feed: FeedState) -> Example:
    hidden = sifted.stands.hidden
    return Example(
        uid=sifted.uid,
        title=sifted.title,
        link=sifted.link,
        feed=feed_name(feed),
        feed_url=feed.url,
        shown_at=sifted.stands.shown_at,
        why=words(hidden.code, hidden.params) if hidden else "",
    )
