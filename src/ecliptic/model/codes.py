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
    "decide.dated_later": "dated {date}, still to come then: it stands where it was first seen",
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

PUBLISH: Final = {
    "publish.bad_path": "the site cannot have a file {path!r}: a path is relative, without '..' "
    "and control characters, and each name in it has at most 255 bytes",
    "publish.path_conflict": "{path!r} cannot be a page: {inside!r} needs a folder of that name",
    "publish.unlisted_path": "{path!r} was rendered and is not a page of this site",
    "publish.no_space": "no room left to write the site at {where} ({detail}); the old site "
    "stays. Free some space, or choose another output folder, and run again",
    "publish.too_large": "{path} is larger than a file may be here ({detail}); the old site "
    "stays. Raise the limit (ulimit -f) and run again",
    "publish.not_permitted": "not permitted to write {path} ({detail}); the old site stays. Let "
    "the user who runs this write there, or choose another output folder",
    "publish.read_only": "{path} is on a disk that is mounted read-only; the old site stays. "
    "Choose another output folder",
    "publish.in_the_way": "something that is not ours stands in the way at {path} ({detail}); "
    "the old site stays. Move it away, or choose another output folder",
    "publish.link_in_the_way": "{path} is a link, and our files would leave the site through it. "
    "Remove the link, or choose another output folder",
    "publish.is_links": "{path} is a link to a generation, and a plain folder is asked for. "
    'Remove the link and run again, or use publish_as = "links"',
    "publish.no_links": "{path} cannot become a link: a folder with files or a mounted volume is "
    'there, or the file system has no links. Move it away, or use publish_as = "folder"',
    "publish.failed": "cannot write {path}: {detail}; the old site stays",
}

WORDS: Final[Mapping[str, str]] = {**FETCH, **PARSE, **DECIDE, **CLEAN, **SELECT, **PUBLISH}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def words(code: str, params: Mapping[str, object] | None = None) -> str:
    """Return the sentence for ``code``; an unknown code is returned as it is."""
    return WORDS.get(code, code).format_map(_Blank(params or {}))
