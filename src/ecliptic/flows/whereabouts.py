"""On which pages an entry stands, as the site was published last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Final

from ecliptic.flows.shown import newest_shown
from ecliptic.model.archive import Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Page, Selection
from ecliptic.model.site import Site
from ecliptic.select import pages, window
from ecliptic.store import Store

_NAMES_NONE: Final = frozenset({"feeds", "status", "opml", "foafroll", "sitemap", "copied"})
_A_DAY: Final = timedelta(days=1)
"""How far the day of a page may be from that of UTC."""


class Whereabouts:
    """The pages of the site, each looked into once at most."""

    def __init__(self, site: Site, store: Store, feeds: Mapping[int, FeedState]) -> None:
        self._store = store
        self._feeds = feeds
        days = store.archive().days() if site.archive else None
        self._pages = [
            page
            for page in pages(site, list(feeds.values()), days=days)
            if page.kind not in _NAMES_NONE
        ]
        self._selected = cache(self._select)

    def of(self, entry: Entry) -> tuple[str, ...]:
        """Return the paths of the pages and output feeds that show an entry."""
        if entry.hidden is not None or entry.feed_id not in self._feeds:
            return ()
        return tuple(page.path for page in self._pages if self._shows(page, entry))

    def _shows(self, page: Page, entry: Entry) -> bool:
        if page.stretch is not None:
            return _may_show(page.stretch, entry) and entry.uid in self._archived(page.stretch)
        if page.selection is None or page.feed_id not in {0, entry.feed_id}:
            return False
        return entry.uid in self._selected(page.selection)

    def _archived(self, stretch: Stretch) -> Iterator[str]:
        return (entry.uid for entry in self._store.archive().entries(stretch))

    def _select(self, selection: Selection) -> frozenset[str]:
        stream = newest_shown(self._store, self._feeds, selection)
        return frozenset(shown.entry.uid for shown in window(stream, selection))


def _may_show(stretch: Stretch, entry: Entry) -> bool:
    day = entry.shown_at.date()
    return stretch.first - _A_DAY <= day <= stretch.last + _A_DAY
