from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest

from ecliptic import Planet as OpenedPlanet
from ecliptic.errors import UsageError
from ecliptic.testing import FeedServer
from planets import Planet, ecliptic, item, posts, rss


def main_column(page: str) -> list[str]:
    """Return the text of the main column, line by line as blocks break it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    main = tree.find(".//main")
    assert main is not None
    blocks = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "article", "section", "header",
              "footer", "pre", "li"}  # fmt: skip
    text: list[str] = []

    def walk(node: object) -> None:
        tag = node.tag  # type: ignore[attr-defined] # html5lib's trees are untyped
        text.append("\n" if tag in blocks else "")
        text.append(node.text or "")  # type: ignore[attr-defined]
        for child in node:  # type: ignore[attr-defined]
            walk(child)
            text.append(child.tail or "")
        text.append("\n" if tag in blocks else "")

    walk(main)
    lines = (" ".join(line.split()) for line in "".join(text).split("\n"))
    return [line for line in lines if line]


def test_page_when_built_then_its_main_column_is_planet_pythons(
    tmp_path: Path, server: FeedServer
) -> None:
    """The page that started the project: Planet Python's of April 25, 2018."""
    afternoon = datetime(2018, 4, 24, 14, 9, tzinfo=UTC)
    evening = datetime(2018, 4, 24, 20, 30, tzinfo=UTC)
    abuse = server.add(
        "/abuse.xml",
        rss("Stack Abuse", "https://stackabuse.example/", [
            item(1, "Single Page Apps with Vue.js and Flask", afternoon,
                 body="<p>In this post</p>"),
            item(2, "Yesterday's", datetime(2018, 4, 23, 9, 5, tzinfo=UTC), author="Ada Lovelace"),
        ]),
    )  # fmt: skip
    other = server.add("/other.xml", rss("Other", "https://other.example/", [
        item(3, "Later", evening, body="<p>One</p><p>Two</p>"),
    ]))  # fmt: skip
    planet = Planet(tmp_path, [abuse, other], name="Planet Python")
    planet.build()
    assert main_column(planet.read("index.html")) == [
        "Planet Python",
        "Last update: April 25, 2018 01:47 AM",
        "April 24, 2018",
        "Other",
        "Later",
        "One",
        "Two",
        "April 24, 2018 08:30 PM",
        "Stack Abuse",
        "Single Page Apps with Vue.js and Flask",
        "In this post",
        "April 24, 2018 02:09 PM",
        "April 23, 2018",
        "Stack Abuse",
        "Yesterday's",
        "Body of Yesterday's",
        "by Ada Lovelace at April 23, 2018 09:05 AM",
    ]


def test_old_configuration_when_built_then_it_gives_its_page(
    tmp_path: Path, server: FeedServer
) -> None:
    url = server.add("/a.xml", rss("Feed's own title", "https://a.example/", posts(1, 3)))
    config = tmp_path / "config.ini"
    config.write_text(
        "[Planet]\nname = Planet Old\nlink = http://planet.example/\nitems_per_page = 2\n"
        "date_format = %d.%m.%Y %H:%M\nnew_date_format = %d.%m.%Y\noutput_dir = www\n"
        f"cache_directory = cache\n\n[{url}]\nname = Named here\n"
    )
    done = ecliptic("build", str(config), "--allow-network", "127.0.0.0/8",
                    "--now", "2018-04-25T01:47:00Z")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert main_column((tmp_path / "www" / "index.html").read_text("utf-8")) == [
        "Planet Old",
        "Last update: 25.04.2018 01:47",
        "24.04.2018",
        "Named here",
        "Post 1",
        "Body of Post 1",
        "24.04.2018 12:00",
        "Post 2",
        "Body of Post 2",
        "24.04.2018 11:00",
    ]


