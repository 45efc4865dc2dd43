"""Why something is, or is not, on the page: every stored decision in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from ecliptic.decide import duplicates, skip_reason
from ecliptic.flows.faced import FaceAnswer, face_of
from ecliptic.flows.said import Said, said, told
from ecliptic.flows.shown import newest_shown
from ecliptic.flows.standing import signs_of
from ecliptic.flows.whereabouts import Whereabouts
from ecliptic.model.codes import words
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import Check, FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.naming import feed_name, is_called
from ecliptic.model.page import Selection, Shown
from ecliptic.model.site import Site
from ecliptic.model.twin import AlsoAt
from ecliptic.select import front_page, window
from ecliptic.store import Store


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier text of an entry: shown until a time, of so many characters."""

    until: datetime
    size: int


class EntryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entry stands and how it came there; ``rank`` on the front page counts from 1.

    ``pages`` are the paths of the pages and output feeds that show it.
    ``also_at`` names the feeds whose copies of it are not shown.
    ``aliases`` say by which other ids or links it came, and ``edits`` what its author changed.
    """

    uid: str
    title: str
    link: str
    id: str
    feed: str
    feed_url: str
    published: datetime | None
    shown_at: datetime
    first_seen_at: datetime
    rank: int
    pages: tuple[str, ...]
    also_at: tuple[str, ...]
    verdict: Said
    history: tuple[Said, ...]
    aliases: tuple[Said, ...] = ()
    edits: tuple[Edit, ...] = ()


class FeedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How a feed stands: its last check, the next one, and what became of its entries.

    ``identity`` says why its entries are known by less than their ids, or are again by them;
    ``signs`` say that it is in quarantine, dead, silent or inactive.
    """

    url: str
    name: str
    entries: int
    on_front_page: int
    hidden: tuple[Said, ...]
    verdict: Said
    next_check: Said
    succeeded_at: datetime | None
    moved: Said | None
    signs: tuple[Said, ...]
    duplicates: tuple[Said, ...]
    identity: Said | None
    face: FaceAnswer
    checks: tuple[Check, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the address or id asked for; both empty when nothing is."""

    entries: tuple[EntryAnswer, ...] = ()
    feeds: tuple[FeedAnswer, ...] = ()


def why(site: Site, store: Store, text: str, *, now: datetime) -> Answer:
    """Explain what ``text`` names: an entry by link or id, a feed by address or name."""
    feeds = {feed.id: feed for feed in store.feeds()}
    selection = front_page(site)
    front = window(newest_shown(store, feeds, selection), selection)
    found = store.look_up(text)
    copies = store.twins().also_at(found)
    places = Whereabouts(site, store, feeds)
    entries = [
        _entry(
            entry,
            feeds,
            front,
            site,
            store,
            copies=copies.get(entry.uid, ()),
            pages=places.of(entry),
        )
        for entry in found
    ]
    named = [feed for feed in feeds.values() if is_called(feed, text)]
    twice = duplicates(feeds.values(), store.share_entries, now) if named else []
    signs = signs_of(site, store, named, now) if named else {}
    return Answer(
        entries=tuple(entries),
        feeds=tuple(
            _feed(feed, store, front, twice, now, signs=signs, face=face_of(site, store, feed))
            for feed in named
        ),
    )


def _entry(
    entry: Entry,
    feeds: dict[int, FeedState],
    front: Sequence[Shown],
    site: Site,
    store: Store,
    *,
    copies: Iterable[AlsoAt],
    pages: tuple[str, ...],
) -> EntryAnswer:
    feed = feeds.get(entry.feed_id)
    rank = next((n for n, shown in enumerate(front, 1) if shown.entry.uid == entry.uid), 0)
    return EntryAnswer(
        uid=entry.uid,
        title=entry.title,
        link=entry.link,
        id=entry.id,
        feed=feed_name(feed) if feed else "",
        feed_url=feed.url if feed else "",
        published=entry.published,
        shown_at=entry.shown_at,
        first_seen_at=entry.first_seen_at,
        rank=rank,
        pages=pages,
        also_at=tuple(dict.fromkeys(feed_name(feeds[copy.feed_id]) for copy in copies)),
        verdict=_where(entry, feed, rank, front, front_page(site)),
        history=tuple(said(note) for note in entry.notes),
        aliases=tuple(said(alias.reason) for alias in store.aliases(entry.feed_id, entry.key)),
        edits=tuple(
            Edit(until=old.until, size=old.size)
            for old in store.revisions(entry.feed_id, entry.key)
        ),
    )


def _where(
    entry: Entry,
    feed: FeedState | None,
    rank: int,
    front: Sequence[Shown],
    selection: Selection,
) -> Said:
    """Say where the entry is shown, or the first rule that keeps it away."""
    if feed is None:
        return told("select.unsubscribed")
    if entry.hidden is not None:
        return said(entry.hidden)
    if feed.hidden_feed:
        return told("select.hidden_feed")
    if rank:
        return told("select.front_page", rank=rank, of=len(front))
    return _outside(entry, feed, front, selection)


def _outside(entry: Entry, feed: FeedState, front: Sequence[Shown], selection: Selection) -> Said:
    """Say which rule of the front page's window leaves out an entry that may be shown."""
    newest = front[0].entry.shown_at if front else entry.shown_at
    if selection.days and newest - entry.shown_at > timedelta(seconds=86_400 * selection.days):
        return told("select.days", days=selection.days)
    of_feed = sum(shown.feed.id == feed.id for shown in front)
    if selection.feed_items and of_feed >= selection.feed_items:
        return told("select.feed_items", limit=selection.feed_items)
    return told("select.items", limit=selection.limit)


def _feed(
    feed: FeedState,
    store: Store,
    front: Sequence[Shown],
    twice: Sequence[Duplicate],
    now: datetime,
    *,
    signs: Mapping[int, Reason],
    face: FaceAnswer,
) -> FeedAnswer:
    fetch = feed.fetch
    if fetch.checked_at is None:
        verdict = told("fetch.never")
    elif fetch.code:
        verdict = Said(
            code=fetch.code, words=words(fetch.code, {"detail": fetch.detail}), at=fetch.checked_at
        )
    else:
        verdict = Said(code="fetch.ok", words=words("fetch.ok"), at=fetch.succeeded_at)
    hidden = tuple(
        Said(code=code, words=words(f"{code}.count", {"count": count}))
        for code, count in sorted(feed.hidden.items())
    )
    return FeedAnswer(
        url=feed.url,
        name=feed_name(feed),
        entries=feed.entries,
        on_front_page=sum(shown.feed.id == feed.id for shown in front),
        hidden=hidden,
        verdict=verdict,
        next_check=_next_check(feed, now),
        succeeded_at=fetch.succeeded_at,
        moved=said(moved) if (moved := fetch.move.told()) else None,
        signs=tuple(said(sign) for sign in (feed.quarantine, signs.get(feed.id)) if sign),
        duplicates=tuple(said(found.reason) for found in twice if found.feed_id == feed.id),
        identity=said(reason) if (reason := store.memory(feed.id).reason) else None,
        face=face,
        checks=tuple(store.checks(feed.id)),
    )


def _next_check(feed: FeedState, now: datetime) -> Said:
    waiting = skip_reason(feed, now)
    if waiting is None:
        return told("decide.next_run")
    until = f"{feed.fetch.next_at:%Y-%m-%d %H:%M} UTC" if feed.fetch.next_at else ""
    return said(replace(waiting, params={**waiting.params, "until": until}))
