"""Posts that several feeds carry, through the commands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import Planet, ecliptic, item, rss

DATE = datetime(2018, 4, 24, 12, tzinfo=UTC)
LATER = "2018-04-26T14:20:00Z"


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    """A planet that reads another planet, and the author whose post that one carries."""
    post = item(1, "The post", DATE)
    copied = post.replace("<guid isPermaLink='false'>", "<guid isPermaLink='false'>other-").replace(
        "blog.example/1", "blog.example/1/?utm_source=planet"
    )
    other = server.add("/planet.xml", rss("Other planet", "https://other.example/", [copied]))
    own = server.add("/ann.xml", rss("Ann", "https://blog.example/", [post]))
    return Planet(tmp_path, [other, own])


def test_post_when_a_planet_carries_it_too_is_shown_from_its_author(planet: Planet) -> None:
    summary = planet.build()
    assert summary["entries"] == {"new": 2, "changed": 0, "unchanged": 0, "hidden": 1}
    page = planet.read("index.html")
    assert page.count('<h4 class="title"') == 1
    assert "Also at: " in page
    assert "<bdi>Other planet</bdi>" in page.partition("Also at: ")[2]
    (entry,) = json.loads(planet.read("feed.json"))["items"]
    assert entry["id"] == "post-1-of-The post"
    assert planet.build("--all", now=LATER)["pages"]["written"] <= 2  # those that tell the time


def test_copy_when_asked_about_says_what_it_is_a_copy_of(planet: Planet) -> None:
    planet.build()
    said = ecliptic("why", "other-post-1-of-The post", *planet.option).stdout
    assert "the same post is shown from Ann: the same link, and it stands on its feed's own" in said
    assert "[decide.duplicate]" in said
    assert (
        "also at     Other planet" in ecliptic("why", "post-1-of-The post", *planet.option).stdout
    )
    feed = ecliptic("why", "Other planet", *planet.option).stdout
    assert "1 of which another feed's copy is shown" in feed
    assert "1 of which another feed" in planet.read("feeds.html")


def test_copy_when_unhidden_stands_beside_the_original(planet: Planet) -> None:
    planet.build()
    ecliptic("entries", "unhide", "other-post-1-of-The post", *planet.option)
    ecliptic("publish", str(planet.config), "--now", LATER)
    page = planet.read("index.html")
    assert page.count('<h4 class="title"') == 2
    assert "Also at" not in page


@pytest.mark.parametrize("by_the_operator", [False, True])
def test_copy_when_its_feed_is_renamed_is_named_so_on_the_page_of_the_original(
    planet: Planet, server: FeedServer, *, by_the_operator: bool
) -> None:
    planet.build()
    (page,) = (
        path for path in planet.site.glob("feeds/*.html") if "Also at" in path.read_text("utf-8")
    )
    if by_the_operator:
        settings = planet.config.read_text("utf-8")
        named = settings.replace("\nurl = ", '\nname = "A new name"\nurl = ', 1)
        planet.config.write_text(named, "utf-8")
        planet.run("publish", now=LATER)
    else:
        post = item(1, "The post", DATE)
        copied = post.replace("'>post", "'>other-post").replace("/1<", "/1/?utm_source=planet<")
        server.add("/planet.xml", rss("A new name", "https://other.example/", [copied]))
        planet.build("--all", now=LATER)
    assert "<bdi>A new name</bdi>" in page.read_text("utf-8").partition("Also at")[2]


def test_copies_when_the_setting_is_off_are_all_shown(planet: Planet) -> None:
    planet.build()
    lines = planet.config.read_text("utf-8").replace("[planet]", '[planet]\nduplicates = "off"')
    planet.config.write_text(lines, "utf-8")
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert planet.read("index.html").count('<h4 class="title"') == 2


def test_copy_when_the_authors_feed_is_removed_takes_its_place(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    assert "Other planet</a>" not in planet.read("index.html").partition("Also at")[0]
    planet.subscribe([server.url("/planet.xml")])
    planet.build(now=LATER)
    page = planet.read("index.html")
    assert page.count('<h4 class="title"') == 1
    assert "Also at" not in page