def test_build_when_nothing_is_new_then_nothing_is_written_at_any_later_time(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 5)))])
    first = planet.build()
    assert first["feeds"] == {
        "total": 1, "fetched": 1, "not_modified": 0, "failed": 0, "skipped": 0,
    }  # fmt: skip
    assert first["entries"] == {"new": 5, "changed": 0, "unchanged": 0, "hidden": 0}
    before = planet.files()
    for now in ("2018-04-25T01:48:00Z", "2019-12-31T23:59:59Z"):
        again = planet.build("--all", now=now)
        assert again["feeds"]["not_modified"] == 1
        assert again["entries"] == {"new": 0, "changed": 0, "unchanged": 0, "hidden": 0}
        assert again["pages"]["written"] == again["pages"]["removed"] == 0
        assert planet.files() == before
    assert json.loads(planet.read("status.json"))["failing"] == []


def test_build_when_a_post_is_new_then_only_pages_that_show_it_change(
    tmp_path: Path, server: FeedServer
) -> None:
    one = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    two = server.add("/b.xml", rss("B", "https://b.example/", posts(11, 3)))
    planet = Planet(tmp_path, [one, two])
    planet.build()
    before = planet.files()
    start = datetime(2018, 4, 25, 6, tzinfo=UTC)
    server.add("/a.xml", rss("A", "https://a.example/", [*posts(9, 1, start=start), *posts(1, 3)]))
    summary = planet.build(now="2018-04-25T07:00:00Z")
    assert summary["entries"] == {"new": 1, "changed": 0, "unchanged": 3, "hidden": 0}
    after = planet.files()
    moved = {path for path in before if before[path] != after[path]}
    assert {"index.html", "atom.xml", "rss20.xml"} <= moved
    (feed_page,) = (path for path in moved if path.startswith("feeds/") and path.endswith("html"))
    folder = feed_page.removesuffix(".html")
    outputs = {f"{folder}/{name}" for name in ("atom.xml", "rss20.xml", "feed.json")}
    assert {path for path in moved if path.startswith("feeds/")} == {feed_page, *outputs}
    assert not [path for path in moved if path.startswith("theme/")]
    assert "Last update: April 25, 2018 07:00 AM" in main_column(planet.read("index.html"))


def test_build_when_the_state_is_lost_then_the_site_is_made_from_the_new_one(
    tmp_path: Path, server: FeedServer
) -> None:
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 1)))
    planet = Planet(tmp_path, [url])
    planet.build()
    for state in filter(Path.is_file, tmp_path.glob("planet.sqlite*")):
        state.unlink()
    server.add("/a.xml", rss("A", "https://a.example/", posts(2, 1)))
    planet.build()
    assert "Post 2" in planet.read("index.html")
    assert "Post 1" not in planet.read("index.html")


def test_build_when_a_post_is_edited_then_it_changes_where_it_stands(
    tmp_path: Path, server: FeedServer
) -> None:
    date = datetime(2018, 4, 20, 12, tzinfo=UTC)
    now = datetime(2018, 4, 24, 12, tzinfo=UTC)
    server.add("/a.xml", rss("A", "https://a.example/", [item(1, "One", date)]))
    url = server.url("/a.xml")
    planet = Planet(tmp_path, [url])
    planet.build()
    edited = item(1, "One", now, body="<p>Edited</p>")
    server.add("/a.xml", rss("A", "https://a.example/", [edited]))
    assert planet.build(now="2018-04-26T00:00:00Z")["entries"]["changed"] == 1
    column = main_column(planet.read("index.html"))
    assert "Edited" in column
    assert column[-1] == "April 20, 2018 12:00 PM"


def test_build_when_feeds_fail_then_the_others_are_shown_and_the_failures_named(
    tmp_path: Path, server: FeedServer
) -> None:
    with FeedServer() as closed:
        refused = closed.url("/refused.xml")
    feeds = [
        server.add("/good.xml", rss("Good", "https://good.example/", posts(1, 2))),
        server.add("/page.html", b"<!doctype html><p>no feed", content_type="text/html"),
        server.add("/gone.xml", b"", status=410),
        server.url("/missing.xml"),
        refused,
    ]
    planet = Planet(tmp_path, feeds)
    done = planet.run("build", "--json")
    assert done.returncode == 0
    summary = json.loads(done.stdout)
    assert (summary["feeds"]["fetched"], summary["feeds"]["failed"]) == (1, 4)
    for url, code in zip(
        feeds[1:],
        ("parse.not_a_feed", "fetch.http_410", "fetch.http_404", "fetch.connect"),
        strict=True,
    ):
        (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"failed: {url}")]
        assert code in line
    assert "Post 1" in planet.read("index.html")
    assert planet.run("build", "--strict", "--all").returncode == 1


