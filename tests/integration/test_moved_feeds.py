"""Feeds that move, over simulated days, against a real server and a real state file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ecliptic import Planet as OpenedPlanet
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.testing import FeedServer
from planets import LOOPBACK, Planet, ecliptic, item, posts, rss

START = datetime(2018, 4, 25, 1, 47, tzinfo=UTC)
BLOG = rss("Ada", "https://ada.example/", posts(1, 3, start=START - timedelta(days=1)))
STRANGER = rss(
    "Parked", "https://parked.example/", [item(9, "Buy this", START - timedelta(days=2))]
)


class Days:
    """A planet, its server, and the days that pass between its runs."""

    def __init__(self, folder: Path, server: FeedServer) -> None:
        self.server = server
        self.old = server.add("/old.xml", BLOG)
        self.new = server.url("/new.xml")
        self.planet = Planet(folder, [self.old], description="kept")
        self.now = START
        self.moves: list[str] = []

    def pass_by(self, days: int, **planet: Any) -> None:
        """Run once a day."""
        for _ in range(days):
            self.now += timedelta(days=1)
            summary = self.open(**planet).build()
            self.moves += [move.code for move in summary.moves]

    def open(self, **options: Any) -> OpenedPlanet:
        return OpenedPlanet.open(
            self.planet.config, now=self.now, allow_networks=["127.0.0.0/8"], jobs=1, **options
        )

    def redirect(self, path: str, to: str, status: int = 301) -> None:
        self.server.add(path, b"moved", redirect=to, status=status)

    def move(self, status: int = 301) -> None:
        """Serve the feed at its new address, and redirect the old one there."""
        self.server.add("/new.xml", BLOG)
        self.redirect("/old.xml", "/new.xml", status)

    def feed(self) -> FeedState:
        (feed, *_) = self.open().feeds()
        return feed

    def entries(self) -> list[Entry]:
        with self.open().store() as store:
            return list(store.newest())

    def asked(self) -> list[str]:
        """Run once more, and return the paths that were asked, in order."""
        self.server.forget_requests()
        self.pass_by(1)
        return [request.path for request in self.server.requests()]

    def command(self, *arguments: str) -> str:
        done = ecliptic(*arguments, "--config", str(self.planet.config))
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    with FeedServer() as server:
        made = Days(tmp_path, server)
        made.open().build()
        yield made


@pytest.mark.parametrize("status", [301, 308])
def test_feed_when_it_moved_for_days_then_it_is_asked_at_its_new_address_alone(
    days: Days, status: int
) -> None:
    before = days.feed(), days.entries()
    days.move(status)
    days.pass_by(3)
    assert days.feed().asked_url == days.old
    days.pass_by(1)
    after = days.feed()
    assert (after.id, after.url, after.asked_url) == (before[0].id, days.old, days.new)
    assert days.entries() == before[1]
    assert days.moves == ["decide.moved"]
    assert days.asked() == ["/new.xml"]
    (request,) = days.server.requests("/new.xml")
    assert "if-none-match" in request.headers


def test_feed_when_a_post_appears_after_the_move_then_it_joins_the_others(days: Days) -> None:
    days.move()
    days.pass_by(4)
    items = [item(9, "News", days.now), *posts(1, 3, start=START - timedelta(days=1))]
    days.server.add("/new.xml", rss("Ada", "https://ada.example/", items))
    days.pass_by(1)
    assert [entry.title for entry in days.entries()] == ["News", "Post 1", "Post 2", "Post 3"]
    assert "4 stored" in days.planet.read("feeds.html")


def test_feed_when_the_chain_is_permanent_then_its_end_is_adopted(days: Days) -> None:
    days.move()
    days.redirect("/old.xml", "/between.xml", 308)
    days.redirect("/between.xml", "/new.xml", 301)
    days.pass_by(4)
    assert days.feed().asked_url == days.new


def test_feed_when_one_hop_is_temporary_then_it_stays(days: Days) -> None:
    days.move()
    days.redirect("/old.xml", "/between.xml", 301)
    days.redirect("/between.xml", "/new.xml", 302)
    days.pass_by(9)
    assert days.feed().asked_url == days.old
    assert days.asked() == ["/old.xml", "/between.xml", "/new.xml"]


def test_feed_when_it_is_redirected_for_a_time_in_between_then_the_days_begin_again(
    days: Days,
) -> None:
    days.move()
    days.pass_by(3)
    days.redirect("/old.xml", "/new.xml", 302)
    days.pass_by(1)
    days.move()
    days.pass_by(3)
    assert days.feed().asked_url == days.old
    days.pass_by(1)
    assert days.feed().asked_url == days.new


def test_feed_when_the_target_changes_daily_then_it_stays(days: Days) -> None:
    days.server.add("/other.xml", BLOG)
    days.move()
    for day in range(9):
        days.redirect("/old.xml", "/other.xml" if day % 2 else "/new.xml")
        days.pass_by(1)
    assert days.feed().asked_url == days.old


def test_feed_when_it_leads_to_another_feed_then_it_is_not_believed(days: Days) -> None:
    days.server.add("/new.xml", STRANGER)
    days.redirect("/old.xml", "/new.xml")
    days.pass_by(9)
    assert days.feed().asked_url == days.old
    assert "[decide.redirected_other]" in days.command("why", days.old)


def test_feed_when_the_new_address_goes_away_then_the_old_one_is_asked_again(days: Days) -> None:
    days.move()
    days.pass_by(4)
    days.server.remove("/new.xml")
    days.server.add("/old.xml", BLOG)
    days.pass_by(14)
    feed = days.feed()
    assert (feed.asked_url, feed.fetch.code) == (days.old, "")
    assert days.moves == ["decide.moved", "decide.moved_back"]
    assert len(days.entries()) == 3
    assert "fails for good" in days.planet.read("feeds.html")


def test_feed_when_the_new_address_becomes_another_feed_then_the_old_one_is_asked_again(
    days: Days,
) -> None:
    days.move()
    days.pass_by(4)
    days.server.add("/new.xml", STRANGER)
    days.pass_by(9)
    assert days.feed().asked_url == days.old
    assert days.moves == ["decide.moved", "decide.moved_other"]
    days.pass_by(9)
    assert days.feed().asked_url == days.old


def test_feed_when_the_target_is_private_then_it_is_never_asked(tmp_path: Path) -> None:
    hosts = ("127.0.0.1", "127.0.0.2")
    with FeedServer(hosts=hosts) as server:
        days = Days(tmp_path, server)
        private = server.url("/new.xml", "127.0.0.2")
        server.add("/new.xml", BLOG)
        for _ in range(6):
            days.now += timedelta(days=1)
            OpenedPlanet.open(
                days.planet.config, now=days.now, allow_networks=["127.0.0.1/32"], jobs=1
            ).build()
            days.redirect("/old.xml", private)
    assert days.feed().fetch.code == "fetch.refused_address"
    assert days.feed().asked_url == days.old
    assert days.feed().fetch.move.target == ""


def test_run_when_a_feed_moved_then_it_is_told_once_and_everywhere(days: Days) -> None:
    days.move()
    days.pass_by(3)
    told = [days.planet.run("build", now=f"2018-04-{day}T01:47:00Z").stderr for day in (29, 30)]
    line = f"moved: {days.old} → {days.new}; `ecliptic feeds moved --write` puts it into"
    assert [line in each for each in told] == [True, False]
    assert f"moved for good to {days.new}" in days.planet.read("feeds.html")
    assert f"moved for good to {days.new}" in days.command("feeds", "list")
    (listed,) = json.loads(days.command("feeds", "list", "--json"))
    assert listed["moved_to"] == days.new
    (answer,) = json.loads(days.command("why", days.old, "--json"))["feeds"]
    assert (answer["moved"]["code"], answer["url"]) == ("decide.moved", days.old)
    assert days.command("why", days.new) == days.command("why", days.old)
    checked = ecliptic("check", str(days.planet.config), "--strict")
    assert (checked.returncode, "[check.moved]" in checked.stdout) == (1, True)


def test_moved_when_written_then_the_feed_goes_on_under_its_new_address(days: Days) -> None:
    text = days.planet.config.read_text("utf-8").replace(
        "[[feed]]", "# Ada is a friend\n[[feed]]\nname = 'My Ada'  # as she likes it"
    )
    days.planet.config.write_text(text + "# the end\n", "utf-8")
    days.move()
    days.pass_by(4)
    before, kept = days.feed(), days.entries()
    assert f"{days.old} → {days.new}" in days.command("feeds", "moved")
    assert days.planet.config.read_text("utf-8") == text + "# the end\n"
    assert days.new in days.command("feeds", "moved", "--write")
    assert days.planet.config.read_text("utf-8") == (text + "# the end\n").replace(
        days.old, days.new
    )
    after = days.feed()
    assert (after.id, after.url, after.asked_url) == (before.id, days.new, days.new)
    assert days.entries() == kept
    assert days.asked() == ["/new.xml"]
    assert days.entries() == kept
    assert json.loads(days.command("feeds", "moved", "--json")) == []
    assert "My Ada" in days.planet.read("feeds.html")


def test_moved_when_the_operator_writes_it_by_hand_then_nothing_is_new(days: Days) -> None:
    days.move()
    days.pass_by(2)  # known to be redirected, not yet adopted
    kept, identity = days.entries(), days.feed().id
    days.planet.subscribe([days.new])
    days.now += timedelta(days=1)
    summary = days.open().build()
    assert summary.entries.new == 0
    assert (days.feed().id, days.entries()) == (identity, kept)
    assert days.planet.read("index.html").count("<article") == 3
    days.planet.subscribe([days.old])
    days.pass_by(1)
    assert (days.feed().id, days.entries()) == (identity, kept)


def test_moved_when_the_configuration_is_opml_then_it_is_only_listed(
    tmp_path: Path, days: Days
) -> None:
    opml = tmp_path / "planet.opml"
    opml.write_text(f'<opml version="2.0"><body><outline xmlUrl="{days.old}"/></body></opml>')
    days.move()
    days.pass_by(4)
    common = ("--config", str(opml), "--state", str(days.planet.state))
    listed = ecliptic("feeds", "moved", *common)
    assert (listed.returncode, days.new in listed.stdout) == (0, True)
    text = opml.read_text("utf-8")
    refused = ecliptic("feeds", "moved", "--write", *common)
    assert (refused.returncode, "this is OPML" in refused.stderr) == (2, True)
    assert days.new in refused.stdout
    assert opml.read_text("utf-8") == text


def test_duplicates_when_two_end_at_one_address_then_both_are_shown_and_named(
    days: Days,
) -> None:
    days.server.add("/new.xml", BLOG)
    days.redirect("/old.xml", "/new.xml", 302)
    days.planet.subscribe([days.old, days.new])
    done = ecliptic("build", str(days.planet.config), *LOOPBACK, "--all", "--now", "2018-04-26")
    said = f"duplicate: {days.new}: the same feed as {days.old}: both end at {days.new}"
    assert done.stderr.count(said) == 1
    assert days.planet.read("feeds.html").count("<dt>Duplicate</dt>") == 1
    assert f"the same feed as {days.old}" in days.command("feeds", "list")
    listed = json.loads(days.command("feeds", "list", "--json"))
    assert [each["duplicate_of"] for each in listed] == ["", days.old]
    assert "[decide.same_address]" in days.command("why", days.new)
    assert "[check.twice]" in ecliptic("check", str(days.planet.config)).stdout
    assert [feed.entries for feed in days.open().feeds()] == [3, 3]


def test_check_when_the_state_cannot_be_used_then_the_configuration_still_can(
    days: Days,
) -> None:
    days.planet.state.write_bytes(b"no database, " * 500)
    checked = ecliptic("check", str(days.planet.config))
    assert (checked.returncode, "can be used" in checked.stdout) == (0, True)


def test_duplicates_when_a_moved_feed_is_subscribed_at_both_then_it_is_not_written(
    days: Days,
) -> None:
    days.move()
    days.planet.subscribe([days.old, days.new])
    days.pass_by(4)
    text = days.planet.config.read_text("utf-8")
    assert "remove one of them" in days.command("feeds", "moved", "--write")
    assert days.planet.config.read_text("utf-8") == text


@pytest.mark.parametrize(("second", "expected"), [(BLOG, 1), (STRANGER, 0)])
def test_duplicates_when_ids_are_equal_then_entries_decide(
    days: Days, second: str, expected: int
) -> None:
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://ada.example/feed"/>'
    urls = [
        days.server.add(path, document.replace("<link>", own + "<link>", 1))
        for path, document in (("/old.xml", BLOG), ("/copy.xml", second))
    ]
    days.planet.subscribe(urls)
    days.now += timedelta(days=1)
    summary = days.open().build()
    assert len(summary.duplicates) == expected


def test_state_when_nothing_moves_then_nothing_is_stored_of_it(days: Days) -> None:
    days.pass_by(2)
    with sqlite3.connect(days.planet.state) as connection:
        assert connection.execute("SELECT move FROM feed").fetchall() == [("{}",)]
    connection.close()
