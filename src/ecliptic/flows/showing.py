"""The text of one entry, as it is or as it was."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.errors import UsageError
from ecliptic.flows.curating import one_entry
from ecliptic.store import Store


class EntryText(msgspec.Struct, frozen=True, kw_only=True):
    """A text of an entry, as markup; an earlier one was shown ``until`` a time."""

    uid: str
    link: str
    title: str
    summary: str
    content: str
    until: datetime | None = None


def show(store: Store, text: str, *, revision: int = 0) -> EntryText:
    """Return the text of the entry that ``text`` names, or that before the last so many edits.

    Raises ``UsageError`` when it names no entry or several, or that text is not kept.
    """
    entry = one_entry(store, text)
    if not revision:
        return EntryText(
            uid=entry.uid,
            link=entry.link,
            title=entry.title_html,
            summary=entry.summary,
            content=entry.content,
        )
    kept = store.revisions(entry.feed_id, entry.key)
    if revision > len(kept):
        raise UsageError(
            "entries.no_revision",
            f"{entry.uid} has {len(kept)} earlier texts in store: `ecliptic why {entry.uid}`",
        )
    old = kept[revision - 1]
    return EntryText(
        uid=entry.uid,
        link=entry.link,
        title=old.title,
        summary=old.summary,
        content=old.content,
        until=old.until,
    )