def test_build_without_permission_then_loopback_is_refused(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 1)))])
    done = ecliptic("build", str(planet.config), "--json")
    assert json.loads(done.stdout)["feeds"]["failed"] == 1
    assert "fetch.refused_address" in done.stderr
    assert server.requests() == []


def test_publish_when_offline_then_the_stored_entries_are_written(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 2)))])
    assert planet.run("refresh").returncode == 0
    assert not planet.site.exists()
    server.stop()
    assert planet.run("publish").returncode == 0
    assert "Post 1" in planet.read("index.html")
    assert planet.build("--offline")["feeds"]["skipped"] == 1


def test_build_when_settings_are_bad_then_the_place_is_named_and_nothing_written(
    tmp_path: Path,
) -> None:
    planet = Planet(tmp_path, ["https://a.example/feed.xml"])
    text = planet.config.read_text("utf-8").replace("name =", "nmae =")
    planet.config.write_text(text, "utf-8")
    done = planet.run("build")
    assert done.returncode == 2
    assert "planet.toml:2" in done.stderr
    assert "nmae" in done.stderr
    assert "name" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["planet.toml"]


def test_why_when_asked_then_every_decision_is_told(tmp_path: Path, server: FeedServer) -> None:
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 4)))
    planet = Planet(tmp_path, [url], items_per_page=2, new_feed_items=3)
    planet.build()
    ask = (*planet.option, "--json")

    def verdict(what: str) -> str:
        answer = json.loads(ecliptic("why", what, *ask).stdout)
        return str(answer["entries"][0]["verdict"]["words"])

    assert verdict("https://blog.example/1") == "on the front page, number 1 of 2"
    assert "items_per_page" in verdict("https://blog.example/3")
    assert "new_feed_items" in verdict("post-4-of-Post 4")
    (feed,) = json.loads(ecliptic("why", url, *ask).stdout)["feeds"]
    assert (feed["entries"], feed["on_front_page"]) == (4, 2)
    assert "1 from before" in feed["hidden"][0]["words"]
    assert ecliptic("why", "https://unknown.example/", *ask).returncode == 1


def test_feed_when_its_bytes_are_the_same_then_it_is_not_read_again(
    tmp_path: Path, server: FeedServer
) -> None:
    body = rss("A", "https://a.example/", posts(1, 2))
    planet = Planet(tmp_path, [server.add("/a.xml", body, etag=False)])
    planet.build()
    summary = planet.build("--all")
    assert summary["feeds"]["not_modified"] == 1
    assert summary["bytes"]["received"] > 0


def test_entry_when_two_feeds_carry_it_then_the_first_subscription_shows_it(
    tmp_path: Path, server: FeedServer
) -> None:
    date = datetime(2018, 4, 24, 12, tzinfo=UTC)
    first = server.add("/a.xml", rss("First", "https://a.example/", [item(1, "Same", date)]))
    second = server.add("/b.xml", rss("Second", "https://b.example/", [item(1, "Same", date)]))
    planet = Planet(tmp_path, [second, first])
    planet.build()
    column = main_column(planet.read("index.html"))
    assert column.count("Same") == 1
    assert "Second" in column
    assert "First" not in column


def test_planet_when_an_event_loop_is_running_then_it_says_what_to_do(tmp_path: Path) -> None:
    planet = Planet(tmp_path, [])

    async def build() -> int:
        opened = OpenedPlanet.open(planet.config)
        with pytest.raises(UsageError, match="to_thread"):
            opened.build()
        return (await asyncio.to_thread(opened.build)).pages.written

    assert asyncio.run(build()) > 0
