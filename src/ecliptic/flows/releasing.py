"""What the operator says of a feed that was held: that it is fine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from ecliptic.decide.character import maker_of, relearned, traits_of
from ecliptic.decide.quarantine import QUARANTINE
from ecliptic.decide.released import HELD, released, to_release
from ecliptic.errors import UsageError
from ecliptic.log import get_logger
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_called
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import Site, rules_by_feed
from ecliptic.model.text import Content
from ecliptic.store import Store

log = get_logger(__name__)


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A feed of which entries were let out: how many, and how many are still held."""

    url: str
    name: str
    released: int
    held: int
    was_in_quarantine: bool


def release(site: Site, store: Store, text: str, *, every: bool, now: datetime) -> list[Released]:
    """Let out what is held of the feeds that ``text`` names, or of all feeds (``""``).

    The newest few as many as a feed may show at once, or ``every`` one; of a
    quarantine always all, and it ends. Raises ``UsageError`` when there is no such feed.
    """
    feeds = store.feeds()
    named = [feed for feed in feeds if not text or is_called(feed, text)]
    if not named:
        raise UsageError(
            "feeds.unknown",
            f"no feed has {text!r} as its address or name; `ecliptic feeds list` shows them",
        )
    own = rules_by_feed(site)
    return [
        _release(store, feed, own.get(feed.url, site.rules), every=every, now=now)
        for feed in named
        if feed.quarantine is not None or held_in(feed.hidden)
    ]


def _release(
    store: Store, feed: FeedState, rules: EntryRules, *, every: bool, now: datetime
) -> Released:
    most = 0 if every else rules.flood_items
    chosen = to_release(store.hidden(feed.id), most)
    store.amend([released(entry, now) for entry in chosen], now)
    if feed.quarantine is not None:
        _trust(store, feed, [entry for entry in chosen if _is_accused(entry)], now)
    log.info("entries_released feed=%s count=%d", feed.url, len(chosen))
    return Released(
        url=feed.url,
        name=feed_name(feed),
        released=len(chosen),
        held=held_in(feed.hidden) - len(chosen),
        was_in_quarantine=feed.quarantine is not None,
    )


def end_quarantine(store: Store, feed: FeedState, now: datetime) -> None:
    """Let out what the quarantine of a feed holds, for it is watched no more."""
    accused = [entry for entry in store.hidden(feed.id) if _is_accused(entry)]
    store.amend([released(entry, now) for entry in accused], now)
    _trust(store, feed, accused, now)


def _is_accused(entry: Entry) -> bool:
    return entry.hidden is not None and entry.hidden.code == QUARANTINE


def _trust(store: Store, feed: FeedState, entries: Sequence[Entry], now: datetime) -> None:
    """Learn that this is what the feed is like now."""
    traits = traits_of(
        [_as_published(entry) for entry in entries],
        maker=maker_of(feed.info.generator, feed.info.format),
        language=feed.info.language,
    )
    store.end_quarantine(feed.id, relearned(store.character(feed.id), traits, now))


def _as_published(entry: Entry) -> ParsedEntry:
    return ParsedEntry(
        link=entry.link,
        title=Content(value=entry.title, kind="text"),
        content=Content(value=entry.content or entry.summary),
        language=entry.language,
    )


def held_in(hidden: Mapping[str, int]) -> int:
    """Return how many hidden entries can be released."""
    return sum(count for code, count in hidden.items() if code in HELD)
