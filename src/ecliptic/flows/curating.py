"""What the operator decides about stored entries by hand, and what time decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice

import msgspec

from ecliptic.decide import hidden_by_hand, shown_by_hand, woken
from ecliptic.errors import UsageError
from ecliptic.log import get_logger
from ecliptic.model.amendment import Amendment
from ecliptic.model.codes import words
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_called
from ecliptic.store import Store

log = get_logger(__name__)


class EntryStands(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and in words why no page shows it; ``code`` is ``""`` when pages may."""

    uid: str
    title: str
    link: str
    feed: str
    feed_url: str
    shown_at: datetime
    code: str
    why: str
    ruling: str


def hide(store: Store, text: str, *, why: str, now: datetime) -> list[EntryStands]:
    """Hide the entries that ``text`` stands for; raises ``UsageError`` when it is none."""
    return _rule(store, text, now, lambda entry: hidden_by_hand(entry, now, why=why))


def unhide(store: Store, text: str, *, now: datetime) -> list[EntryStands]:
    """Show the entries that ``text`` stands for; raises ``UsageError`` when it is none."""
    return _rule(store, text, now, lambda entry: shown_by_hand(entry, now))


def wake(store: Store, now: datetime) -> set[int]:
    """Show the entries that were hidden until a time that has come; return the feeds' ids."""
    due = store.waiting(now)
    if due:
        store.amend([woken(entry, now) for entry in due], now)
        log.info("entries_woken count=%d", len(due))
    return {entry.feed_id for entry in due}


def stand(store: Store, *, hidden: bool, feed: str, limit: int) -> list[EntryStands]:
    """Return the newest entries that pages may show, or those ``hidden``, at most ``limit``."""
    feeds = {each.id: each for each in store.feeds()}
    chosen = named_feed(feeds.values(), feed).id if feed else 0
    entries = store.hidden(chosen) if hidden else store.newest(chosen)
    subscribed = (entry for entry in entries if entry.feed_id in feeds)
    return [_stands(entry, feeds) for entry in islice(subscribed, limit or None)]


def _rule(
    store: Store, text: str, now: datetime, rule: Callable[[Entry], Amendment]
) -> list[EntryStands]:
    entries = store.look_up(text)
    if not entries:
        raise UsageError(
            "entries.unknown",
            f"no stored entry has {text!r} as its link or id; `ecliptic entries list` shows them",
        )
    store.amend([rule(entry) for entry in entries], now)
    feeds = {feed.id: feed for feed in store.feeds()}
    return [_stands(entry, feeds) for entry in store.look_up(text)]


def named_feed(feeds: Iterable[FeedState], text: str) -> FeedState:
    """Return the feed that an address or name stands for; raises ``UsageError`` for none."""
    for feed in feeds:
        if is_called(feed, text):
            return feed
    raise UsageError(
        "entries.unknown_feed",
        f"no feed has {text!r} as its address or name; `ecliptic feeds list` shows them",
    )


def _stands(entry: Entry, feeds: Mapping[int, FeedState]) -> EntryStands:
    feed, hidden = feeds.get(entry.feed_id), entry.hidden
    return EntryStands(
        uid=entry.uid,
        title=entry.title,
        link=entry.link,
        feed=feed_name(feed) if feed else "",
        feed_url=feed.url if feed else "",
        shown_at=entry.shown_at,
        code=hidden.code if hidden else "",
        why=words(hidden.code, hidden.params) if hidden else "",
        ruling=entry.ruling,
    )
