"""Real feeds, from their bytes to our pages: everything we write of them is valid."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest

from ecliptic.clean import POLICY, clean_entry, clean_feed
from ecliptic.decide import decide
from ecliptic.model.page import Shown
from ecliptic.model.site import PageSettings, Site
from ecliptic.parse import parse
from feed_rules import read_jsonfeed, wrong_in_atom, wrong_in_opml, wrong_in_rss10, wrong_in_rss20
from making import NOON
from rendering import make_feed, render_site, write_site
from services import needs_chromium
from shared_data import DATA, needs_shared_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_shared_data

MOST_ENTRIES = 3


def read_feed(number: int, path: Path) -> list[Shown]:
    """Return the first entries of a real feed, cleaned, as a planet would show them."""
    url = f"https://feed{number}.example/{path.name}"
    parsed = parse(path.read_bytes(), url=url)
    if not parsed.is_feed:
        return []
    feed = make_feed(number, url=url, info=clean_feed(parsed))
    made = decide(parsed.entries[:MOST_ENTRIES], {}, feed_url=url, now=NOON, policy=POLICY)
    base = feed.info.link or url
    return [
        Shown(
            entry=clean_entry(
                verdict, feed_id=number, base=base, link_rel="nofollow noopener", now=NOON
            ),
            feed=feed,
        )
        for verdict in made.verdicts
    ]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return one planet of all real feeds."""
    paths = sorted(path for path in (DATA / "feeds").iterdir() if path.is_file())
    found = [read_feed(number, path) for number, path in enumerate(paths, 1)]
    feeds = [shown[0].feed for shown in found if shown]
    assert len(feeds) > len(paths) / 2
    site = Site(name="All", link="https://planet.example/", pages=PageSettings(items_per_page=0))
    return render_site(site, feeds, [one for shown in found for one in shown])


def test_feeds_when_made_of_real_ones_are_valid(files: dict[str, bytes]) -> None:
    assert wrong_in_atom(files["atom.xml"]) == []
    assert wrong_in_rss20(files["rss20.xml"]) == []
    assert wrong_in_rss10(files["rss10.xml"]) == []
    assert wrong_in_opml(files["opml.xml"]) == []
    assert len(read_jsonfeed(files["feed.json"]).items) > 500


def test_pages_when_made_of_real_feeds_have_no_parse_errors(files: dict[str, bytes]) -> None:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"))
    wrong: Counter[str] = Counter()
    pages = [path for path in files if path.endswith(".html")]
    for path in pages[::7]:
        parser.parse(files[path], transport_encoding="utf-8")
        wrong.update(str(error[1:]) + path for error in parser.errors)
    assert wrong == {}


@needs_chromium
def test_pages_when_made_of_real_feeds_fit_a_phone(
    browser: Browser, files: dict[str, bytes], tmp_path: Path
) -> None:
    write_site(tmp_path, files)
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.route("https://*/**", lambda route: route.abort())
    page.route("http://*/**", lambda route: route.abort())
    wide = []
    for path in [path for path in files if path.endswith(".html") and path != "index.html"][::20]:
        page.goto((tmp_path / path).as_uri(), wait_until="load")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path)
    page.close()
    assert wide == []
