"""The planet's hub is told which feeds changed: once, not by luck, and at nobody's cost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecliptic.testing import FeedServer
from hubs import Answer, Hub, Seen
from planets import BUILT_AT, Planet, posts, rss

TOPICS = [f"https://planet.example/{path}" for path in ("atom.xml", "feed.json", "rss20.xml")]
HOUR_LATER = "2018-04-25T02:47:00Z"
TWO_DAYS_LATER = "2018-04-27T01:47:00Z"
FIVE_DAYS_LATER = "2018-04-30T01:47:00Z"
NOTHING = {"told": 0, "waiting": 0, "given_up": 0, "untold": []}
REFUSED = Answer(500)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        running.add("/feed", rss("Blog", "https://blog.example/", posts(1, 2)))
        yield running


def planet_of(folder: Path, server: FeedServer, hub: Hub) -> Planet:
    return Planet(folder, [server.url("/feed")], hub=hub.url)


def write_a_post(server: FeedServer, number: int = 3) -> None:
    server.add("/feed", rss("Blog", "https://blog.example/", posts(1, number)))


def told(planet: Planet, *arguments: str, now: str = BUILT_AT) -> dict[str, Any]:
    """Build, and return what the summary says of the hub."""
    hub: dict[str, Any] = planet.build("--all", *arguments, now=now)["hub"]
    return hub


def test_build_when_feeds_changed_then_the_hub_is_told_once_of_each(
    tmp_path: Path, server: FeedServer
) -> None:
    standing: list[bool] = []

    def look(_: Seen) -> None:
        standing.append(hub.url in (tmp_path / "site" / "atom.xml").read_text("utf-8"))

    with Hub(on_ping=look) as hub:
        planet = planet_of(tmp_path, server, hub)
        assert told(planet) == {**NOTHING, "told": 3}
        assert hub.topics() == TOPICS
        assert standing == [True] * 3, "told before the feed could be read"
        assert all(seen.form["hub.mode"] == "publish" for seen in hub.seen)
        assert all(seen.form["hub.topic"] == seen.form["hub.url"] for seen in hub.seen)
        assert "Planet Test" in hub.seen[0].fields["User-Agent"]


def test_build_when_nothing_is_new_then_it_writes_and_sends_nothing(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub() as hub:
        planet = planet_of(tmp_path, server, hub)
        told(planet)
        files = planet.files()
        assert told(planet, now=HOUR_LATER) == NOTHING
        assert len(hub.seen) == 3
        assert planet.files() == files
        write_a_post(server)
        assert told(planet, now=TWO_DAYS_LATER)["told"] == 3
        assert len(hub.seen) == 6


def test_build_when_the_hub_fails_then_the_run_does_not_and_it_is_told_later(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub(REFUSED, REFUSED, REFUSED, Answer()) as hub:
        planet = planet_of(tmp_path, server, hub)
        done = planet.run("build", "--strict")
        assert done.returncode == 0, done.stderr
        assert "3 waiting" in done.stdout
        assert (
            "hub not told: https://planet.example/atom.xml: the server answered 500" in done.stderr
        )
        assert told(planet, now="2018-04-25T01:50:00Z")["waiting"] == 3
        assert len(hub.seen) == 3, "asked again before its time"
        assert told(planet, now=HOUR_LATER) == {**NOTHING, "told": 3}
        assert hub.topics() == sorted(TOPICS * 2)


def test_build_when_the_hub_fails_for_days_then_it_is_given_up_until_a_feed_changes(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub(*[REFUSED] * 9, Answer()) as hub:
        planet = planet_of(tmp_path, server, hub)
        told(planet)
        assert told(planet, now=TWO_DAYS_LATER)["waiting"] == 3
        lost = told(planet, now=FIVE_DAYS_LATER)
        assert (lost["waiting"], lost["given_up"]) == (0, 3)
        assert {each["code"] for each in lost["untold"]} == {"fetch.http_500"}
        assert told(planet, now="2018-05-01T01:47:00Z") == {**NOTHING, "given_up": 3}
        status = json.loads(planet.read("status.json"))["hub"]
        assert (status["given_up"], status["untold"][0]["code"]) == (3, "fetch.http_500")
        assert len(hub.seen) == 9
        write_a_post(server)
        assert told(planet, now="2018-05-02T01:47:00Z") == {**NOTHING, "told": 3}


def test_build_when_the_hub_wants_to_be_left_alone_then_it_is(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub(Answer(429, {"Retry-After": "90000"}), Answer()) as hub:
        planet = planet_of(tmp_path, server, hub)
        first = told(planet)
        assert first["told"] + first["waiting"] == 3
        (refused,) = [each for each in first["untold"] if each["code"] == "fetch.http_429"]
        assert refused["next_at"] == "2018-04-26T02:47:00Z"
        told(planet, now="2018-04-26T02:40:00Z")
        assert len(hub.seen) == 3
        assert told(planet, now="2018-04-26T02:50:00Z")["told"] == 1


def test_publish_when_feeds_changed_then_it_asks_no_network_and_ping_tells_later(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub() as hub:
        planet = planet_of(tmp_path, server, hub)
        for command in ("refresh", "publish", "publish"):
            assert planet.run(command).returncode == 0
        assert hub.seen == []
        config = str(planet.config)
        done = planet.run("ping")
        assert done.returncode == 0, done.stderr
        assert "3 told" in done.stdout, config
        assert hub.topics() == TOPICS
        assert "0 told" in planet.run("ping").stdout


def test_build_when_offline_then_the_hub_is_told_by_the_next_run(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub() as hub:
        planet = planet_of(tmp_path, server, hub)
        told(planet, "--offline")
        assert hub.seen == []
        assert told(planet)["told"] == 3


def test_build_when_a_run_was_stopped_after_it_published_then_the_hub_is_told_all_the_same(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub() as hub:
        planet = planet_of(tmp_path, server, hub)
        told(planet)
        write_a_post(server)
        planet.run("refresh", "--all")
        with sqlite3.connect(planet.state) as state:  # as if it had ended before the outbox
            before = state.execute("SELECT * FROM ping").fetchall()
        planet.run("publish")
        with sqlite3.connect(planet.state) as state:
            state.execute("DELETE FROM ping")
            marks = ", ".join("?" * 8)
            state.executemany(f"INSERT INTO ping VALUES ({marks})", before)
        state.close()
        assert told(planet, now=HOUR_LATER)["told"] == 3


def test_build_when_the_hub_is_no_address_that_may_be_asked_then_the_reason_is_told(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [server.url("/feed")], hub="http://192.168.7.7/hub")
    found = told(planet)
    assert found["waiting"] == 3
    assert {each["code"] for each in found["untold"]} == {"fetch.refused_address"}


def test_build_when_there_is_no_hub_then_nothing_of_it_is_loaded_or_said(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [server.url("/feed")])
    summary = planet.build()
    assert summary["hub"] == NOTHING
    assert "hub" not in summary["seconds"]
    assert "hub" not in json.loads(planet.read("status.json"))
    done = planet.run("ping")
    assert done.returncode == 2
    assert "no hub" in done.stderr
