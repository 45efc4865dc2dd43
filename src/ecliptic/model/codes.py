"""Every code a decision or failure can carry, and its words.

Codes are ``stage.reason``, stable, and stored; the words are looked up only
when a person reads them. ``{name}`` in the words is filled from the reason's
params or, for a failure, from its ``detail``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FETCH: Final = {
    "fetch.never": "not asked yet",
    "fetch.ok": "fetched",
    "fetch.not_modified": "not modified since the last check",
    "fetch.same_body": "fetched, the same bytes as last time",
}

PARSE: Final = {
    "parse.not_a_feed": "the document is not a feed: {detail}",
    "parse.timeout": "reading the document took longer than {detail} and was stopped",
    "parse.crash": "the reader of the document stopped: {detail}",
}

DECIDE: Final = {
    "decide.first_seen": "first seen in this feed",
    "decide.undated": "the feed gives it no date: it stands at the time it was first seen",
    "decide.dated_later": "dated {date}, which was still to come: it stands where it was first seen",
    "decide.changed": "the author changed it; it keeps its place",
    "decide.back_catalogue": "came with {count} entries at the feed's first fetch, of which only "
    "the newest {limit} are shown (new_feed_items)",
    "decide.back_catalogue.count": "{count} from before the feed was added (new_feed_items)",
    "decide.next_run": "at the next run",
    "decide.paused": "the feed is paused in the configuration",
    "decide.wait": "the server asked us not to come back before {until}",
    "decide.gone": "the server said that the feed is gone for good; asked again after {until}",
}

CLEAN: Final = {
    "clean.escaped": "shown as plain text: {detail}",
}

SELECT: Final = {
    "select.front_page": "on the front page, number {rank} of {of}",
    "select.unsubscribed": "its feed is not subscribed any more",
    "select.hidden_feed": "its feed is hidden in the configuration",
    "select.same_entry": "the front page shows the same entry from {feed}",
    "select.days": "older than the {days} days before the newest entry (days_per_page)",
    "select.feed_items": "its feed has {limit} newer entries on the front page (feed_items)",
    "select.items": "older than the {limit} entries of the front page (items_per_page)",
}

WORDS: Final[Mapping[str, str]] = {**FETCH, **PARSE, **DECIDE, **CLEAN, **SELECT}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def words(code: str, params: Mapping[str, object] | None = None) -> str:
    """Return the sentence for ``code``; an unknown code is returned as it is."""
    return WORDS.get(code, code).format_map(_Blank(params or {}))
