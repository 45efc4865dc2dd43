"""Pages of tags, authors and languages, from the feeds to the files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from feed_rules import read_jsonfeed, wrong_in_atom, wrong_in_rss20
from planets import Planet, ecliptic, item, rss

LATER = "2018-04-25T02:47:00Z"
LATEST = "2018-04-25T03:47:00Z"
NOON = datetime(2018, 4, 24, 12, tzinfo=UTC)


def tagged(number: int, *tags: str, author: str = "Ada Lovelace", days: int = 0) -> str:
    made = item(number, f"Post {number}", NOON - timedelta(days=days, hours=number), author=author)
    categories = "".join(f"<category>{tag}</category>" for tag in tags)
    return made.replace("</item>", f"{categories}</item>")


def serve(server: FeedServer, *items: str) -> str:
    return server.add("/a.xml", rss("A", "https://a.example/", list(items)))


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    items = [
        tagged(1, "Python", "Web"),
        tagged(2, "python", "C++"),
        tagged(3, "rust", author="Bert"),
        tagged(4, "Web", "rust", author="Ada Lovelace"),
    ]
    planet = Planet(tmp_path, [serve(server, *items)])
    planet.build()
    return planet


def test_build_when_entries_are_tagged_then_each_tag_that_two_have_has_pages(
    planet: Planet,
) -> None:
    folders = {path.parent.name for path in planet.site.glob("tags/*/index.html")}
    assert folders == {"python", "rust", "web"}  # one post alone has C++
    assert {path.parent.name for path in planet.site.glob("authors/*/*.html")} == {"ada-lovelace"}
    for name in ("index.html", "atom.xml", "rss20.xml", "feed.json"):
        page = planet.read(f"tags/python/{name}")
        assert "Post 1" in page
        assert "Post 2" in page
        assert "Post 3" not in page
    assert "Ada Lovelace" in planet.read("authors/index.html")
    assert "Bert" not in planet.read("authors/index.html")
    assert '<a href="../tags/index.html">' in planet.read("archive/index.html")


def test_outputs_of_terms_and_feeds_are_valid(planet: Planet) -> None:
    outputs = [*planet.site.glob("tags/*/*"), *planet.site.glob("feeds/*/*")]
    assert {path.suffix for path in outputs} == {".html", ".xml", ".json"}
    for path in outputs:
        data = path.read_bytes()
        if path.name == "atom.xml":
            assert wrong_in_atom(data) == [], path
        elif path.name == "rss20.xml":
            assert wrong_in_rss20(data) == [], path
        elif path.name == "feed.json":
            assert read_jsonfeed(data).items, path


def test_build_when_one_entry_is_new_then_only_what_shows_it_is_written(
    planet: Planet, server: FeedServer
) -> None:
    before = planet.files()
    assert planet.build(now=LATER)["pages"]["written"] <= 2  # those that follow the clock
    assert planet.files() == before
    serve(server, tagged(5, "Rust", author="Bert"), tagged(1, "Python", "Web"))
    planet.build("--all", now=LATEST)
    after = planet.files()
    moved = {path for path in after if before.get(path) != after[path]}
    assert {path for path in moved if path.startswith("tags/")} == {
        "tags/index.html",
        *(f"tags/rust/{name}" for name in ("index.html", "atom.xml", "rss20.xml", "feed.json")),
    }
    assert "authors/bert/index.html" in moved
    assert not [path for path in moved if path.startswith("authors/ada")]


def test_publish_when_entries_are_hidden_then_their_terms_follow(planet: Planet) -> None:
    ecliptic("entries", "hide", "https://blog.example/3", *planet.option)
    planet.run("publish", now=LATER)
    assert not (planet.site / "tags" / "rust").exists()
    assert "Post 3" not in planet.read("authors/index.html")


def test_publish_when_the_one_entry_of_a_year_is_hidden_then_no_page_of_its_tag_shows_it(
    tmp_path: Path, server: FeedServer
) -> None:
    items = [tagged(1, "python"), tagged(2, "python"), tagged(3, "python", days=400)]
    planet = Planet(tmp_path, [serve(server, *items)])
    planet.build()
    names = ("index.html", "atom.xml", "rss20.xml", "feed.json")
    assert all("Post 3" in planet.read(f"tags/python/{name}") for name in names)
    ecliptic("entries", "hide", "https://blog.example/3", *planet.option)
    planet.run("publish", now=LATER)
    assert not [name for name in names if "Post 3" in planet.read(f"tags/python/{name}")]


def test_tags_when_some_write_a_hyphen_and_some_a_space_are_one(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [serve(server, tagged(1, "open source"), tagged(2, "Open-Source"))])
    planet.build()
    for name in ("index.html", "atom.xml", "rss20.xml", "feed.json"):
        page = planet.read(f"tags/open-source/{name}")
        assert "Post 1" in page
        assert "Post 2" in page
    assert planet.read("sitemap.xml").count("tags/open-source/index.html") == 1


def test_pages_of_years_when_another_year_goes_on_say_nothing_that_moves(
    tmp_path: Path, server: FeedServer
) -> None:
    old = [tagged(number, "news", days=365 * (1 + number % 2)) for number in range(1, 62)]
    planet = Planet(tmp_path, [serve(server, *old)], flood_items=0)
    planet.build()
    assert "By year" in planet.read("tags/news/index.html")
    assert "By year" not in planet.read("tags/news/2016.html")


def test_why_when_an_entry_is_tagged_then_it_names_the_pages_of_its_terms(planet: Planet) -> None:
    files = [path for path in planet.site.rglob("*.*") if path.is_file()]
    for number in (1, 2, 3, 4):
        link = re.compile(rf"https://blog\.example/{number}(?!\d)")
        told = ecliptic("why", f"https://blog.example/{number}", "--json", *planet.option)
        (entry,) = json.loads(told.stdout)["entries"]
        showing = {
            str(path.relative_to(planet.site))
            for path in files
            if link.search(path.read_text("utf-8", "replace"))
        }
        assert set(entry["pages"]) == showing - {"search/entries/0.json"}


def test_statistics_when_built_count_what_is_shown(planet: Planet) -> None:
    page = planet.read("statistics.html")
    assert "4 posts, 1 feed" in page
    assert "April 2018: 4" in page
    assert '<a href="tags/python/index.html" dir="auto">python</a></th><td>2</td>' in page
    assert 'aria-label="0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4"' in page  # of the feed
    ecliptic("entries", "hide", "https://blog.example/3", *planet.option)
    planet.run("publish", now=LATER)
    assert "3 posts, 1 feed" in planet.read("statistics.html")
    assert 'href="https://a.example/"' in planet.read("blogroll.html")


def test_build_when_a_tag_has_many_entries_then_its_years_have_pages_that_stay(
    tmp_path: Path, server: FeedServer
) -> None:
    old = [tagged(number, "news", days=365) for number in range(1, 61)]
    new = [tagged(number, "news") for number in range(61, 110)]
    url = serve(server, *new, *old)
    planet = Planet(tmp_path, [url], flood_items=0)
    planet.build()
    before = planet.files()
    pages = {path for path in before if path.startswith("tags/news/2")}
    assert pages == {"tags/news/2017.html", "tags/news/2018.html"}
    assert "Post 60" in planet.read("tags/news/2017.html")
    assert "Post 109" not in planet.read("tags/news/2017.html")
    serve(server, tagged(200, "news"), *new, *old)
    planet.build("--all", now=LATER)
    after = planet.files()
    assert before["tags/news/2017.html"] == after["tags/news/2017.html"]
    assert before["tags/news/2018.html"] != after["tags/news/2018.html"]


def test_page_of_a_filter_when_it_stands_where_a_term_would_is_kept(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [serve(server, tagged(1, "rust"), tagged(2, "rust"))])
    own = '[[page]]\npath = "tags/rust"\nname = "Rust, by hand"\nfilter = "tag:rust"\n'
    planet.config.write_text(planet.config.read_text("utf-8") + own, "utf-8")
    planet.build()
    assert "Rust, by hand" in planet.read("tags/rust/index.html")


def test_build_when_the_planet_is_not_browsed_then_there_are_no_such_pages(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [serve(server, tagged(1, "rust"), tagged(2, "rust"))], browse=[])
    planet.build()
    assert not [path for path in planet.files() if path.startswith(("tags", "authors", "lang"))]
    assert "tags/index.html" not in planet.read("index.html")
