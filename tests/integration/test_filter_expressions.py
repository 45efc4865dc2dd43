"""Filters of the settings, and ``ecliptic filter test``, through the commands."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ecliptic.testing import FeedServer
from planets import Planet, ecliptic, posts, rss

LATER = "2018-04-26T14:20:00Z"
NOW = datetime(2018, 4, 26, tzinfo=UTC)


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    return Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 4)))])


def _set_filter(planet: Planet, expression: str) -> None:
    lines = [
        line
        for line in planet.config.read_text("utf-8").splitlines()
        if not line.startswith("filter")
    ]
    if expression:
        lines.insert(lines.index("[planet]") + 1, f"filter = '{expression}'")
    planet.config.write_text("\n".join(lines), "utf-8")


def _hidden(planet: Planet) -> list[Any]:
    told = ecliptic("entries", "list", "--hidden", "--json", *planet.option).stdout
    found: list[Any] = json.loads(told)
    return found


def test_filter_when_it_is_set_then_entries_it_leaves_are_kept_and_not_shown(
    planet: Planet,
) -> None:
    _set_filter(planet, 'not title:~"[23]$"')
    planet.build()
    index = planet.read("index.html")
    assert "Post 1" in index
    assert "Post 4" in index
    assert "Post 2" not in index
    assert {entry["title"] for entry in _hidden(planet)} == {"Post 2", "Post 3"}
    link = _hidden(planet)[0]["link"]
    why = ecliptic("why", link, *planet.option).stdout
    assert 'kept off by the filter of the planet: not title:~"[23]$"' in why


def test_filter_when_it_changes_then_it_acts_at_once_both_ways_without_the_network(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    asked = len(server.requests("/a.xml"))
    _set_filter(planet, 'not title:"Post 2"')
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" not in planet.read("index.html")
    _set_filter(planet, 'title:"Post 2" or title:"Post 3"')
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" in planet.read("index.html")
    assert "Post 1" not in planet.read("atom.xml")
    _set_filter(planet, "")
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert all(f"Post {n}" in planet.read("index.html") for n in (1, 2, 3, 4))
    assert _hidden(planet) == []
    assert len(server.requests("/a.xml")) == asked


def test_filter_when_an_entry_was_shown_by_hand_then_it_stays_shown(planet: Planet) -> None:
    _set_filter(planet, 'not title:"Post 2"')
    planet.build()
    ecliptic("entries", "unhide", _hidden(planet)[0]["link"], *planet.option)
    _set_filter(planet, 'not title:"Post 2" and not title:"Post 3"')
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 2" in planet.read("index.html")
    assert "Post 3" not in planet.read("index.html")


def test_filter_of_a_feed_when_it_is_set_then_other_feeds_are_left_alone(
    tmp_path: Path, server: FeedServer
) -> None:
    urls = [
        server.add(f"/{name}.xml", rss(name, f"https://{name}.example/", posts(first, 2)))
        for name, first in (("a", 1), ("b", 5))
    ]
    planet = Planet(tmp_path, urls)
    text = planet.config.read_text("utf-8")
    planet.config.write_text(f"{text}\nfilter = 'title:nothing'\n", "utf-8")  # of the last feed
    planet.build()
    assert "Post 1" in planet.read("index.html")
    assert "Post 5" not in planet.read("index.html")


def test_filter_test_when_entries_are_stored_then_it_shows_both_sides(planet: Planet) -> None:
    planet.build()
    args = ("filter", "test", 'title:"Post 2" or title:"Post 3"', *planet.option)
    told = ecliptic(*args, "--limit", "1").stdout.splitlines()
    assert told[0] == 'title:"Post 2" or title:"Post 3": 2 taken, 2 left'
    assert [line.split()[0] for line in told[1:]] == ["taken", "left"]
    tried = json.loads(ecliptic(*args, "--json").stdout)
    assert (tried["taken"], tried["left"]) == (2, 2)
    assert {each["title"] for each in tried["examples_left"]} == {"Post 1", "Post 4"}
    assert tried["examples_taken"][0]["feed"] == "A"


def test_filter_test_when_the_expression_is_wrong_then_it_points_at_the_place(
    planet: Planet,
) -> None:
    failed = ecliptic("filter", "test", "a titel:x", *planet.option)
    assert failed.returncode == 2
    assert failed.stderr.splitlines()[:2] == ["  a titel:x", "    ^"]
    assert "did you mean title?" in failed.stderr


def test_filter_test_when_an_expression_could_not_be_a_setting_then_it_says_so(
    planet: Planet,
) -> None:
    tried = ecliptic("filter", "test", "age<3d or x", *planet.option)
    assert "age<3d changes by itself" in tried.stderr
    assert "no entry is stored yet" in tried.stderr


def test_excerpt_when_it_is_set_then_pages_show_the_beginning_and_the_store_keeps_all(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(
        tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 1)))], excerpt=6
    )
    planet.build()
    assert "Body…" in planet.read("index.html")
    assert "Body…" in planet.read("atom.xml")
    assert "Body of" not in planet.read("rss20.xml")
    text = planet.config.read_text("utf-8")
    planet.config.write_text(text.replace("excerpt = 6", "excerpt = 0"), "utf-8")
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Body of Post 1" in planet.read("index.html")


def test_run_when_no_filter_is_set_then_the_language_is_not_even_loaded() -> None:
    code = (
        "import sys, ecliptic.flows.refresh, ecliptic.flows.publish, ecliptic.flows.worker, "
        "ecliptic.store.open; print([m for m in sys.modules if m.startswith('ecliptic.filters')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_entries_list_when_a_filter_is_given_then_it_searches_what_is_shown_or_hidden(
    planet: Planet,
) -> None:
    planet.build()
    ecliptic("entries", "hide", "https://blog.example/3", *planet.option)
    asked = ("entries", "list", *planet.option, "--json", "--filter", 'not title:"Post 2"')
    shown = json.loads(ecliptic(*asked).stdout)
    assert [each["title"] for each in shown] == ["Post 1", "Post 4"]
    assert [each["title"] for each in json.loads(ecliptic(*asked, "--limit", "1").stdout)] == [
        "Post 1"
    ]
    assert json.loads(ecliptic(*asked, "--feed", "A").stdout) == shown
    hidden = json.loads(ecliptic(*asked, "--hidden").stdout)
    assert [(each["title"], each["code"]) for each in hidden] == [
        ("Post 3", "decide.hidden_by_hand")
    ]
    recent = ecliptic(*asked[:-1], "age<1d", "--now", "2018-04-25T11:30:00Z").stdout
    assert [each["title"] for each in json.loads(recent)] == ["Post 1"]


def test_entries_list_when_the_filter_is_wrong_then_it_points_at_the_place(planet: Planet) -> None:
    failed = ecliptic("entries", "list", "--filter", "a titel:x", *planet.option)
    assert failed.returncode == 2
    assert failed.stderr.splitlines()[:2] == ["  a titel:x", "    ^"]


def test_entries_list_when_help_is_asked_for_then_it_teaches_three_searches() -> None:
    told = ecliptic("entries", "list", "--help").stdout
    assert told.count("--filter '") == 3 + 1
