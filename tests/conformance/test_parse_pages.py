"""Real pages: every feed that a page names is found."""

from __future__ import annotations

import csv
from urllib.parse import urljoin

import pytest

from ecliptic.parse import discover
from shared_data import DATA, needs_shared_data

PAGES = DATA / "pages"
NO_FEEDS = {
    "https://www.blogger.com/feeds/1996766128191630284/posts/default": "rel is service.post",
}
URL = "https://site.example/a/page.html"


def rows() -> list[dict[str, str]]:
    if not PAGES.is_dir():
        return []
    with (PAGES / "SOURCES.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@needs_shared_data
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_feeds_named_by_a_real_page_are_found(row: dict[str, str]) -> None:
    page = (PAGES / row["file"]).read_bytes()
    found = {link.url for link in discover(page, url=URL)}
    assert len(found) >= min(int(row["feed_links"]), 1)
    base = b"<base" in page
    for href in row["hrefs"].split():
        assert base or href in NO_FEEDS or urljoin(URL, href).replace("&amp;", "&") in found
