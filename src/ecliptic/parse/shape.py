"""What each field of an entry is read from, best first, and which of that one entry has.

The entries of a feed are alike: they have the same elements in the same order.
So the preferences are compared with an entry's names once a kind, not once an entry.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec
from msgspec.structs import astuple


class Shape(msgspec.Struct, frozen=True, gc=False):
    """For each field the names that can give it, best first."""

    titles: tuple[str, ...] = ("title", "atom:title", "dc:title", "media:title", "itunes:title")
    bodies: tuple[str, ...] = (
        "content:encoded", "atom:content", "xhtml:body", "xhtml:div", "body", "fullitem",
        "content:item",
    )  # fmt: skip
    summaries: tuple[str, ...] = (
        "description", "atom:summary", "abstract", "dc:description", "dcterms:abstract",
        "itunes:summary", "googleplay:description", "itunes:subtitle", "media:description",
        "media:text",
    )  # fmt: skip
    published: tuple[str, ...] = (
        "pubdate", "atom:published", "atom:issued", "dcterms:issued", "dc:date", "dcterms:date",
        "dcterms:created", "atom:created", "atom:pubdate", "published", "date",
    )  # fmt: skip
    updated: tuple[str, ...] = (
        "atom:updated", "atom:modified", "dcterms:modified", "updated", "lastbuilddate",
    )  # fmt: skip
    identifiers: tuple[str, ...] = ("guid", "atom:id")
    authors: tuple[str, ...] = ("atom:author", "author")
    creators: tuple[str, ...] = ("dc:creator",)
    hosts: tuple[str, ...] = ("itunes:author", "googleplay:author")
    contributors: tuple[str, ...] = ("atom:contributor", "dc:contributor", "podcast:person")
    categories: tuple[str, ...] = (
        "category", "dc:subject", "categories", "atom:category", "media:category",
        "itunes:category", "itunes:keywords", "media:keywords",
    )  # fmt: skip
    links: tuple[str, ...] = ("atom:link", "link")
    implied_links: tuple[str, ...] = (
        "wfw:commentrss", "podcast:transcript", "podcast:chapters", "podcast:funding",
        "thr:in-reply-to",
    )  # fmt: skip
    pages: tuple[str, ...] = ("feedburner:origlink", "link")
    groups: tuple[str, ...] = ("media:group", "media:content")
    enclosures: tuple[str, ...] = ("enclosure", "media:content", "podcast:alternateenclosure")
    thumbnails: tuple[str, ...] = (
        "itunes:image", "googleplay:image", "podcast:image", "media:thumbnail",
    )  # fmt: skip
    images: tuple[str, ...] = ("image", "podcast:images", "atom:logo", "logo")
    durations: tuple[str, ...] = ("itunes:duration",)
    languages: tuple[str, ...] = ("dc:language", "language")
    rights: tuple[str, ...] = (
        "dc:rights", "dcterms:rights", "atom:rights", "atom:copyright", "copyright",
        "media:copyright", "cc:license",
    )  # fmt: skip
    licenses: tuple[str, ...] = ("cc:license", "podcast:license")
    comments: tuple[str, ...] = ("comments",)
    sources: tuple[str, ...] = ("source", "atom:source")

    # Readers that look for several of these are called when there is any.
    all_links: tuple[str, ...] = links + implied_links
    people: tuple[str, ...] = authors + creators + hosts
    terms: tuple[str, ...] = rights + licenses
    rare: tuple[str, ...] = contributors + thumbnails + images + sources


PREFERENCES: Final = Shape()


@lru_cache(maxsize=512)
def shape_of(names: tuple[str, ...]) -> Shape:
    """Return the preferences that an entry with these names can meet."""
    is_there = frozenset(names).__contains__
    return Shape(*(tuple(filter(is_there, wanted)) for wanted in astuple(PREFERENCES)))
