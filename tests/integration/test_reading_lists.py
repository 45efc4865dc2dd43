"""Lists of feeds that others keep, asked for by real runs on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecliptic.engine.lists import with_stored
from ecliptic.model.reading_list import ListedFeed, ListState, ReadingList
from ecliptic.model.site import Site
from ecliptic.sources import reading_lists
from ecliptic.store import open_store
from ecliptic.testing import FeedServer
from making import NOON
from planets import LOOPBACK, ecliptic, posts, rss

DAYS = [f"2018-04-{day}T02:00:00Z" for day in range(25, 30)]


class Listing:
    """A planet whose feeds stand in a list on the same server."""

    def __init__(self, folder: Path, server: FeedServer) -> None:
        self.server = server
        self.config = folder / "planet.toml"
        server.add("/ann", rss("Ann's", "https://ann.example/", posts(1, 1)).encode())
        server.add("/bob", rss("Bob's", "https://bob.example/", posts(11, 1)).encode())
        self.put("ann", "bob")
        self.config.write_text(
            f'[planet]\nname = "P"\n[[list]]\nurl = "{server.url("/list")}"\n', "utf-8"
        )

    def put(self, *names: str) -> None:
        outlines = "".join(
            f'<outline text="{name.title()}" xmlUrl="{self.server.url(f"/{name}")}"/>'
            for name in names
        )
        self.server.add("/list", f"<opml><body>{outlines}</body></opml>".encode())

    def run(self, now: str, *more: str) -> dict[str, Any]:
        done = ecliptic("build", str(self.config), *LOOPBACK, "--now", now, "--json", *more)
        assert done.returncode == 0, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def names(self) -> list[str]:
        done = ecliptic("feeds", "list", "--config", str(self.config), "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert {feed["listed_in"] for feed in found} <= {self.server.url("/list"), ""}
        return [feed["name"] for feed in found]

    def asked(self) -> int:
        return self.server.count("/list")


@pytest.fixture
def listing(tmp_path: Path) -> Iterator[Listing]:
    with FeedServer() as server:
        yield Listing(tmp_path, server)


def test_build_when_a_list_changes_follows_it_once_a_day(listing: Listing) -> None:
    assert listing.names() == []
    assert listing.run(DAYS[0])["feeds"]["total"] == 2
    assert listing.names() == ["Ann", "Bob"]
    listing.put("bob")
    assert listing.run("2018-04-25T12:00:00Z")["feeds"]["total"] == 2
    assert listing.asked() == 1
    assert listing.run(DAYS[1])["feeds"]["total"] == 1
    assert listing.names() == ["Bob"]
    assert listing.run(DAYS[1], "--all")["feeds"]["total"] == 1
    assert listing.asked() == 3


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"<opml><body/></opml>", "sources.empty_list"), (b"<html>Gone</html>", "sources.not_a_list"),
     (None, "fetch.http_404")],
)  # fmt: skip
def test_build_when_a_list_breaks_keeps_everybody_and_says_so(
    listing: Listing, body: bytes | None, code: str
) -> None:
    listing.run(DAYS[0])
    if body is None:
        listing.server.remove("/list")
    else:
        listing.server.add("/list", body)
    for day in DAYS[1:3]:
        summary = listing.run(day)
        assert summary["feeds"]["total"] == 2
    assert listing.names() == ["Ann", "Bob"]
    done = ecliptic("publish", str(listing.config), "--now", DAYS[3])
    assert done.returncode == 0, done.stderr
    assert listing.names() == ["Ann", "Bob"]
    said = ecliptic("refresh", str(listing.config), *LOOPBACK, "--now", DAYS[4])
    assert f"[{code}]" in said.stderr


def test_build_when_the_list_has_validators_it_is_not_sent_again(listing: Listing) -> None:
    listing.run(DAYS[0])
    listing.run(DAYS[1])
    second = listing.server.requests("/list")[1]
    assert "if-none-match" in {name.lower() for name in second.headers}


def test_build_when_the_operator_lists_a_feed_too_the_own_settings_stand(
    listing: Listing,
) -> None:
    own = f'[[feed]]\nurl = "{listing.server.url("/bob")}"\npaused = true\n'
    listing.config.write_text(listing.config.read_text("utf-8") + own, "utf-8")
    summary = listing.run(DAYS[0])
    assert (summary["feeds"]["total"], summary["feeds"]["skipped"]) == (2, 1)
    assert listing.names() == ["Bob", "Ann"]
    shown = ecliptic("feeds", "list", "--config", str(listing.config)).stdout.splitlines()
    assert "paused" in shown[0]
    assert f"from {listing.server.url('/list')}" in shown[1]


def test_build_when_venus_names_a_list_in_a_file_reads_it_with_overrides(
    listing: Listing, tmp_path: Path
) -> None:
    people = tmp_path / "people.xml"
    people.write_bytes(
        f'<opml><body><outline text="Ann" xmlUrl="{listing.server.url("/ann")}"/>'
        f'<outline text="Bob" xmlUrl="{listing.server.url("/bob")}"/></body></opml>'.encode()
    )
    listing.config = tmp_path / "venus.ini"
    listing.config.write_text(
        "[Planet]\nname = V\n[people.xml]\ncontent_type = opml\n"
        f"[{listing.server.url('/ann')}]\nname = Anna\nface = ann.png\n",
        "utf-8",
    )
    done = ecliptic("feeds", "list", "--config", str(listing.config), "--json")
    assert [feed["name"] for feed in json.loads(done.stdout)] == ["Anna", "Bob"]
    assert listing.run(DAYS[0])["feeds"]["total"] == 2
    people.write_text("", "utf-8")  # somebody is just writing it
    assert listing.run(DAYS[0], "--all")["feeds"]["total"] == 2


def test_with_stored_when_lists_lead_to_lists_takes_no_more_feeds_of_all_than_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = "https://l.example/1", "https://l.example/2"
    monkeypatch.setattr(reading_lists, "FEED_LIMIT", 3)
    feeds = [ListedFeed(url=f"https://blog{number}.example/feed") for number in range(4)]
    state = str(tmp_path / "planet.sqlite")
    with open_store(state) as store:
        store.keep_reading_lists({
            one: ListState(feeds=tuple(feeds[:2]), further=(two,), checked_at=NOON),
            two: ListState(feeds=tuple(feeds[2:]), checked_at=NOON),
        })  # fmt: skip
    site = Site(name="P", state=state, lists=(ReadingList(url=one, depth=1),))
    found = with_stored(site).subscriptions
    assert [feed.url for feed in found] == [feed.url for feed in feeds[:3]]
    assert {feed.listed_in for feed in found} == {one}


def foaf(person: str, feed: str, *, knows: str = "") -> bytes:
    seen = f'<rdfs:seeAlso rdf:resource="{knows}"/>' if knows else ""
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:rss="http://purl.org/rss/1.0/"'
        f' xmlns:foaf="http://xmlns.com/foaf/0.1/"><foaf:Person><foaf:name>{person}</foaf:name>'
        f"<foaf:knows><foaf:Person>{seen}</foaf:Person></foaf:knows><foaf:weblog>"
        f'<foaf:Document><rdfs:seeAlso><rss:channel rdf:about="{feed}"/></rdfs:seeAlso>'
        "</foaf:Document></foaf:weblog></foaf:Person></rdf:RDF>"
    ).encode()


def test_build_when_people_know_others_reads_these_as_far_as_asked(listing: Listing) -> None:
    server = listing.server
    server.add("/list", foaf("Ann", server.url("/ann"), knows="bob.rdf"))
    server.add("/bob.rdf", foaf("Bob", server.url("/bob"), knows="eve.rdf"))
    server.add("/eve.rdf", foaf("Eve", server.url("/eve"), knows="gone.rdf"))
    server.add("/eve", rss("Eve's", "https://eve.example/", posts(21, 1)).encode())
    listing.run(DAYS[0])
    assert listing.names() == ["Ann"]
    assert server.count("/bob.rdf") == 0
    with listing.config.open("a") as file:
        file.write("depth = 1\n")
    listing.run(DAYS[1])
    assert listing.names() == ["Ann", "Bob"]
    assert server.count("/eve.rdf") == 0
    listing.config.write_text(listing.config.read_text().replace("depth = 1", "depth = 3"))
    assert listing.run(DAYS[2])["feeds"]["failed"] == 0
    assert listing.names() == ["Ann", "Bob", "Eve"]
    assert server.count("/gone.rdf") == 1
    server.add("/bob.rdf", b"gone", status=500)
    listing.run(DAYS[3])
    assert listing.names() == ["Ann", "Bob", "Eve"]
    server.add("/list", foaf("Ann", server.url("/ann")))
    listing.run(DAYS[4])
    assert listing.names() == ["Ann"]
