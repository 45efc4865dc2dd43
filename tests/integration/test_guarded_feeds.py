"""Floods, quarantines and dead feeds, through the commands."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ecliptic.testing import FeedServer
from planets import BUILT_AT, Planet, ecliptic, item, posts, rss

DAY = timedelta(days=1)
BUILT = datetime.fromisoformat(BUILT_AT)


def after(days: float) -> str:
    return (BUILT + days * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")


def told(planet: Planet, *arguments: str, now: str = "") -> str:
    more = ("--now", now) if now else ()
    done = ecliptic(*arguments, *planet.option, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout if "--json" in arguments else done.stdout + done.stderr


def listed(planet: Planet) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(told(planet, "feeds", "list", "--json"))
    return {str(feed["name"]): feed for feed in found}


def test_flood_when_a_feed_is_added_then_readers_get_a_few_and_release_shows_the_rest(
    tmp_path: Path, server: FeedServer
) -> None:
    a = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    b = server.add("/b.xml", rss("B", "https://b.example/", posts(100, 30)))
    planet = Planet(tmp_path, [a])
    planet.build()
    planet.subscribe([a, b])
    summary = planet.build(now=after(1))
    assert (summary["entries"]["new"], summary["entries"]["hidden"]) == (30, 20)
    assert planet.read("atom.xml").count("<entry>") == 13
    assert "20 from before the feed was added" in planet.read("feeds.html")
    assert listed(planet)["B"]["held"] == 20
    assert "10 entries released, 10 still held" in told(planet, "feeds", "release", "B")
    assert "10 entries released" in told(planet, "feeds", "release", "--all")
    assert "nothing is held" in told(planet, "feeds", "release", "--all")
    planet.run("publish", now=after(1))
    assert planet.read("atom.xml").count("<entry>") == 33
    assert "released by hand" in told(planet, "why", "post-129-of-Post 129")


def test_release_when_neither_a_feed_nor_all_is_named_then_it_asks(tmp_path: Path) -> None:
    planet = Planet(tmp_path, [])
    done = ecliptic("feeds", "release", *planet.option)
    assert done.returncode == 2
    assert "--all" in done.stderr


def _spam(number: int, at: datetime) -> list[str]:
    body = "<p>Ini adalah situs yang bisa anda mainkan dengan aman di sini untuk menang."
    body += ' <a href="https://casino.example/">Klik</a></p>'
    names = ("judi slot gacor", "kasino daring", "taruhan bola", "poker malam", "togel hadiah")
    return [
        item(number + n, f"Situs {name}", at - n * DAY / 24, body=body)
        for n, name in enumerate(names)
    ]


def test_quarantine_when_a_feed_is_taken_over_then_the_operator_is_told_until_it_is_released(
    tmp_path: Path, server: FeedServer
) -> None:
    english = "<p>This is what we have written for you, and it is about the code that was made.</p>"
    history = [
        item(n, f"Testing Python code part {n}", BUILT - n * DAY, body=english) for n in range(12)
    ]
    url = server.add("/a.xml", rss("A", "https://a.example/", history))
    planet = Planet(tmp_path, [url])
    planet.build()
    server.add("/a.xml", rss("A", "https://a.example/", _spam(100, BUILT + 20 * DAY)))
    (alarm,) = planet.build("--all", now=after(20))["alarms"]
    assert (alarm["url"], alarm["code"]) == (url, "decide.quarantine")
    assert "another language (id, was en)" in alarm["why"]
    again = planet.run("build", now=after(21))
    assert again.stderr.count("look:") == 1
    assert "Situs" not in planet.read("index.html")
    assert "In quarantine" in planet.read("feeds.html")
    assert json.loads(planet.read("status.json"))["feeds"]["quarantine"] == 1
    assert "may have been taken over" in listed(planet)["A"]["quarantine"]
    assert "check.quarantine" in ecliptic("check", str(planet.config)).stdout
    assert "look        2018-05-15" in told(planet, "why", "A")
    assert "5 entries released; trusted again" in told(planet, "feeds", "release", "A")
    assert planet.build(now=after(22))["alarms"] == []
    assert planet.read("index.html").count("Situs") >= 5
    assert "decide.quarantine" not in told(planet, "feeds", "list")


def test_dead_when_a_feed_fails_for_months_then_it_is_named_paused_and_revived(
    tmp_path: Path, server: FeedServer
) -> None:
    """Dead feeds pile up: python/planet#308, #233, #246."""
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    planet = Planet(tmp_path, [url])
    planet.build()
    server.add("/a.xml", b"gone", status=404)
    for days in (1, 20, 60, 95):
        planet.build("--all", now=after(days))
    found = json.loads(told(planet, "feeds", "dead", "--json", now=after(95)))
    assert [(feed["url"], feed["code"]) for feed in found] == [(url, "decide.dead")]
    assert "404" in found[0]["why"]
    assert '<p class="state">Dead</p>' in planet.read("feeds.html")
    server.add("/a.xml", rss("A", "https://a.example/", posts(1, 4)))
    (alarm,) = planet.build("--all", now=after(96))["alarms"]
    assert alarm["code"] == "decide.revived"
    assert "no feed is dead" in told(planet, "feeds", "dead", now=after(96))


def test_dead_when_they_are_written_then_the_reason_stands_in_the_configuration(
    tmp_path: Path, server: FeedServer
) -> None:
    url = server.add("/a.xml", b"gone", status=404)
    planet = Planet(tmp_path, [url], dead_after_days=30)
    for days in (0, 10, 20, 40):
        planet.build("--all", now=after(days))
    assert "1 feed paused" in told(planet, "feeds", "dead", "--write", now=after(40))
    text = planet.config.read_text("utf-8")
    assert "paused = true  # fails at every check since 2018-04-25 (40 days)" in text
    assert "no feed is dead" in told(planet, "feeds", "dead", now=after(41))
    assert listed(planet)[""]["paused"]


def test_silent_when_a_new_feed_has_old_posts_only_then_it_is_listed(
    tmp_path: Path, server: FeedServer
) -> None:
    old = posts(1, 3, start=BUILT - 900 * DAY)
    url = server.add("/a.xml", rss("A", "https://a.example/", old))
    planet = Planet(tmp_path, [url], silent_after_days=730)
    planet.build()
    assert "no new entry since 2015-11-" in told(planet, "feeds", "dead", now=BUILT_AT)
