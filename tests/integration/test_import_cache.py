"""What Venus kept, read into a planet by the command: the archive survives the move."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ecliptic.engine import Planet
from ecliptic.sources.venus_cache import file_name
from ecliptic.testing import FeedServer
from planets import BUILT_AT, LOOPBACK, ecliptic, item, rss

ENTRY = """\
<?xml version="1.0" encoding="utf-8"?>
<entry xmlns="http://www.w3.org/2005/Atom" xmlns:planet="http://planet.intertwingly.net/">
<id>{id}</id><link href="https://ann.example/{id}" rel="alternate"/>
<title>Old {id}</title>{dates}
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content>
{owner}<source><id>{feed}</id><title>Ann's</title><link rel="alternate" href="https://ann.example/"/>
<link rel="self" href="{address}"/><planet:name>Ann</planet:name></source></entry>
"""


class Move:
    """A planet of Venus with a cache, beside a server that has its one feed."""

    def __init__(self, folder: Path, server: FeedServer) -> None:
        self.server = server
        self.folder = folder
        self.cache = folder / "cache"
        (self.cache / "sources").mkdir(parents=True)
        (self.cache / "blacklist").mkdir()
        self.url = server.url("/ann")
        new = item(9, "New one", datetime(2018, 4, 24, 12, tzinfo=UTC))
        server.add("/ann", rss("Ann's", "https://ann.example/", [new]).encode())
        self.config = folder / "config.ini"
        self.config.write_text(
            "[Planet]\nname = V\ncache_directory = cache\noutput_dir = out\nspider_threads = 0\n"
            f"[{self.url}]\nname = Ann\n",
            "utf-8",
        )
        (self.cache / "sources" / file_name(self.url)).write_text(
            '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:ann.example,2004:feed</id></feed>'
        )

    def put(
        self,
        name: str,
        seen: datetime,
        *,
        dates: str = "",
        body: str = "<p>text</p>",
        feed: str = "tag:ann.example,2004:feed",
        address: str = "",
        owner: str = "",
    ) -> Path:
        path = self.cache / name
        text = ENTRY.format(
            id=name, dates=dates, body=body, feed=feed, address=address, owner=owner
        )
        path.write_text(text, "utf-8")
        os.utime(path, (seen.timestamp(), seen.timestamp()))
        return path

    def read(self, *more: str) -> dict[str, Any]:
        done = ecliptic(
            "import", "--cache", str(self.cache), "--config", str(self.config),
            "--now", BUILT_AT, "--json", *more,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)["cache"]
        return found

    def planet(self) -> Planet:
        return Planet.open(self.config)


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with FeedServer() as server:
        yield Move(tmp_path, server)


OLD = datetime(2011, 2, 18, 9, tzinfo=UTC)
OLDER = datetime(2009, 1, 1, tzinfo=UTC)


def test_import_when_venus_kept_entries_keeps_them_and_their_dates(move: Move) -> None:
    move.put("a", OLD)
    written = "<published>2009-01-01T00:00:00Z</published><updated>2011-02-18T09:00:00Z</updated>"
    move.put("b", OLD, dates=written)
    found = move.read()
    assert (found["new"], found["known"], found["feeds"]) == (2, 0, 1)
    entries = {entry.id: entry for entry in move.planet().find("title:Old")}
    assert (entries["a"].first_seen_at, entries["a"].shown_at) == (OLD, OLD)
    assert (entries["b"].first_seen_at, entries["b"].shown_at) == (OLD, OLDER)
    assert all(entry.hidden is None and entry.source is None for entry in entries.values())
    assert "text" in entries["a"].content


def test_import_when_it_is_done_again_changes_nothing(move: Move) -> None:
    move.put("a", OLD)
    move.read()
    state = move.planet().site.state
    with move.planet().store() as store:
        before = (store.revision(), list(store.newest()))
    again = move.read()
    assert (again["new"], again["known"]) == (0, 1)
    move.put("a", OLD, body="<p>another</p>")
    assert move.read()["new"] == 0
    with move.planet().store() as store:
        assert (store.revision(), list(store.newest())) == before
    assert Path(state).is_file()


def test_build_when_a_cache_was_read_has_the_archive_and_what_is_new(move: Move) -> None:
    for number in range(30):
        move.put(f"e{number}", datetime(2018, 4, 1, number % 24, tzinfo=UTC))
    move.read()
    done = ecliptic("build", str(move.config), *LOOPBACK, "--now", BUILT_AT, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["entries"]["new"] == 1
    page = (move.folder / "out" / "index.html").read_text("utf-8")
    assert page.index("New one") < page.index("Old e23")
    feeds = ecliptic("feeds", "list", "--config", str(move.config), "--json")
    assert [feed["entries"] for feed in json.loads(feeds.stdout)] == [31]


def test_build_when_the_planet_has_a_filter_asks_it_of_the_archive_too(move: Move) -> None:
    text = move.config.read_text("utf-8")
    move.config.write_text(text.replace("[Planet]", "[Planet]\nexclude = Old e1\\b"), "utf-8")
    for number in range(12):  # without dates, as a back catalogue is
        move.put(f"e{number}", datetime(2018, 4, 1, number, tzinfo=UTC))
    move.read()
    done = ecliptic("build", str(move.config), *LOOPBACK, "--now", BUILT_AT)
    assert done.returncode == 0, done.stderr
    hidden = [entry.id for entry in move.planet().find("title:Old") if entry.hidden]
    assert hidden == ["e1"]


def test_import_when_a_feed_is_known_by_its_address_or_carried_finds_it(move: Move) -> None:
    move.put("a", OLD, feed="tag:other", address=move.url)
    owner = "<planet:id>tag:ann.example,2004:feed</planet:id>"
    move.put("b", OLD, feed="tag:blog-of-eve", owner=owner)
    move.put("c", OLD, feed="tag:unsubscribed", address="https://gone.example/")
    found = move.read()
    assert (found["new"], found["strange"]) == (2, 1)
    sources = {entry.id: entry.source for entry in move.planet().find("title:Old")}
    assert sources["a"] is None
    assert sources["b"] is not None


def test_import_when_a_cache_is_hostile_takes_nothing_unclean(move: Move) -> None:
    move.put("good", OLD, body="<p onclick='x()'>ok</p><script>alert(1)</script>")
    move.put("blocked", OLD)
    (move.cache / "blacklist" / "blocked").touch()
    (move.cache / "huge").write_bytes(b"<entry>" + b"x" * 3_000_000)
    (move.cache / "noise").write_bytes(os.urandom(2_000))
    (move.cache / "empty").touch()
    (move.cache / "index").mkdir()
    (move.cache / "link").symlink_to("/etc/passwd")
    bomb = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        f'<entry xmlns="http://www.w3.org/2005/Atom"><id>bomb</id><title>Old &a;</title>'
        f"<source><id>{move.url}</id></source></entry>"
    )
    (move.cache / "bomb").write_text(bomb)
    move.put("far", datetime(2300, 1, 1, tzinfo=UTC))
    found = move.read()
    assert (found["new"], found["blocked"], found["unreadable"]) == (3, 1, 3)
    entries = {entry.id: entry for entry in move.planet().find("title:Old")}
    assert "script" not in entries["good"].content + entries["good"].summary
    assert "root:" not in entries["bomb"].title
    assert "onclick" not in entries["good"].content
    assert entries["far"].first_seen_at == datetime(2018, 4, 25, 1, 47, tzinfo=UTC)


def test_import_when_settings_and_cache_come_together_reads_both(move: Move) -> None:
    move.put("a", OLD)
    new = move.folder / "planet.toml"
    done = ecliptic(
        "import", str(move.config), "--output", str(new), "--cache", str(move.cache),
        "--dialect", "venus", "--now", BUILT_AT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "cache: 1 entries of 1 feeds read" in done.stdout
    assert len(Planet.open(new).find("title:Old")) == 1


def test_import_when_there_is_no_such_cache_says_so(move: Move) -> None:
    done = ecliptic("import", "--cache", "/nowhere", "--config", str(move.config))
    assert (done.returncode, "there is no such folder" in done.stderr) == (2, True)
