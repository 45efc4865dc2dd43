"""What an output feed says of itself: the planet's, or that of a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import msgspec

from ecliptic.model.page import OUTPUT_FEEDS, Page, Shown, Stream
from ecliptic.model.site import Site
from ecliptic.render.naming import hub_address, page_address, planet_iri


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A stream of entries: what it is called, what identifies it, and where it stands.

    ``home`` is the address of its page and ``address`` that of the feed itself, ``""``
    while the planet's is not known; ``iri`` is never empty. ``hub`` is told when it changes.
    ``archive`` has the addresses of other documents by link relation (RFC 5005, section 4), and
    one that ``is_archived`` is of that archive itself.
    """

    title: str
    description: str
    iri: str
    home: str
    address: str
    hub: str
    is_archived: bool = False
    archive: Mapping[str, str] = {}


def publication(site: Site, page: Page) -> Publication:
    """Return what the feed of a page says of itself."""
    address = page_address(site, page.path)
    stream = page.stream
    if stream is None:
        return Publication(
            title=site.name,
            description=site.description,
            iri=planet_iri(site),
            home=page_address(site, ""),
            address=address,
            hub="" if page.stretch else hub_address(site),
            is_archived=page.stretch is not None,
            archive=_archive(site, page),
        )
    home = page_address(site, stream.home.removesuffix("index.html"))
    return Publication(
        title=stream_title(site, stream),
        description=site.description,
        iri=home or uuid5(NAMESPACE_URL, f"planet:{site.name}/{stream.folder}").urn,
        home=home,
        address=address,
        hub=hub_address(site) if stream.pushed else "",
    )


def _archive(site: Site, page: Page) -> dict[str, str]:
    """Return the addresses of the documents before and after this one, and of the newest."""
    if page.stretch is None:
        return {"prev-archive": page_address(site, page.older)} if page.older else {}
    earlier, later = page.stretch.earlier, page.stretch.later
    return {
        "current": page_address(site, OUTPUT_FEEDS["atom"]),
        **({"prev-archive": page_address(site, earlier.path)} if earlier else {}),
        **({"next-archive": page_address(site, later.path)} if later else {}),
    }


def stream_title(site: Site, stream: Stream) -> str:
    """Return what the page and the feeds of a stream are called."""
    return f"{stream.name} — {site.name}"


def is_pushed(page: Page) -> bool:
    """Whether the planet's hub is told when an output feed changes."""
    return page.stream.pushed if page.stream else page.stretch is None


def changed_at_of(page: Page, entries: Sequence[Shown], latest: datetime | None) -> datetime | None:
    """Return when a stream changed last: as it is marked, else when an entry came or changed.

    It was not after the planet did, ``latest``, whatever the dates of entries say.
    """
    if page.mark:
        return page.changed_at
    times = [
        max(shown.entry.first_seen_at, shown.entry.updated or shown.entry.first_seen_at)
        for shown in entries
    ]
    return min(max(times), latest or max(times)) if times else None
