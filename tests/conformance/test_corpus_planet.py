"""One planet of every real feed there is, each served as a feed of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

import html5lib
import pytest
from lxml import etree

from ecliptic.model.codes import WORDS
from ecliptic.store import open_store
from ecliptic.testing import FeedServer
from feed_rules import (
    read_jsonfeed,
    read_xml,
    wrong_in_atom,
    wrong_in_opml,
    wrong_in_rss10,
    wrong_in_rss20,
)
from planets import Planet
from shared_data import DATA, needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.slow, pytest.mark.timeout(600)]

HOSTS = [f"127.0.1.{number}" for number in range(1, 33)]


AFTER_ALL = "2027-01-01T00:00:00Z"
"""Later than the corpus was collected: what is dated ahead of now is another matter."""


@pytest.fixture(scope="module")
def planet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planet]:
    files = sorted(path for path in (DATA / "feeds").iterdir() if path.suffix != ".tsv")
    assert len(files) > 400
    with FeedServer(hosts=HOSTS) as server:
        urls = []
        for number, path in enumerate(files):
            kind = "application/feed+json" if path.suffix == ".json" else "application/xml"
            server.add(f"/{path.name}", path.read_bytes(), content_type=kind)
            urls.append(server.url(f"/{path.name}", HOSTS[number % len(HOSTS)]))
        # Every entry of the corpus on one page, so that each is seen by every check.
        yield Planet(tmp_path_factory.mktemp("corpus"), urls, items_per_page=0)


@pytest.fixture(scope="module")
def summary(planet: Planet) -> dict[str, dict[str, int]]:
    return planet.build(now=AFTER_ALL)


def test_corpus_when_built_then_every_document_is_handled(
    planet: Planet, summary: dict[str, dict[str, int]]
) -> None:
    feeds = summary["feeds"]
    assert feeds["fetched"] + feeds["failed"] == feeds["total"]
    with open_store(planet.state) as store:
        failed = {feed.url: feed.fetch.code for feed in store.feeds() if feed.fetch.code}
        assert all(feed.fetch.checked_at for feed in store.feeds())
        plain = [
            (entry.link, note.params)
            for entry in store.newest()
            for note in entry.notes
            if note.code == "clean.escaped"
        ]
    assert set(failed.values()) <= WORDS.keys() - {"parse.timeout", "parse.crash"}, failed
    assert len(failed) <= len(planet.config.read_text().split("[[feed]]")) * 0.01, failed
    assert len(plain) <= summary["entries"]["new"] * 0.002, plain


def test_corpus_when_published_then_every_feed_obeys_its_specification(
    planet: Planet, summary: dict[str, dict[str, int]]
) -> None:
    assert summary["pages"]["written"] > 480
    rules = {
        "atom.xml": wrong_in_atom,
        "rss20.xml": wrong_in_rss20,
        "rss10.xml": wrong_in_rss10,
        "opml.xml": wrong_in_opml,
    }
    wrong = {path: rule((planet.site / path).read_bytes()) for path, rule in rules.items()}
    assert not any(wrong.values()), wrong
    assert read_xml((planet.site / "foafroll.xml").read_bytes()).tag.endswith("}RDF")
    assert len(read_jsonfeed((planet.site / "feed.json").read_bytes()).items) > 7000
    assert json.loads(planet.read("status.json"))["name"]


def wrong_in_html(page: bytes) -> list[str]:
    """Return the parse errors of a page, as the HTML standard names them."""
    parser = html5lib.HTMLParser()
    parser.parse(page, transport_encoding="utf-8")
    return [f"{place}: {code} {details}" for place, code, details in parser.errors]


def test_corpus_when_published_then_every_page_is_valid_html(
    planet: Planet, summary: dict[str, dict[str, int]]
) -> None:
    assert summary["pages"]["written"] > 480
    pages = [path for path in planet.site.rglob("*.html") if path.name != "titles_only.html"]
    # The front page has every entry, and html5lib takes its time: of the others, one in three.
    looked_at = [planet.site / "index.html", *sorted(pages)[::3]]
    wrong = {str(path): wrong_in_html(path.read_bytes()) for path in looked_at}
    assert {path: found[:3] for path, found in wrong.items() if found} == {}


def test_corpus_when_published_then_no_page_has_a_relative_address_of_an_author(
    planet: Planet, summary: dict[str, dict[str, int]]
) -> None:
    assert summary["entries"]["new"] > 7000
    page = etree.HTML((planet.site / "index.html").read_bytes(), etree.HTMLParser(huge_tree=True))
    (main,) = page.iter("main")
    addresses = {
        node.get(name, "#")
        for node in main.iter(etree.Element)
        for name in ("href", "src", "poster", "cite")
    }
    assert len(addresses) > 7000
    relative = {
        address
        for address in addresses
        if not address.startswith(("#", "feeds/")) and ":" not in address.split("/")[0]
    }
    assert relative == set()


def test_corpus_when_built_again_then_nothing_is_written(
    planet: Planet, summary: dict[str, dict[str, int]]
) -> None:
    before = planet.files()
    again = planet.build("--all", now="2027-02-01T00:00:00Z")
    assert again["entries"]["new"] == again["entries"]["changed"] == 0
    assert again["feeds"]["not_modified"] == summary["feeds"]["fetched"]
    assert again["pages"]["written"] == 0
    assert planet.files() == before
