"""What a feed is called, wherever it is named."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from ecliptic.model.entry import FeedInfo
from ecliptic.model.feed import FeedState

# Spaces, controls, half surrogate pairs, and what only steers the characters beside it ...
_UNSEEN_KINDS: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# ... and letters that fill a place with nothing, a blank Braille cell, variation selectors.
_UNSEEN: Final = frozenset("\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0\ufffe\uffff")


def feed_name(feed: FeedState) -> str:
    """Return the operator's name for a feed, else its own title, else its host or file."""
    names = (feed.name.strip(), feed.info.title.strip(), host_of(feed.url), _file_of(feed.url))
    return next((name for name in names if not is_blank(name)), feed.url)


def is_called(feed: FeedState, text: str) -> bool:
    """Whether ``text`` is an address of the feed, the link of its site or its name."""
    return text in {feed.url, feed.asked_url, feed.info.link, feed_name(feed)}


def _file_of(url: str) -> str:
    """Return the name of a file without where it lies, or nothing for other addresses."""
    return unquote(url.rpartition("/")[2]) if url.startswith("file:") else ""


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` would be seen."""
    if text[:1].isascii() and text[:1].isalnum():  # as nearly all are
        return False
    return all(mark in _UNSEEN or unicodedata.category(mark) in _UNSEEN_KINDS for mark in text)


def host_of(url: str) -> str:
    """Return the host of an address without ``www.``, or nothing."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return ""


class FeedFacts(msgspec.Struct, frozen=True):
    """The names and addresses of a feed, and the language of entries that name none."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    language: str = ""


def facts_of(feed: FeedState) -> FeedFacts:
    """Return the facts of a stored feed."""
    return FeedFacts(
        names=_distinct(feed_name(feed), feed.name, feed.info.title),
        addresses=_distinct(feed.url, feed.asked_url, feed.link or feed.info.link),
        language=feed.info.language,
    )


def facts_after(facts: FeedFacts, info: FeedInfo) -> FeedFacts:
    """Return the facts of a feed whose document has just been read."""
    return FeedFacts(
        names=_distinct(*facts.names, info.title),
        addresses=_distinct(*facts.addresses, info.link),
        language=info.language or facts.language,
    )


def _distinct(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
