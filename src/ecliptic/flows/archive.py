"""store → select: the days of the archive, as the planet's readers count them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import blake2b

from ecliptic.model.archive import ArchiveDay
from ecliptic.model.feed import FeedState
from ecliptic.model.site import Site
from ecliptic.render.dates import Dates
from ecliptic.store import Store


def archived(site: Site, store: Store, feeds: Sequence[FeedState]) -> list[ArchiveDay] | None:
    """Return the days that have entries, oldest first; nothing if there is no archive."""
    if not site.archive:
        return None
    dates = Dates(site)

    def day_of(time: datetime) -> date:
        return dates.local(time).date()

    return store.archive().bring_up(site.timezone, faces_of(feeds), day_of)


def posts(site: Site, store: Store) -> dict[date, list[str]] | None:
    """Return the entries of each day, by uid, if they have pages of their own."""
    if not site.archive or site.entry_pages == "off":
        return None
    return store.archive().uids()


def faces_of(feeds: Sequence[FeedState]) -> dict[int, str]:
    """Return a mark of how pages of all entries show each feed that they may show, by id."""
    return {feed.id: _face(feed) for feed in feeds if not feed.hidden_feed}


def _face(feed: FeedState) -> str:
    """Return a mark of what the archive shows of a feed: its name, site, language, extras."""
    said = (feed.url, feed.name, feed.link, sorted(feed.extra.items()))
    own = (feed.info.title, feed.info.link, feed.info.language)
    marked = repr((said, own)).encode("utf-8", "surrogatepass")
    return blake2b(marked, digest_size=6).hexdigest()
