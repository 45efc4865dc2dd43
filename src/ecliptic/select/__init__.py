"""Which pages a planet has, and which entries each of them shows. No effects."""

from ecliptic.select.archive import archive_pages
from ecliptic.select.pages import front_page, pages, searches
from ecliptic.select.window import window

__all__ = ["archive_pages", "front_page", "pages", "searches", "window"]
