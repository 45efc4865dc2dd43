"""Names, addresses and ids as pages and feeds give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Person
from ecliptic.model.site import Site

# A scheme and something after it, without what no IRI may hold (RFC 3987, 2.2).
_IRI: Final = re.compile(r"""(?!https?:/*$)[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\x00-\x1f\x7f]+""")
_WEB: Final = re.compile(r"""https?://[^\s<>"\x00-\x20\x7f-\x9f]+""", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LIKE_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z][A-Za-z0-9]*;?")
_LONGEST_ID: Final = 2_000


def author_names(people: Iterable[Person]) -> str:
    """Return the names of an entry's authors, as one line."""
    return ", ".join(person.name for person in people if not is_blank(person.name))


def web_address(url: str) -> str:
    """Return ``url`` if it is of the web, else nothing: no other scheme is ever linked."""
    return url if _WEB.fullmatch(url) else ""


def language_tag(*candidates: str) -> str:
    """Return the first that has the form of a BCP 47 tag, or nothing."""
    return next((tag for tag in candidates if _LANGUAGE.fullmatch(tag)), "")


def rss_title(shown: Shown) -> str:
    """Return "source: title", as RSS has it, where no one knows if a title is text or markup.

    Plain text reads alike in both ways, unless it looks like markup; only then
    it is escaped, as most readers take titles for markup.
    """
    source, title = feed_name(shown.feed), shown.entry.title
    text = source if is_blank(title) else f"{source}: {title}"
    return escape(text, quote=False) if is_like_markup(text) else text


def is_like_markup(text: str) -> bool:
    """Whether plain text would be read as markup by who expects that."""
    return _LIKE_MARKUP.search(text) is not None


def sorting_key(name: str) -> str:
    """Return what a name is sorted by: its letters without accents, large and small alike."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def feed_link(feed: FeedState) -> str:
    """Return the address of the site behind a feed, or nothing."""
    return web_address(feed.link) or web_address(feed.info.link)


def feed_iri(feed: FeedState) -> str:
    """Return the feed's own id if it is one, else its address on the web, else a UUID."""
    if is_iri(feed.info.id):
        return feed.info.id
    return web_address(feed.url) or uuid5(NAMESPACE_URL, f"feed:{feed.url}").urn


def planet_iri(site: Site) -> str:
    """Return what identifies the planet: its address, else a UUID made of its name."""
    return web_address(site.link) or uuid5(NAMESPACE_URL, f"planet:{site.name}").urn


def page_address(site: Site, path: str) -> str:
    """Return the absolute address of one of our pages, or nothing if the planet's is not known."""
    base = web_address(site.link)
    if not base:
        return ""
    return base.removesuffix("index.html").rstrip("/") + "/" + path


def hub_address(site: Site) -> str:
    """Return the hub that our feeds name: none without an address of their own to follow."""
    return web_address(site.hub) if web_address(site.link) else ""


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
        if _is_id(shown.entry.id) and owners[shown.entry.id] is shown
        else uuid5(NAMESPACE_URL, f"entry:{shown.feed.url}#{shown.entry.uid}").urn
        for shown in entries
    ]


def entry_iris(entries: Sequence[Shown]) -> list[str]:
    """Return an id for each entry that is an IRI, none of them twice."""
    return [
        found if is_iri(found) else uuid5(NAMESPACE_URL, f"id:{shown.feed.url}#{found}").urn
        for found, shown in zip(entry_ids(entries), entries, strict=True)
    ]


def _is_id(text: str) -> bool:
    return text.isprintable() and not text.isspace() and text != ""


def _age(shown: Shown) -> tuple[object, int, str]:
    return (shown.entry.first_seen_at, shown.feed.position, shown.entry.uid)
