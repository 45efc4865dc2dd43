"""Names, addresses and ids as pages and feeds give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from ecliptic.model.feed import FeedState
from ecliptic.model.page import Shown
from ecliptic.model.site import Site

# A scheme and something after it, without what no IRI may hold (RFC 3987, 2.2).
_IRI: Final = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\x00-\x1f\x7f]+""")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST_ID: Final = 2_000


def web_address(url: str) -> str:
    """Return ``url`` if it is of the web, else nothing: no other scheme is ever linked."""
    return url if url[:8].lower().startswith(("http://", "https://")) else ""


def language_tag(*candidates: str) -> str:
    """Return the first that has the form of a BCP 47 tag, or nothing."""
    return next((tag for tag in candidates if _LANGUAGE.fullmatch(tag)), "")


def feed_name(feed: FeedState) -> str:
    """Return the operator's name for a feed, else its own title, else its host."""
    return feed.name.strip() or feed.info.title.strip() or _host(feed.url) or feed.url


def feed_link(feed: FeedState) -> str:
    """Return the address of the site behind a feed, or nothing."""
    return web_address(feed.link) or web_address(feed.info.link)


def feed_iri(feed: FeedState) -> str:
    """Return the feed's own id if it is one, else its address."""
    return feed.info.id if is_iri(feed.info.id) else feed.url


def planet_iri(site: Site) -> str:
    """Return what identifies the planet: its address, else a UUID made of its name."""
    return web_address(site.link) or uuid5(NAMESPACE_URL, f"planet:{site.name}").urn


def page_address(site: Site, path: str) -> str:
    """Return the absolute address of one of our pages, or nothing if the planet's is not known."""
    base = web_address(site.link)
    if not base:
        return ""
    return base.removesuffix("index.html").rstrip("/") + "/" + path


def is_iri(text: str) -> bool:
    """Whether ``text`` can stand as an Atom id (RFC 4287, 4.2.6)."""
    return len(text) <= _LONGEST_ID and _IRI.fullmatch(text) is not None


def entry_ids(entries: Sequence[Shown]) -> list[str]:
    """Return an id for each entry, none of them twice (RFC 4287, 4.1.1).

    It is the author's own where there is one. Of several feeds that claim one
    id for different entries, the one seen first has it: no feed can take over
    the entry of another.
    """
    owners: dict[str, Shown] = {}
    for shown in entries:
        owner = owners.setdefault(shown.entry.id, shown)
        if _age(shown) < _age(owner):
            owners[shown.entry.id] = shown
    return [
        shown.entry.id
        if shown.entry.id and owners[shown.entry.id] is shown
        else uuid5(NAMESPACE_URL, f"entry:{shown.feed.url}#{shown.entry.uid}").urn
        for shown in entries
    ]


def entry_iris(entries: Sequence[Shown]) -> list[str]:
    """Return an id for each entry that is an IRI, none of them twice."""
    return [
        found if is_iri(found) else uuid5(NAMESPACE_URL, f"id:{shown.feed.url}#{found}").urn
        for found, shown in zip(entry_ids(entries), entries, strict=True)
    ]


def _age(shown: Shown) -> tuple[object, int, str]:
    return (shown.entry.first_seen_at, shown.feed.position, shown.entry.uid)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return ""
