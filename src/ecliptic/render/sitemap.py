"""The addresses of all pages, for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Final

from ecliptic.model.outline import Listed, Outline, Section
from ecliptic.model.page import Page, PlanetStatus
from ecliptic.model.site import Site
from ecliptic.render.dates import rfc3339
from ecliptic.render.naming import page_address
from ecliptic.render.writer import Writer, escape

_MOST: Final = 50_000
"""What one file may hold; the oldest days are at the end of it."""


def sitemap(
    site: Site, pages: Outline, status: PlanetStatus, newest: Mapping[int, datetime]
) -> bytes:
    """Write ``sitemap.xml``; ``newest`` has the time of each feed's newest entry."""
    out, lastmod = Writer(), cache(_lastmod)
    out.start("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    listed = [each for page in pages.parts for each in _listed(page, site, status, newest)]
    listed.sort(key=_oldest_last)
    home = escape(page_address(site, ""))
    urls = (
        f"<url><loc>{home}{escape(page.path)}</loc>{lastmod(page.changed_at)}</url>\n"
        for page in listed[:_MOST]
    )
    return out.markup("".join(urls)).to_bytes()


def _lastmod(changed_at: datetime | None) -> str:
    return f"<lastmod>{rfc3339(changed_at)}</lastmod>" if changed_at else ""


def _oldest_last(page: Listed) -> int:
    return -page.first.toordinal() if page.first else -(1 << 31)


def _listed(
    page: Page | Section, site: Site, status: PlanetStatus, newest: Mapping[int, datetime]
) -> Iterable[Listed]:
    """Return the pages that search engines are told of; those of entries only if asked for."""
    if isinstance(page, Section):
        return page.listed()
    if not page.path.endswith(".html") or (page.kind == "post" and not site.entry_index):
        return ()
    first = page.stretch.first if page.stretch else None
    return (Listed(path=page.path, changed_at=_changed_at(page, status, newest), first=first),)


def _changed_at(
    page: Page, status: PlanetStatus, newest: Mapping[int, datetime]
) -> datetime | None:
    if page.feed_id:
        return newest.get(page.feed_id)
    if page.follows_clock or page.kind == "copied":
        return None
    return page.changed_at if page.mark else status.changed_at
