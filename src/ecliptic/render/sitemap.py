"""The addresses of all pages, for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Final

from ecliptic.model.page import Page, PlanetStatus
from ecliptic.model.site import Site
from ecliptic.render.dates import rfc3339
from ecliptic.render.naming import page_address
from ecliptic.render.writer import Writer, escape

_MOST: Final = 50_000
"""What one file may hold; the oldest days are at the end of it."""


def sitemap(
    site: Site, pages: Iterable[Page], status: PlanetStatus, newest: Mapping[int, datetime]
) -> bytes:
    """Write ``sitemap.xml``; ``newest`` has the time of each feed's newest entry."""
    out, lastmod = Writer(), cache(_lastmod)
    changed_at = partial(_changed_at, status=status, newest=newest)
    out.start("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    listed = [page for page in pages if page.path.endswith(".html") and _is_for_all(page, site)]
    listed.sort(key=_oldest_last)
    home = escape(page_address(site, ""))
    urls = (
        f"<url><loc>{home}{escape(page.path)}</loc>{lastmod(changed_at(page))}</url>\n"
        for page in listed[:_MOST]
    )
    return out.markup("".join(urls)).to_bytes()


def _lastmod(changed_at: datetime | None) -> str:
    return f"<lastmod>{rfc3339(changed_at)}</lastmod>" if changed_at else ""


def _is_for_all(page: Page, site: Site) -> bool:
    return page.kind != "post" or site.entry_index


def _oldest_last(page: Page) -> int:
    return -page.stretch.first.toordinal() if page.stretch else -(1 << 31)


def _changed_at(
    page: Page, status: PlanetStatus, newest: Mapping[int, datetime]
) -> datetime | None:
    if page.feed_id:
        return newest.get(page.feed_id)
    if page.follows_clock or page.kind == "copied":
        return None
    return page.changed_at if page.mark else status.changed_at
