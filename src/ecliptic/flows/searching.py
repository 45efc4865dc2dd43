"""store → render: what a server answers to a search in the language of filters."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.errors import FilterError, StoreError
from ecliptic.flows.words import excerpts, shown_feeds
from ecliptic.model.page import Page
from ecliptic.model.results import Results
from ecliptic.model.site import Site
from ecliptic.render import Renderer, Theme, hit
from ecliptic.store import open_asking

_OF_PAGE: Final = 20
_MOST_PAGES: Final = 100
_LONGEST: Final = 1_000
_SECONDS: Final = 2.0
"""A search that takes longer is given up."""


def search(site: Site, query: str, *, page: int, now: datetime) -> Results:
    """Return a page of what an expression finds among all that pages show, newest first.

    What cannot be asked, or takes too long, is a problem of the results.
    """
    asked = Results(query=query[:_LONGEST], page=min(max(page, 1), _MOST_PAGES))
    if len(query) > _LONGEST:
        return replace(asked, problem=f"An expression has at most {_LONGEST:,} characters")
    if not query.strip():
        return asked
    try:
        return _found(site, asked, now)
    except FilterError as error:
        return replace(asked, problem=error.message, column=error.column)
    except StoreError as error:
        return replace(asked, problem=error.message)


def results_page(site: Site, found: Results) -> bytes:
    """Return the page that shows results, made from the theme."""
    with open_asking(site.state, seconds=_SECONDS) as store:
        feeds = store.feeds()
    renderer = Renderer(site, Theme.load(site.theme, site.language), feeds)
    return renderer.search_page(Page(path="search.html", kind="search"), found)


def _found(site: Site, asked: Results, now: datetime) -> Results:
    with open_asking(site.state, seconds=_SECONDS) as store:
        feeds = shown_feeds(store.feeds())
        skip = (asked.page - 1) * _OF_PAGE
        found = store.find(asked.query, now=now, skip=skip, limit=_OF_PAGE + 1)
    most = excerpts(site, tuple(feeds.values()))
    hits = tuple(
        hit(entry, feeds[entry.feed_id], most.get(entry.feed_id, 0)) for entry in found[:_OF_PAGE]
    )
    return replace(asked, hits=hits, more=len(found) > _OF_PAGE)
