"""What the operator decides about stored entries by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice

import msgspec

from ecliptic.decide import hidden_by_hand, is_merged, merged, shown_by_hand, split
from ecliptic.errors import UsageError
from ecliptic.model.amendment import Amendment
from ecliptic.model.codes import words
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_called
from ecliptic.store import Store


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
    """Show the entries that ``text`` stands for; raises ``UsageError`` when it is none.

    One that was merged into another is split from it.
    """
    for entry in _entries(store, text):
        if is_merged(entry):
            take_apart(store, entry.uid, now=now)
    return _rule(store, text, now, lambda entry: shown_by_hand(entry, now))


def merge(store: Store, into: str, other: str, *, now: datetime) -> list[EntryStands]:
    """Hide the entry that ``other`` names, as the same as the one that ``into`` names.

    Raises ``UsageError`` when a name is of no entry or of several, and when one of
    the two is merged already.
    """
    first, second = one_entry(store, into), one_entry(store, other)
    if first.uid == second.uid:
        raise UsageError("entries.same", f"{into!r} and {other!r} are one entry already")
    for entry in (first, second):
        if is_merged(entry) and entry.hidden is not None:
            raise UsageError(
                "entries.merged",
                f"{entry.uid} is merged into {entry.hidden.params['into']} already; "
                f"`ecliptic entries split {entry.uid}` undoes it",
            )
    change = merged(first, second, now)
    store.amend(change.amendments, now, aliases={first.feed_id: change.aliases})
    return _stand_now(store, [first.uid, second.uid])


def take_apart(store: Store, text: str, *, now: datetime) -> list[EntryStands]:
    """Undo that the entry which ``text`` names is one with another, by hand or by a rule.

    Raises ``UsageError`` when that is no entry or several, and when it is not so.
    """
    entry = one_entry(store, text)
    change = split(entry, store.aliases(entry.feed_id, entry.key), now)
    if not change.amendments:
        raise UsageError(
            "entries.not_merged",
            f"{entry.uid} was merged into no other entry, and came under no other id or link",
        )
    feed_id = entry.feed_id
    store.amend(
        change.amendments, now, aliases={feed_id: change.aliases}, wrong={feed_id: change.wrong}
    )
    return _stand_now(store, [entry.uid])


def stand(
    store: Store, *, hidden: bool, feed: str, expression: str, limit: int, now: datetime
) -> list[EntryStands]:
    """Return the newest entries that pages may show, or those ``hidden``, at most ``limit``.

    With an ``expression``, those of them that the filter takes; raises ``FilterError``.
    """
    feeds = {each.id: each for each in store.feeds()}
    chosen = named_feed(feeds.values(), feed).id if feed else 0
    if expression:
        from ecliptic.filters import And, Is, read  # noqa: PLC0415 - a run wakes entries, no more

        asked = str(And((read(expression), Is("hidden")))) if hidden else expression
        entries = store.find(asked, now=now, feed_id=chosen, shown=not hidden)
    else:
        entries = store.hidden(chosen) if hidden else store.newest(chosen)
    subscribed = (entry for entry in entries if entry.feed_id in feeds)
    return [_stands(entry, feeds) for entry in islice(subscribed, limit or None)]


def _rule(
    store: Store, text: str, now: datetime, rule: Callable[[Entry], Amendment]
) -> list[EntryStands]:
    entries = _entries(store, text)
    store.amend([rule(entry) for entry in entries], now)
    return _stand_now(store, [text])


def one_entry(store: Store, text: str) -> Entry:
    """Return the entry that ``text`` names; raises ``UsageError`` when it is none or several."""
    entries = _entries(store, text)
    if len(entries) > 1:
        names = ", ".join(entry.uid for entry in entries)
        raise UsageError(
            "entries.several", f"{text!r} stands for several entries; name one of them: {names}"
        )
    return entries[0]


def _entries(store: Store, text: str) -> list[Entry]:
    entries = store.look_up(text)
    if not entries:
        raise UsageError(
            "entries.unknown",
            f"no stored entry has {text!r} as its link or id; `ecliptic entries list` shows them",
        )
    # Others came under it as another id of theirs, or had it before they were merged.
    own = [entry for entry in entries if text in {entry.uid, entry.link, entry.id}]
    return own or entries


def _stand_now(store: Store, names: Iterable[str]) -> list[EntryStands]:
    feeds = {feed.id: feed for feed in store.feeds()}
    return [_stands(entry, feeds) for name in names for entry in store.look_up(name)]


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
