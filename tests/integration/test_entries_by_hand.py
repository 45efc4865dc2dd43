"""What the operator decides about entries by hand, through the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import Planet, ecliptic, posts, rss

LATER = "2018-04-26T14:20:00Z"


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    return Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))])


def _link(planet: Planet, title: str) -> str:
    listed = json.loads(ecliptic("entries", "list", "--json", *planet.option).stdout)
    return next(str(entry["link"]) for entry in listed if entry["title"] == title)


def test_hide_when_an_entry_is_named_then_it_leaves_the_site_until_unhidden(
    planet: Planet,
) -> None:
    planet.build()
    link = _link(planet, "Post 2")
    told = ecliptic("entries", "hide", link, "--why", "advertising", *planet.option)
    assert "hidden by hand (advertising)" in told.stdout
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" not in planet.read("index.html")
    assert "Post 2" not in planet.read("atom.xml")
    (page,) = (planet.site / "feeds").glob("*.html")
    assert "hidden by hand (advertising)" in page.read_text("utf-8")
    assert "advertising" in ecliptic("why", link, *planet.option).stdout
    (hidden,) = json.loads(ecliptic("entries", "list", "--hidden", "--json", *planet.option).stdout)
    assert (hidden["title"], hidden["code"]) == ("Post 2", "decide.hidden_by_hand")
    ecliptic("entries", "unhide", link, *planet.option)
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" in planet.read("index.html")


def test_hide_when_the_author_edits_the_entry_then_it_stays_hidden(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    ecliptic("entries", "hide", _link(planet, "Post 2"), *planet.option)
    edited = [item.replace("Body of Post 2", "Another body") for item in posts(1, 3)]
    server.add("/a.xml", rss("A", "https://a.example/", edited))
    assert planet.build("--all", now=LATER)["entries"]["changed"] == 1
    assert "Post 2" not in planet.read("index.html")


def test_hide_when_nothing_has_that_link_then_it_says_so_and_where_to_look(planet: Planet) -> None:
    planet.build()
    told = ecliptic("entries", "hide", "https://a.example/none", *planet.option)
    assert told.returncode == 2
    assert "ecliptic entries list" in told.stderr


def test_list_when_a_feed_is_named_then_only_its_entries_come(
    planet: Planet, server: FeedServer
) -> None:
    planet.subscribe(
        [
            server.url("/a.xml"),
            server.add("/b.xml", rss("B", "https://b.example/", posts(7, 1))),
        ]
    )
    planet.build()
    listed = ecliptic("entries", "list", "--feed", "B", *planet.option).stdout
    assert "Post 7" in listed
    assert "Post 1" not in listed
    unknown = ecliptic("entries", "list", "--feed", "C", *planet.option)
    assert unknown.returncode == 2
    assert "feeds list" in unknown.stderr


def test_merge_when_two_entries_are_one_then_only_the_first_is_shown_until_split(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    first, copy = _link(planet, "Post 1"), _link(planet, "Post 2")
    ecliptic("entries", "merge", first, copy, *planet.option)
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" not in planet.read("index.html")
    assert "entries split" in ecliptic("why", copy, *planet.option).stdout
    edited = [item.replace("Body of Post 2", "Another body") for item in posts(1, 3)]
    server.add("/a.xml", rss("A", "https://a.example/", edited))
    planet.build("--all", now=LATER)
    assert "Post 2" not in planet.read("index.html")
    again = ecliptic("entries", "merge", first, copy, *planet.option)
    assert again.returncode == 2
    assert "already" in again.stderr
    ecliptic("entries", "split", copy, *planet.option)
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" in planet.read("index.html")


def test_merge_when_the_first_leaves_the_feed_then_the_copy_goes_on_as_the_first(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    ecliptic("entries", "merge", _link(planet, "Post 1"), _link(planet, "Post 2"), *planet.option)
    only = [item for item in posts(1, 3) if "Post 1" not in item]
    edited = [item.replace("Body of Post 2", "News of Post 2") for item in only]
    server.add("/a.xml", rss("A", "https://a.example/", edited))
    planet.build("--all", now=LATER)
    listed = json.loads(ecliptic("entries", "list", "--json", *planet.option).stdout)
    assert sorted(entry["title"] for entry in listed) == ["Post 2", "Post 3"]
    assert "News of Post 2" in planet.read("index.html")


def test_split_when_a_rule_joined_ids_then_each_stands_for_itself(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    renamed = [item.replace("post-", "moved-") for item in posts(1, 3)]
    server.add("/a.xml", rss("A", "https://a.example/", renamed))
    assert planet.build("--all", now=LATER)["entries"]["new"] == 0
    link = _link(planet, "Post 2")
    told = ecliptic("why", link, *planet.option).stdout
    assert "known again" in told
    assert "moved-2-of" in told
    ecliptic("entries", "split", link, *planet.option)
    server.add("/a.xml", rss("A", "https://a.example/", [*renamed, *posts(9, 1)]))
    assert planet.build("--all", now="2018-04-27T12:00:00Z")["entries"]["new"] == 2
    nothing = ecliptic("entries", "split", _link(planet, "Post 9"), *planet.option)
    assert nothing.returncode == 2


def test_show_when_an_entry_was_edited_then_earlier_texts_are_to_be_had(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    edited = [item.replace("Body of Post 2", "Another body") for item in posts(1, 3)]
    server.add("/a.xml", rss("A", "https://a.example/", edited))
    planet.build("--all", now=LATER)
    link = _link(planet, "Post 2")
    assert "Another body" in ecliptic("entries", "show", link, *planet.option).stdout
    before = ecliptic("entries", "show", link, "--revision", "1", *planet.option).stdout
    assert "Body of Post 2" in before
    assert "shown until 2018-04-26 14:20:00" in before
    assert "revision    1: " in ecliptic("why", link, *planet.option).stdout
    gone = ecliptic("entries", "show", link, "--revision", "2", *planet.option)
    assert gone.returncode == 2


def test_feed_when_its_ids_do_not_last_then_why_says_so(planet: Planet, server: FeedServer) -> None:
    planet.build()
    for day in (26, 27, 28):
        renamed = [item.replace("post-", f"{day}-") for item in posts(1, 3)]
        server.add("/a.xml", rss("A", "https://a.example/", renamed))
        built = planet.build("--all", now=f"2018-04-{day}T14:20:00Z")
        assert built["entries"]["new"] == 0
    assert "its ids do not last" in ecliptic("why", "A", *planet.option).stdout
