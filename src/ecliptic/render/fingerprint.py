"""What a page's bytes depend on, in few bytes."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from ecliptic import __version__
from ecliptic.model.feed import FeedState
from ecliptic.model.outline import Outline
from ecliptic.model.site import Site

encode: Final = msgspec.json.Encoder(order="deterministic").encode
"""Write values alike in every process."""


def face_of(feed: FeedState) -> tuple[object, ...]:
    """Return what pages show of a feed, however its last check went."""
    info = msgspec.structs.replace(feed.info, problems=(), hub="", topic="")
    return (feed.id, feed.position, feed.url, feed.name, feed.link, feed.extra, info, feed.face)


def hash_of(*parts: object) -> bytes:
    """Return a hash of values, alike in every process."""
    return blake2b(encode(parts), digest_size=12).digest()


def shown_of(site: Site) -> tuple[object, ...]:
    """Return what pages show of the settings; where files lie is not part of it."""
    return (
        site.name, site.link, site.hub, site.description, site.language, site.owner_name,
        site.owner_email, site.timezone, site.date_format, site.day_format,
        site.activity_threshold, site.extra, site.dialect,
        [(channel.path, channel.name) for channel in site.channels], site.archive,
        site.search, site.browse, site.faces, site.entry_pages, site.entry_index, site.images,
    )  # fmt: skip


def told_of(pages: Outline) -> list[tuple[object, object]]:
    """Return what the list of pages depends on."""
    single = [(page.path, page.changed_at) for page in pages.single]
    return [*single, *((section.name, section.mark) for section in pages.sections)]


def code_fingerprint() -> str:
    """Return a hash of what chooses and makes pages, so that a new program makes them anew."""
    digest = blake2b(__version__.encode(), digest_size=8)
    render = Path(__file__).parent
    for folder in (render, render.with_name("select")):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
