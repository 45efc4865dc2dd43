"""A page for each entry, if the operator asks for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from html_rules import faults
from planets import Planet, ecliptic, item, posts, rss
from rendering import read_html

LATER = "2018-04-25T02:47:00Z"
LONG = f"<p>{'Many words. ' * 200}The end.</p>"


def pages(planet: Planet) -> dict[str, str]:
    found = planet.site.glob("archive/*/*/*/*.html")
    return {str(path.relative_to(planet.site)): path.read_text("utf-8") for path in found}


def make(tmp_path: Path, server: FeedServer, **settings: object) -> Planet:
    feed = rss("A", "https://a.example/", posts(1, 3))
    planet = Planet(tmp_path, [server.add("/a.xml", feed)], search=False, **settings)
    planet.build()
    return planet


def test_build_when_nobody_asks_for_them_then_entries_have_no_pages(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = make(tmp_path, server)
    assert pages(planet) == {}
    assert "own-page" not in planet.read("index.html")


@pytest.mark.parametrize("asked", ["full", "excerpt"])
def test_build_when_asked_for_then_each_entry_has_one_that_names_the_authors(
    tmp_path: Path, server: FeedServer, asked: str
) -> None:
    planet = make(tmp_path, server, entry_pages=asked)
    found = pages(planet)
    assert len(found) == 3
    assert {path.rpartition("/")[0] for path in found} == {"archive/2018/04/24"}
    (page,) = (text for text in found.values() if "Post 1</a>" in text)
    assert '<link rel="canonical" href="https://blog.example/1">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Body of Post 1" in page
    assert faults(read_html(page.encode())) == []
    for path in found:
        assert f'href="{path}"' in planet.read("index.html")
        assert path not in planet.read("sitemap.xml")


def test_build_when_a_feed_is_to_be_shown_whole_then_its_pages_are_made_again(
    tmp_path: Path, server: FeedServer
) -> None:
    post = item(9, "Long", datetime(2018, 4, 24, tzinfo=UTC), body=LONG)
    feed = server.add("/a.xml", rss("A", "https://a.example/", [post]))
    planet = Planet(tmp_path, [feed], entry_pages="excerpt")
    planet.build()
    ((path, page),) = pages(planet).items()
    assert "The end." not in page
    planet.config.write_text(planet.config.read_text("utf-8") + "excerpt = 0\n", "utf-8")
    planet.run("publish", now=LATER)
    assert "The end." in pages(planet)[path]


def test_build_when_excerpts_are_asked_for_then_pages_have_no_more(
    tmp_path: Path, server: FeedServer
) -> None:
    post = item(9, "Long", datetime(2018, 4, 24, tzinfo=UTC), body=LONG)
    feed = server.add("/a.xml", rss("A", "https://a.example/", [post]))
    planet = Planet(tmp_path, [feed], entry_pages="excerpt", entry_index=True)
    planet.build()
    ((path, page),) = pages(planet).items()
    assert "Many words" in page
    assert "The end." not in page
    assert "Read on at" in page
    assert "noindex" not in page
    assert path in planet.read("sitemap.xml")
    assert "The end." in planet.read("index.html")


def test_build_when_nothing_is_new_then_none_is_written_and_else_those_of_the_day(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = make(tmp_path, server, entry_pages="full")
    before = planet.files()
    planet.build("--all", now=LATER)
    assert planet.files() == before
    ecliptic("entries", "hide", "https://blog.example/2", *planet.option)
    planet.run("publish", now=LATER)
    assert len(pages(planet)) == 2


def test_why_when_an_entry_has_a_page_then_it_is_named(tmp_path: Path, server: FeedServer) -> None:
    planet = make(tmp_path, server, entry_pages="full")
    told = ecliptic("why", "https://blog.example/2", "--json", *planet.option)
    (entry,) = json.loads(told.stdout)["entries"]
    (own,) = (path for path, text in pages(planet).items() if "Post 2</a>" in text)
    assert own in entry["pages"]
