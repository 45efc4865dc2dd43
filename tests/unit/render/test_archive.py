"""The pages of the archive, and the list of all pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree
from msgspec.structs import replace

from ecliptic.model.page import Shown
from ecliptic.model.paths import feed_page_path
from ecliptic.model.site import Site
from ecliptic.model.text import SafeHTML
from feed_rules import XHTML, read_xml
from making import NOON
from rendering import SITE, make_feed, make_shown, read_html, render_site

FEED, OTHER = make_feed(1, name="Ada"), make_feed(2, name="עדה")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
APRIL = "archive/2018/04/index.html"


def shown() -> list[Shown]:
    return [
        make_shown(1, FEED, shown_at=NOON),
        make_shown(2, OTHER, shown_at=NOON - timedelta(hours=1)),
        make_shown(3, FEED, shown_at=NOON - timedelta(days=1), title="", title_html=SafeHTML("")),
        make_shown(4, FEED, shown_at=NOON - timedelta(days=40)),
    ]


def site(planet: Site = SITE) -> dict[str, bytes]:
    return render_site(planet, [FEED, OTHER], shown())


def words(node: etree._Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())


def headings(page: bytes) -> list[tuple[str, str]]:
    """Return the headings of a page's main column: the level of each, and its words."""
    main = read_html(page).find(f".//{XHTML}main")
    assert main is not None
    return [
        (str(node.tag).removeprefix(XHTML), words(node))
        for node in main.iter(*(f"{XHTML}h{level}" for level in range(1, 7)))
    ]


def related(page: bytes) -> dict[str, str]:
    links = read_html(page).iter(f"{XHTML}link")
    return {str(link.get("rel")): str(link.get("href")) for link in links}


def test_archive_when_it_is_off_then_there_is_no_page_and_no_link() -> None:
    made = site(replace(SITE, archive=False))
    assert not any(path.startswith(("archive", "sitemap")) for path in made)
    assert b"archive/" not in made["index.html"]


def test_index_of_the_archive_when_read_then_it_counts_posts_by_month() -> None:
    page = site()["archive/index.html"]
    assert headings(page) == [("h1", "Archive of Planet Test"), ("h2", "2018 4 posts")]
    main = read_html(page).find(f".//{XHTML}main")
    assert main is not None
    assert [(item[0].get("href"), words(item)) for item in main.iter(f"{XHTML}li")] == [
        ("../archive/2018/04/index.html", "April 3"),
        ("../archive/2018/03/index.html", "March 1"),
    ]


def test_month_when_read_then_it_lists_titles_of_its_days_oldest_first() -> None:
    page = site()[APRIL]
    assert headings(page) == [
        ("h1", "April 2018"),
        ("h2", "April 24, 2018"),
        ("h3", "Ada"),
        ("h2", "April 25, 2018"),
        ("h3", "עדה"),
        ("h4", "Post 2"),
        ("h3", "Ada"),
        ("h4", "Post 1"),
    ]
    assert b'<a href="../../../archive/2018/04/25.html">' in page
    assert b"Body" not in page


def test_day_when_read_then_it_has_its_posts_in_full_and_no_heading_is_left_out() -> None:
    page = site()["archive/2018/04/25.html"]
    assert headings(page) == [
        ("h1", "April 25, 2018"),
        ("h2", "עדה"),
        ("h3", "Post 2"),
        ("h2", "Ada"),
        ("h3", "Post 1"),
    ]
    assert page.index(b"Body 2") < page.index(b"Body 1")


def test_pages_when_they_have_neighbours_then_links_lead_there() -> None:
    made = site()
    day = related(made["archive/2018/04/24.html"])
    assert (day["prev"], day["next"]) == (
        "../../../archive/2018/03/16.html", "../../../archive/2018/04/25.html"
    )  # fmt: skip
    assert "next" not in related(made["archive/2018/04/25.html"])
    month = related(made[APRIL])
    assert month["prev"] == "../../../archive/2018/03/index.html"
    assert "next" not in month
    assert b"<span>Earlier</span> March 2018</a>" in made[APRIL]
    assert b"<span>Later</span> April 25, 2018</a>" in made["archive/2018/04/24.html"]


def test_links_of_every_page_when_followed_lead_to_a_page() -> None:
    made = site()
    for path, body in made.items():
        if not path.endswith(".html"):
            continue
        for link in read_html(body).iter(f"{XHTML}a", f"{XHTML}link"):
            href = str(link.get("href"))
            if href.startswith(("https:", "#")):
                continue
            folder = path.split("/")[:-1]
            for part in href.partition("?")[0].partition("#")[0].split("/"):
                folder = folder[:-1] if part == ".." else [*folder, part]
            assert "/".join(folder) in made, (path, href)


def test_day_when_it_has_several_parts_then_each_has_its_posts_once() -> None:
    many = [make_shown(n, FEED, shown_at=NOON - timedelta(seconds=n)) for n in range(250)]
    made = render_site(SITE, [FEED], many)
    parts = [f"archive/2018/04/25{part}.html" for part in ("", "-2", "-3")]
    found = [
        str(article.get("id"))
        for path in parts
        for article in read_html(made[path]).iter(f"{XHTML}article")
    ]
    assert found == [one.entry.uid for one in reversed(many)]
    assert related(made[parts[1]])["prev"].endswith("/25.html")
    assert headings(made[parts[1]])[0] == ("h1", "April 25, 2018 2")


def test_sitemap_when_read_then_it_lists_every_page_and_when_it_changed() -> None:
    made = site()
    root = read_xml(made["sitemap.xml"])
    listed = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in root}
    pages = {f"https://planet.example/{path}" for path in made if path.endswith(".html")}
    assert set(listed) == pages
    assert listed["https://planet.example/index.html"] == "2018-04-25T12:00:00Z"
    assert listed[f"https://planet.example/{APRIL}"] == "2018-04-25T12:00:00Z"
    assert listed["https://planet.example/feeds.html"] is None
    assert listed[f"https://planet.example/{feed_page_path(FEED)}"] is None


def test_sitemap_when_the_planet_has_no_address_then_there_is_none() -> None:
    assert "sitemap.xml" not in site(replace(SITE, link=""))


@pytest.mark.parametrize("path", ["archive/index.html", APRIL, "archive/2018/04/25.html"])
def test_archive_when_its_pages_are_read_by_a_browser_then_they_are_valid(path: str) -> None:
    root: etree._Element = read_html(site()[path])
    (current,) = [link for link in root.iter(f"{XHTML}nav") if link.get("aria-label") == "Pages"]
    assert any(link.get("href", "").endswith("archive/index.html") for link in current)
