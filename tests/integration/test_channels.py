"""Pages of filters, from the settings to the files and the hub."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from hubs import Hub
from planets import Planet, ecliptic, item, posts, rss

OF_JOBS = ("jobs/index.html", "jobs/atom.xml", "jobs/rss20.xml", "jobs/feed.json")
LATER = "2018-04-25T02:47:00Z"
LATEST = "2018-04-25T03:47:00Z"


def jobs(number: int) -> str:
    return item(number, f"Job {number}", datetime(2018, 4, 24, 11, number, tzinfo=UTC))


def serve(server: FeedServer, *items: str) -> str:
    return server.add("/a.xml", rss("A", "https://a.example/", [*items, *posts(100, 3)]))


def with_page(planet: Planet, **page: object) -> Planet:
    text = planet.config.read_text("utf-8").split("\n[[page]]", maxsplit=1)[0]
    values = {"path": "jobs", "name": "Jobs", "filter": "title:job", **page}
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    planet.config.write_text(f"{text}\n[[page]]\n{lines}", "utf-8")
    return planet


def test_build_when_a_filter_has_a_page_then_only_what_it_takes_is_on_it(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = with_page(Planet(tmp_path, [serve(server, jobs(1), jobs(2))]), items_per_page=1)
    planet.build()
    for path in OF_JOBS:
        assert "Job 2" in planet.read(path)
        assert "Job 1" not in planet.read(path)
        assert "Post 1" not in planet.read(path)
    assert "Post 100" in planet.read("index.html")
    with_page(planet, filter="title:post")
    planet.build(now=LATER)
    assert "Job 2" not in planet.read("jobs/atom.xml")
    assert "Post 100" in planet.read("jobs/atom.xml")


def test_why_when_an_entry_is_shown_then_it_names_every_page_that_shows_it(
    tmp_path: Path, server: FeedServer
) -> None:
    feeds = [serve(server, *map(jobs, range(1, 5)))]
    planet = with_page(Planet(tmp_path, feeds, items_per_page=3), items_per_page=2)
    planet.build()
    ecliptic("entries", "hide", "https://blog.example/102", *planet.option)
    planet.run("publish", now=LATER)
    files = {path.relative_to(planet.site): path for path in planet.site.rglob("*.*")}
    for number in (1, 2, 3, 4, 100, 101, 102):
        link = re.compile(rf"https://blog\.example/{number}(?!\d)")
        told = ecliptic("why", f"https://blog.example/{number}", "--json", *planet.option)
        (entry,) = json.loads(told.stdout)["entries"]
        showing = {
            str(name)
            for name, path in files.items()
            if path.is_file() and link.search(path.read_text("utf-8", "replace"))
        }
        indexed = "search/entries/0.json"  # where the search finds it, which is no page
        assert (indexed in showing) == (number != 102)
        assert set(entry["pages"]) == showing - {indexed}
        assert ("archive/2018/04/24.html" in showing) == (number != 102)


def test_build_when_nothing_is_new_then_no_file_of_a_page_is_written(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = with_page(Planet(tmp_path, [serve(server, jobs(1))]))
    planet.build()
    before = planet.files()
    assert planet.build(now=LATER)["pages"]["written"] <= 2  # those that follow the clock
    assert planet.files() == before


def test_build_when_what_is_new_is_not_of_a_page_then_its_files_stay_and_no_hub_is_told(
    tmp_path: Path, server: FeedServer
) -> None:
    with Hub() as hub:
        planet = with_page(Planet(tmp_path, [serve(server, jobs(1))], hub=hub.url))
        planet.build()
        topics = [f"https://planet.example/{path}" for path in OF_JOBS[1:]]
        assert set(topics) <= set(hub.topics())
        before = planet.files()
        hub.seen.clear()
        serve(server, jobs(1), *posts(200, 1))
        planet.build("--all", now=LATER)
        assert "Post 200" in planet.read("index.html")
        after = planet.files()
        assert {path: after[path] for path in OF_JOBS[1:]} == {
            path: before[path] for path in OF_JOBS[1:]
        }
        assert len(hub.topics()) == 3
        assert not set(topics) & set(hub.topics())
        serve(server, jobs(2), jobs(1), *posts(200, 1))
        planet.build("--all", now=LATEST)
        assert "Job 2" in planet.read("jobs/feed.json")
        assert set(topics) <= set(hub.topics())


def test_publish_when_an_entry_is_hidden_or_a_page_is_gone_then_its_files_follow(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = with_page(Planet(tmp_path, [serve(server, jobs(1), jobs(2))]))
    planet.build()
    ecliptic("entries", "hide", "https://blog.example/2", "-c", str(planet.config))
    planet.run("publish", now=LATER)
    assert "Job 2" not in planet.read("jobs/index.html")
    assert "Job 1" in planet.read("jobs/index.html")
    planet.config.write_text(planet.config.read_text("utf-8").split("\n[[page]]")[0], "utf-8")
    planet.run("publish", now=LATEST)
    assert not (planet.site / "jobs").exists()


BAD_PAGES = [
    ({"path": "feeds"}, 'page.path is "feeds" (feeds is a folder of our own)'),
    ({"path": "archive/x"}, 'page.path is "archive/x" (archive is a folder of our own)'),
    ({"path": "../up"}, 'page.path is "../up"; allowed: small letters, digits and hyphens'),
    ({"path": "index.html"}, "allowed: small letters"),
    ({"path": "x/con"}, "con is no name for a folder on every system"),
    ({"filter": "age<7d"}, "age<7d changes by itself, and a page is made again when"),
    ({"filter": "a titel:x"}, "column 3: there is no field 'titel'; did you mean title?"),
    ({"filter": " "}, "allowed: a filter, such as tag:jobs"),
]


@pytest.mark.parametrize(("page", "said"), BAD_PAGES)
def test_check_when_a_page_cannot_be_then_it_says_the_line_and_what_may(
    tmp_path: Path, page: dict[str, object], said: str
) -> None:
    planet = with_page(Planet(tmp_path, ["https://a.example/feed"]), **page)
    told = ecliptic("check", str(planet.config))
    number = {"path": 10, "filter": 12}[next(iter(page))]
    assert f"planet.toml:{number}: " in told.stdout + told.stderr
    assert said in told.stdout + told.stderr
    assert told.returncode == 2


def test_check_when_two_pages_stand_in_one_folder_then_it_names_both_lines(tmp_path: Path) -> None:
    planet = with_page(Planet(tmp_path, ["https://a.example/feed"]))
    page = planet.config.read_text("utf-8").split("\n[[page]]")[1]
    with planet.config.open("a", encoding="utf-8") as file:
        file.write(f"\n[[page]]{page}")
    told = ecliptic("check", str(planet.config))
    assert "planet.toml:15: error: the page jobs is already listed on line 9" in told.stdout
