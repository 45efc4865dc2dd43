"""What each field of an entry is read from, best first, and where that stands in one entry.

The entries of a feed are alike: they have the same elements in the same order, and so
have those of other feeds made by the same software. So what an entry has is looked for
once for each order of tags, not once for each entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final, Generic, TypeVar

import msgspec
from msgspec.structs import astuple

from ecliptic.parse.names import Names

MAX_REPEATED: Final = 300
"""The most elements of one name that are read in one entry or feed."""

_MAX_LAYOUTS: Final = 2_000
_MAX_TAGS: Final = 100
_MAX_LENGTH: Final = 5_000

GEOGRAPHY: Final = (
    "georss:point", "georss:line", "georss:polygon", "georss:box", "georss:where",
    "geo:point", "geo:lat", "gml:point",
)  # fmt: skip
COMMENT_COUNTS: Final = ("slash:comments", "thr:total")
EPISODES: Final = (
    "itunes:episode", "podcast:episode", "itunes:season", "podcast:season",
    "itunes:episodetype", "itunes:explicit", "podcast:soundbite",
)  # fmt: skip

Place = TypeVar("Place", str, int)


class Shape(msgspec.Struct, Generic[Place], frozen=True, gc=False):
    """For each field of an entry where it stands, best first: by name, or by place."""

    titles: tuple[Place, ...]
    bodies: tuple[Place, ...]
    summaries: tuple[Place, ...]
    published: tuple[Place, ...]
    updated: tuple[Place, ...]
    identifiers: tuple[Place, ...]
    authors: tuple[Place, ...]
    creators: tuple[Place, ...]
    hosts: tuple[Place, ...]
    contributors: tuple[Place, ...]
    categories: tuple[Place, ...]
    links: tuple[Place, ...]
    implied_links: tuple[Place, ...]
    pages: tuple[Place, ...]
    groups: tuple[Place, ...]
    enclosures: tuple[Place, ...]
    thumbnails: tuple[Place, ...]
    images: tuple[Place, ...]
    durations: tuple[Place, ...]
    languages: tuple[Place, ...]
    rights: tuple[Place, ...]
    licenses: tuple[Place, ...]
    comments: tuple[Place, ...]
    sources: tuple[Place, ...]
    extras: tuple[Place, ...]


PREFERENCES: Final = Shape[str](
    titles=("title", "atom:title", "dc:title", "media:title", "itunes:title"),
    bodies=(
        "content:encoded", "atom:content", "xhtml:body", "xhtml:div", "body", "fullitem",
        "content:item",
    ),
    summaries=(
        "description", "atom:summary", "abstract", "dc:description", "dcterms:abstract",
        "itunes:summary", "googleplay:description", "itunes:subtitle", "media:description",
        "media:text",
    ),
    published=(
        "pubdate", "atom:published", "atom:issued", "dcterms:issued", "dc:date", "dcterms:date",
        "dcterms:created", "atom:created", "atom:pubdate", "published", "date",
    ),
    updated=("atom:updated", "atom:modified", "dcterms:modified", "updated", "lastbuilddate"),
    identifiers=("guid", "atom:id"),
    authors=("atom:author", "author"),
    creators=("dc:creator", "dc:author"),
    hosts=("itunes:author", "googleplay:author"),
    contributors=("atom:contributor", "dc:contributor", "podcast:person"),
    categories=(
        "category", "dc:subject", "categories", "atom:category", "media:category",
        "itunes:category", "itunes:keywords", "media:keywords",
    ),
    links=("atom:link", "link"),
    implied_links=(
        "wfw:commentrss", "podcast:transcript", "podcast:chapters", "podcast:funding",
        "thr:in-reply-to",
    ),
    pages=("feedburner:origlink", "link"),
    groups=("media:group", "media:content"),
    enclosures=("enclosure", "media:content", "podcast:alternateenclosure"),
    thumbnails=("itunes:image", "googleplay:image", "podcast:image", "media:thumbnail"),
    images=("image", "podcast:images", "atom:logo", "logo"),
    durations=("itunes:duration",),
    languages=("dc:language", "language"),
    rights=(
        "dc:rights", "dcterms:rights", "atom:rights", "atom:copyright", "copyright",
        "media:copyright", "cc:license",
    ),
    licenses=("cc:license", "podcast:license"),
    comments=("comments",),
    sources=("source", "atom:source"),
    extras=(*GEOGRAPHY, *COMMENT_COUNTS, *EPISODES, "source:markdown"),
)  # fmt: skip
"""What gives each field of an entry, best first."""

_WANTED: Final = astuple(PREFERENCES)
_FIELDS_OF: Final = {
    name: tuple(field for field, wanted in enumerate(_WANTED) if name in wanted)
    for name in chain.from_iterable(_WANTED)
}
"""The same by name: which fields, as numbers, an element of that name can give."""


class Layout:
    """Which elements stand where: the names of some siblings, their places, and what those give."""

    __slots__ = ("names", "places", "shape")

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.places: dict[str, list[int]] = {}
        for place, name in enumerate(self.names):
            if name not in self.places:
                self.places[name] = [place]
            elif len(self.places[name]) < MAX_REPEATED:
                self.places[name].append(place)
        self.shape = self._shape()

    def _shape(self) -> Shape[int]:
        fields: list[tuple[int, ...]] = [()] * len(_WANTED)
        for name, places in self.places.items():
            for field in _FIELDS_OF.get(name, ()):
                fields[field] = self.at(*_WANTED[field]) if fields[field] else tuple(places)
        return Shape(*fields)

    def at(self, *names: str) -> tuple[int, ...]:
        """Return where elements of these names stand: those of the first name, then of the next."""
        places = self.places
        if places.keys().isdisjoint(names):
            return ()
        return tuple([place for name in names if name in places for place in places[name]])


class Layouts(dict[tuple[str, ...], Layout]):
    """The layout for the tags of some siblings, each worked out once."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, tags: tuple[str, ...]) -> Layout:
        layout = Layout([self.names[tag] for tag in tags])
        # They outlive the document, which may be hostile.
        if len(tags) <= _MAX_TAGS and sum(map(len, map(str, tags))) <= _MAX_LENGTH:
            if len(self) == _MAX_LAYOUTS:
                self.clear()
            self[tags] = layout
        return layout


@lru_cache(maxsize=4)
def layouts_for(default: str, own: str) -> Layouts:
    """Return the layouts of documents of one kind, which share them; see ``Names``."""
    return Layouts(Names(default, own))
