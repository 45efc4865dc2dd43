"""On which pages an entry stands, as the site was published last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Final

from ecliptic.flows.archive import posts
from ecliptic.flows.shown import newest_shown
from ecliptic.model.archive import Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Page, Selection
from ecliptic.model.site import Site
from ecliptic.model.terms import Term
from ecliptic.select import pages, window
from ecliptic.store import Store

_NAMES_NONE: Final = frozenset(
    {"feeds", "status", "opml", "foafroll", "sitemap", "copied", "terms", "statistics", "blogroll"}
)
_A_DAY: Final = timedelta(days=1)
"""How far the day of a page may be from that of UTC."""


class Whereabouts:
    """The pages of the site, each looked into once at most."""

    def __init__(self, site: Site, store: Store, feeds: Mapping[int, FeedState]) -> None:
        self._store = store
        self._feeds = feeds
        days = store.archive().days() if site.archive else None
        terms = store.terms().terms(site.browse_least) if site.browse else None
        self._pages = [
            page
            for page in pages(
                site, list(feeds.values()), days=days, terms=terms, posts=posts(site, store)
            )
            if page.kind not in _NAMES_NONE
        ]
        self._selected = cache(self._select)

    def of(self, entry: Entry) -> tuple[str, ...]:
        """Return the paths of the pages and output feeds that show an entry."""
        if entry.hidden is not None or entry.feed_id not in self._feeds:
            return ()
        terms = self._store.terms().of(entry)
        return tuple(
            page.path
            for page in self._pages
            if (page.term is None or page.term.row in terms) and self._shows(page, entry)
        )

    def _shows(self, page: Page, entry: Entry) -> bool:
        if page.uid:
            return page.uid == entry.uid
        if page.stretch is not None:
            return _may_show(page.stretch, entry) and entry.uid in self._archived(
                page.term, page.stretch
            )
        if page.selection is None or page.feed_id not in {0, entry.feed_id}:
            return False
        return entry.uid in self._selected(page.selection)

    def _archived(self, term: Term | None, stretch: Stretch) -> Iterator[str]:
        if term is not None:
            return (entry.uid for entry in self._store.terms().entries(term.row, stretch))
        return (entry.uid for entry in self._store.archive().entries(stretch))

    def _select(self, selection: Selection) -> frozenset[str]:
        stream = newest_shown(self._store, self._feeds, selection)
        return frozenset(shown.entry.uid for shown in window(stream, selection))


def _may_show(stretch: Stretch, entry: Entry) -> bool:
    day = entry.shown_at.date()
    return stretch.first - _A_DAY <= day <= stretch.last + _A_DAY
