"""What an output feed says of itself: the planet's, or that of one of its filters."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

import msgspec

from ecliptic.model.page import Page
from ecliptic.model.site import Channel, Site
from ecliptic.render.naming import page_address, planet_iri


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A stream of entries: what it is called, what identifies it, and where it stands.

    ``home`` is the address of its page and ``address`` that of the feed itself, ``""``
    while the planet's is not known; ``iri`` is never empty.
    """

    title: str
    description: str
    iri: str
    home: str
    address: str


def publication(site: Site, page: Page) -> Publication:
    """Return what the feed of a page says of itself."""
    address = page_address(site, page.path)
    if page.channel is None:
        return Publication(
            title=site.name,
            description=site.description,
            iri=planet_iri(site),
            home=page_address(site, ""),
            address=address,
        )
    home = page_address(site, f"{page.channel.path}/")
    return Publication(
        title=channel_title(site, page.channel),
        description=site.description,
        iri=home or uuid5(NAMESPACE_URL, f"planet:{site.name}/{page.channel.path}").urn,
        home=home,
        address=address,
    )


def channel_title(site: Site, channel: Channel) -> str:
    """Return what the page and the feeds of a filter are called."""
    return f"{channel.name} — {site.name}"
