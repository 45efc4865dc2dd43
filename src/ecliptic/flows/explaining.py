"""Why an entry is on topic or off it, by the planet's model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from ecliptic.errors import UsageError
from ecliptic.flows.judging import need_model, open_judge
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.site import Site
from ecliptic.model.topic import Spoken
from ecliptic.store import Store
from ecliptic.topics.features import features_of
from ecliptic.topics.judge import Judge

_LEADING: Final = 40


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """Why an entry is judged as it is; no ``probability`` where too few words are known."""

    uid: str
    title: str
    feed: str
    probability: float | None
    words: tuple[Spoken, ...]


def explain(site: Site, store: Store, text: str) -> list[Explained]:
    """Tell the words that speak for and against the entries that ``text`` stands for."""
    judge = open_judge(need_model(site))
    feeds = {feed.id: feed for feed in store.feeds()}
    found = store.look_up(text)
    if not found:
        raise UsageError(
            "topics.unknown_entry",
            f"no stored entry has {text!r} as its link or id; `ecliptic entries list` shows them",
        )
    return [_explained(entry, feeds, judge) for entry in found]


def leanings(site: Site) -> tuple[Spoken, ...]:
    """Return the words that speak loudest in the planet's model."""
    return open_judge(need_model(site)).leanings(_LEADING)


def _explained(entry: Entry, feeds: Mapping[int, FeedState], judge: Judge) -> Explained:
    opinion = judge.opinion(features_of(entry, url_of(feeds, entry)), all_words=True)
    return Explained(
        uid=entry.uid,
        title=entry.title,
        feed=name_of(feeds, entry),
        probability=round(opinion.probability, 4) if opinion else None,
        words=opinion.words if opinion else (),
    )


def url_of(feeds: Mapping[int, FeedState], entry: Entry) -> str:
    """Return the address of an entry's feed, or nothing if that is not subscribed any more."""
    feed = feeds.get(entry.feed_id)
    return feed.url if feed else ""


def name_of(feeds: Mapping[int, FeedState], entry: Entry) -> str:
    """Return what an entry's feed is called, or nothing if that is not subscribed any more."""
    feed = feeds.get(entry.feed_id)
    return feed_name(feed) if feed else ""
