"""Planet Python's own templates over fixed feeds: its pages, tag by tag."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

import html5lib
import msgspec
import pytest
from lxml import etree

from ecliptic import __version__
from ecliptic.testing import FeedServer
from old_planet import (
    FEEDS,
    HERE,
    JINJA_TEMPLATES,
    TEMPLATES,
    expected,
    lines,
    serve,
    tags,
    write_config,
)
from planets import BUILT_AT, LOOPBACK, ecliptic
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

NAMES = sorted(path.name for path in TEMPLATES.iterdir()) if TEMPLATES.is_dir() else []


class Built(msgspec.Struct, frozen=True):
    """A planet that was built: where its pages are, and where its feeds were."""

    config: Path
    output: Path
    urls: dict[str, str]

    def read(self, name: str) -> str:
        return (self.output / name).read_text("utf-8")


def build(config: Path) -> dict[str, dict[str, int]]:
    done = ecliptic("build", str(config), *LOOPBACK, "--now", BUILT_AT, "--json")
    assert done.returncode == 0, done.stderr
    summary: dict[str, dict[str, int]] = json.loads(done.stdout)
    return summary


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("planet")
    with FeedServer() as server:
        serve(server)
        config = write_config(folder, server)
        assert build(config)["entries"]["new"] == 5
        urls = {name: server.url(f"/{name}.xml") for name in FEEDS}
        yield Built(config, folder / "output", urls)


def test_build_when_it_has_planet_pythons_templates_gives_its_page_line_by_line(
    built: Built,
) -> None:
    said = (HERE / "index.txt").read_text("utf-8").splitlines()
    assert list(lines(built.read("index.html"))) == said


@pytest.mark.parametrize("name", NAMES)
def test_build_when_it_has_planet_pythons_templates_gives_each_page_tag_by_tag(
    built: Built, name: str
) -> None:
    made = expected(TEMPLATES / name, generator=f"Ecliptic/{__version__}", urls=built.urls)
    assert tags(built.read(name.removesuffix(".tmpl"))) == tags(made)


def test_build_when_it_has_planet_pythons_templates_gives_well_formed_feeds(built: Built) -> None:
    trees = {
        name: etree.fromstring(built.read(name).encode())
        for name in ("rss20.xml", "rss10.xml", "opml.xml", "foafroll.xml")
    }
    items = trees["rss20.xml"].findall(".//item")
    assert [
        (item.findtext("title"), item.findtext("guid"), item.findtext("pubDate")) for item in items
    ][1:4] == [
        (
            "Boris: Use <code>with</code> blocks",
            "https://boris.example/with",
            "Tue, 24 Apr 2018 12:30:00 +0000",
        ),
        (
            "Anna & friends: A second post of the day",
            "https://anna.example/second",
            "Tue, 24 Apr 2018 11:00:00 +0000",
        ),
        ("Émile", "https://emile.example/untitled", "Mon, 23 Apr 2018 21:45:00 +0000"),
    ]
    assert items[0].findtext("description") == "<p>A loop <em>ends</em>.</p>"
    outlines = trees["opml.xml"].findall(".//outline")
    assert [(each.get("text"), each.get("xmlUrl")) for each in outlines] == [
        ("Anna & friends", built.urls["anna"]),
        ("Boris", built.urls["boris"]),
        ("Émile", built.urls["emile"]),
    ]


def test_build_when_old_templates_make_pages_ours_still_come(built: Built) -> None:
    found = {str(path.relative_to(built.output)) for path in built.output.rglob("*.*")}
    assert {"feeds.html", "status.json", "atom.xml", "feed.json", "summary.html"} <= found
    assert len([path for path in found if path.startswith("feeds/")]) == len(FEEDS)


def test_build_when_nothing_is_new_writes_nothing(built: Built) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.output.resolve().rglob("*")}
    assert build(built.config)["pages"]["written"] == 0
    after = {path: path.stat().st_mtime_ns for path in built.output.resolve().rglob("*")}
    assert after == before


def test_build_when_the_templates_are_the_twins_in_jinja_gives_the_same_pages(
    built: Built, tmp_path: Path
) -> None:
    with FeedServer() as server:
        serve(server)
        build(write_config(tmp_path, server, JINJA_TEMPLATES))
    twin = Built(tmp_path, tmp_path / "output", {})
    assert list(lines(twin.read("index.html"))) == list(lines(built.read("index.html")))
    for name in ("rss20.xml", "rss10.xml", "foafroll.xml"):
        assert tags(twin.read(name)) == tags(built.read(name))
    assert list(lines(twin.read("summary.html"))) == list(lines(built.read("summary.html")))
    outlines = etree.fromstring(twin.read("opml.xml").encode()).findall(".//outline")
    assert [each.get("text") for each in outlines] == ["Anna & friends", "Boris", "Émile"]


def hostile() -> str:
    """Return a feed whose entries hold every vector in every field."""
    items: list[str] = []
    for name in ("html", "abuse"):
        for vector in json.loads((DATA / "vectors" / f"{name}.json").read_bytes()):
            if isinstance(vector["payload"], str) and vector["payload"].isprintable():
                text = escape(vector["payload"])
                items.append(
                    f"<item><guid>{text}{len(items)}</guid><title>{text}</title><link>{text}</link>"
                    f"<author>{text}</author><category>{text}</category>"
                    f"<comments>{text}</comments><description>{text}</description></item>"
                )
    return (
        f"<rss version='2.0'><channel><title>{text}</title>{''.join(items[:400])}</channel></rss>"
    )


def test_build_when_feeds_are_hostile_keeps_them_in_their_places(tmp_path: Path) -> None:
    with FeedServer() as server:
        serve(server)
        server.add("/anna.xml", hostile().encode())
        config = write_config(tmp_path, server)
        text = config.read_text("utf-8").replace("items = 10", "items = 0")
        text = text.replace("items_per_page = 25", "items_per_page = 0")
        config.write_text(text.replace("days_per_page = 10", "days_per_page = 0"), "utf-8")
        assert build(config)["entries"]["new"] > 300
    output = tmp_path / "output"
    for name in ("rss20.xml", "rss10.xml", "opml.xml", "foafroll.xml"):
        etree.fromstring((output / name).read_bytes())
    for name in ("index.html", "summary.html", "titles_only.html"):
        tree = html5lib.parse((output / name).read_text("utf-8"), namespaceHTMLElements=False)
        own = [element for element in tree.iter() if element.get("id") == "left-hand-navigation"]
        assert len(own) == 1
        for element in tree.iter():
            assert element.tag not in {"script", "object", "embed", "form", "base"}
            for key, value in element.attrib.items():
                assert not str(key).startswith("on")
                assert not str(value).strip().lower().startswith(("javascript:", "vbscript:"))
