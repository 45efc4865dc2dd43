"""A channel or playlist on YouTube, each film with its player, which loads when it is opened.

An address with a handle (``/@name``) does not say which channel it is; the page
at it names the feed, and is left to do so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final

from msgspec.structs import replace

from ecliptic.documents import parse
from ecliptic.plugins import Content, Document, ParsedEntry, ParsedFeed, Source

_PATTERN: Final = (
    r"https?://(?:www\.|m\.)?youtube\.com/(?:"
    r"channel/(?P<channel>UC[\w-]{22})(?:/[a-z]*)?(?:[?#].*)?"
    r"|playlist\?(?:.*&)?list=(?P<playlist>[\w-]+)(?:[&#].*)?"
    r"|feeds/videos\.xml\?.+)"
)
_FILM: Final = re.compile(r"yt:video:([\w-]{1,20})")
_blank_lines = re.compile(r"\n\s*\n")


def register_sources() -> Iterable[Source]:
    """Give the source of channels and playlists."""
    return (Source(pattern=_PATTERN, rewrite=feed_address, read=read),)


def feed_address(address: str, now: datetime) -> str:
    """Return the address of the Atom feed that YouTube has for a channel or playlist."""
    del now
    found = re.fullmatch(_PATTERN, address)
    for key in ("channel", "playlist"):
        if found is not None and found[key]:
            return f"https://www.youtube.com/feeds/videos.xml?{key}_id={found[key]}"
    return address


def read(document: Document) -> ParsedFeed:
    """Read the feed as any other, and put the player before each description."""
    feed = parse(document.body, url=document.url, headers={"content-type": document.content_type})
    return replace(feed, entries=tuple(map(_with_player, feed.entries)))


def _with_player(entry: ParsedEntry) -> ParsedEntry:
    film = _FILM.fullmatch(entry.id)
    if film is None:
        return entry
    title = escape(entry.title.value if entry.title else "")
    player = (
        f'<iframe src="https://www.youtube-nocookie.com/embed/{film[1]}" title="{title}"'
        " allowfullscreen></iframe>"
    )
    said = entry.content or entry.summary
    body = Content(value=player + _markup_of(said), base=entry.link)
    return replace(entry, content=body, summary=None)


def _markup_of(said: Content | None) -> str:
    """Return a description as markup; what is plain text keeps its paragraphs and lines."""
    if said is None or said.kind == "html":
        return said.value if said else ""
    parts = _blank_lines.split(said.value.replace("\r\n", "\n").strip())
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)
