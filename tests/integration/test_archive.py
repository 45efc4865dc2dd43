"""The archive from the settings to the files: what is new is written, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from feed_rules import ATOM, read_xml, wrong_in_atom
from planets import Planet, ecliptic, item, rss

LATER = "2018-04-25T02:47:00Z"
LATEST = "2018-04-25T03:47:00Z"
YEARS = [
    item(number, f"Post {number}", datetime(2017, 1 + number % 12, 1 + number % 3, 12, tzinfo=UTC))
    for number in range(48)
]


def new(number: int, day: int = 24, *, month: int = 4, year: int = 2018, hour: int = 9) -> str:
    return item(number, f"Post {number}", datetime(year, month, day, hour, number % 60, tzinfo=UTC))


def serve(server: FeedServer, *items: str) -> str:
    return server.add("/a.xml", rss("A", "https://a.example/", [*items, *YEARS]))


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    made = Planet(
        tmp_path, [serve(server, new(100))], items_per_page=5, flood_items=0, search=False
    )
    made.build()
    return made


def written(before: dict[str, tuple[int, int]], planet: Planet) -> set[str]:
    """Return the pages that were written since, or are gone."""
    after = planet.files()
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def of_archive(paths: set[str]) -> set[str]:
    return {path for path in paths if path.startswith("archive/")}


def test_build_when_it_is_the_first_then_every_entry_has_its_day(planet: Planet) -> None:
    days = [path for path in planet.files() if path.startswith("archive/") and path[-7].isdigit()]
    assert sum(planet.read(path).count("<article") for path in days) == 49
    assert "Post 100" in planet.read("archive/2018/04/24.html")
    assert "2017/12/index.html" in planet.read("archive/index.html")


def test_build_when_nothing_is_new_then_no_page_of_the_archive_is_written(planet: Planet) -> None:
    before = planet.files()
    planet.build("--all", now=LATER)
    assert planet.files() == before


def test_build_when_entries_come_then_only_the_pages_that_show_them_are_written(
    planet: Planet, server: FeedServer
) -> None:
    before = planet.files()
    serve(server, *(new(number) for number in (105, 104, 103, 102, 101, 100)))
    planet.build("--all", now=LATER)
    changed = written(before, planet)
    assert of_archive(changed) == {
        "archive/index.html",  # it counts
        "archive/2018/04/index.html",
        "archive/2018/04/atom.xml",
        "archive/2018/04/24.html",
    }
    of_feed = {path for path in changed if path.startswith("feeds/")}
    assert len(of_feed) == 4
    assert changed - of_archive(changed) - of_feed == {
        "index.html", "titles_only.html", "atom.xml", "rss20.xml", "rss10.xml", "feed.json",
        "sitemap.xml", "statistics.html",
    }  # fmt: skip


def test_documents_of_the_archive_when_followed_from_the_newest_have_every_entry_once(
    planet: Planet,
) -> None:
    """RFC 5005, section 4: from ``prev-archive`` to ``prev-archive``, and the same way back."""
    read: list[str] = []
    documents: list[str] = []
    path = "atom.xml"
    while path:
        document = read_xml(planet.read(path).encode())
        links = {
            str(link.get("rel")): str(link.get("href")).removeprefix("https://planet.example/")
            for link in document.findall(f"{ATOM}link")
        }
        assert links["self"] == path
        if documents:
            assert document.find("{http://purl.org/syndication/history/1.0}archive") is not None
            assert links["current"] == "atom.xml"
            assert links.get("next-archive", documents[-1]) == documents[-1]
            read += [
                entry.findtext(f"{ATOM}title") or "" for entry in document.iter(f"{ATOM}entry")
            ]
        assert wrong_in_atom(planet.read(path).encode()) == []
        documents.append(path)
        path = links.get("prev-archive", "")
    assert len(documents) == 14
    assert len(read) == len(set(read)) == 49
    assert read[0] == "Post 100"
    assert 'rel="prev-archive" href="https://planet.example/archive/2018/04/atom.xml"' in (
        planet.read("rss20.xml")
    )


def test_build_when_an_old_entry_comes_late_then_its_day_and_neighbours_alone_are_written(
    planet: Planet, server: FeedServer
) -> None:
    before = planet.files()
    serve(server, new(200, 20, month=5, year=2017), new(100))
    planet.build("--all", now=LATER)
    assert "Post 200" in planet.read("archive/2017/05/20.html")
    assert of_archive(written(before, planet)) == {
        "archive/index.html",
        "archive/2017/05/index.html",
        "archive/2017/05/atom.xml",
        "archive/2017/05/20.html",
        "archive/2017/05/02.html",  # the day before it, and the day after it
        "archive/2017/06/03.html",
    }


def test_publish_when_an_entry_is_hidden_then_it_leaves_the_archive_and_comes_back(
    planet: Planet,
) -> None:
    before = planet.files()
    entry = ("https://blog.example/100", "-c", str(planet.config))
    ecliptic("entries", "hide", *entry)
    planet.run("publish", now=LATER)
    assert not (planet.site / "archive/2018").exists()
    ecliptic("entries", "unhide", *entry)
    planet.run("publish", now=LATEST)
    assert "Post 100" in planet.read("archive/2018/04/24.html")
    assert of_archive(written(before, planet)) <= {
        "archive/index.html", "archive/2018/04/24.html", "archive/2018/04/index.html",
        "archive/2017/12/index.html", "archive/2017/12/03.html",
        "archive/2018/04/atom.xml", "archive/2017/12/atom.xml",
    }  # fmt: skip


def test_publish_when_the_timezone_is_another_one_then_days_are_those_of_the_planet(
    planet: Planet,
) -> None:
    text = planet.config.read_text("utf-8")
    planet.config.write_text(
        text.replace("[planet]", '[planet]\ntimezone = "Pacific/Auckland"'), "utf-8"
    )
    planet.run("publish", now=LATER)
    assert "Post 100" in planet.read("archive/2018/04/24.html")
    assert "Post 3" in planet.read("archive/2017/04/02.html")  # noon in UTC is past midnight there
    assert not (planet.site / "archive/2017/04/01.html").exists()


def test_publish_when_a_feed_is_called_otherwise_then_its_pages_say_so(planet: Planet) -> None:
    text = planet.config.read_text("utf-8")
    planet.config.write_text(f'{text}name = "Another name"\n', "utf-8")
    planet.run("publish", now=LATER)
    assert "Another name" in planet.read("archive/2017/04/01.html")
    assert "Another name" in planet.read("archive/2018/04/index.html")


def test_publish_when_the_archive_is_switched_off_then_its_pages_go(planet: Planet) -> None:
    text = planet.config.read_text("utf-8")
    planet.config.write_text(text.replace("[planet]", "[planet]\narchive = false"), "utf-8")
    planet.run("publish", now=LATER)
    assert not (planet.site / "archive").exists()
    assert not (planet.site / "sitemap.xml").exists()
    planet.config.write_text(text, "utf-8")
    planet.run("publish", now=LATEST)
    assert "Post 100" in planet.read("archive/2018/04/24.html")


def test_archive_when_another_feed_has_a_copy_then_the_day_names_it(
    tmp_path: Path, server: FeedServer
) -> None:
    own = serve(server, new(100))
    copy = server.add("/b.xml", rss("B", "https://b.example/", [new(300)]))
    planet = Planet(tmp_path, [own, copy], flood_items=0)
    planet.build()
    assert "Also at" not in planet.read("archive/2018/04/24.html")
    server.add("/b.xml", rss("B", "https://b.example/", [new(300), new(100)]))
    planet.build("--all", now=LATER)
    assert "Also at" in planet.read("archive/2018/04/24.html")
    assert "B</bdi>" in planet.read("archive/2018/04/24.html")
