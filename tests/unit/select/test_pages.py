"""Which pages a planet has, and where the pages of feeds stand."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.model.page import Selection
from ecliptic.model.paths import feed_page_path
from ecliptic.model.search import Found
from ecliptic.model.site import Channel, PageSettings, Site
from ecliptic.model.terms import Term, TermName, TermPart
from ecliptic.model.words import Indexed, Segment
from ecliptic.select import front_page, pages, searches
from making import NOON
from rendering import make_feed
from shared_data import DATA, needs_shared_data

SITE = Site(name="Planet", pages=PageSettings(items_per_page=25, days_per_page=10, feed_items=4))
SAFE_PATH = re.compile(r"feeds/[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?\.html")
RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt1"}


def test_pages_when_there_are_no_feeds_are_those_of_the_planet() -> None:
    assert [page.path for page in pages(SITE, ())] == [
        "index.html", "titles_only.html", "atom.xml", "rss20.xml", "rss10.xml", "feed.json",
        "blogroll.html", "opml.xml", "foafroll.xml", "feeds.html", "status.json",
    ]  # fmt: skip


def test_pages_when_windowed_ask_for_what_the_settings_say() -> None:
    made = {page.path: page for page in pages(SITE, [make_feed(7)])}
    assert front_page(SITE) == Selection(limit=25, days=10, feed_items=4)
    for path in ("index.html", "titles_only.html", "atom.xml", "rss20.xml", "feed.json"):
        assert made[path].selection == front_page(SITE)
    own = made[feed_page_path(make_feed(7))]
    assert own.feed_id == 7
    assert own.selection == Selection(feed_id=7, limit=25)
    assert made["opml.xml"].selection is None


def test_pages_when_only_time_passes_are_two_that_may_change() -> None:
    moving = [page.path for page in pages(SITE, [make_feed(1)]) if page.follows_clock]
    assert moving == ["feeds.html", "status.json"]


def test_sections_tell_the_pages_they_have() -> None:
    parts = tuple(
        TermPart(year=year, part=part, entries=200, edition=1, changed_at=NOON)
        for year, part in ((2018, 1), (2017, 2), (2017, 1))
    )
    names = [TermName(taxonomy="tags", key=key, name=key) for key in ("python", "rust")]
    large, small = (
        Term(row=1, name=names[0], entries=600, edition=1, changed_at=NOON, parts=parts),
        Term(row=2, name=names[1], entries=3, edition=1, changed_at=None),
    )
    indexed = Indexed(
        edition=7, segments=(Segment(first=1, last=64, built=2),), first_new=65, last=9_000,
        late=(), blocks=dict.fromkeys(range(281), 3),
    )  # fmt: skip
    outline = pages(SITE, (), terms=[large, small], indexed=indexed)
    sections = list(outline.sections)
    assert len({section.name for section in sections}) == len(sections) == 6
    for section in sections:
        made = list(section.pages())
        assert section.paths == tuple(page.path for page in made)
        assert [(each.path, each.changed_at, each.first) for each in section.listed()] == [
            (page.path, page.changed_at, page.stretch.first if page.stretch else None)
            for page in made
            if page.path.endswith(".html")
        ]
    assert list(outline.paths) == [page.path for page in outline]
    assert not {section.name for section in sections} & set(outline.paths)


def test_pages_when_a_feed_is_hidden_give_it_none() -> None:
    made = pages(SITE, [make_feed(1), make_feed(2, hidden_feed=True), make_feed(3, paused=True)])
    assert {page.feed_id for page in made if page.feed_id} == {1, 3}


def test_pages_of_a_feed_when_the_planet_is_browsed_have_output_feeds_beside_them() -> None:
    made = [page for page in pages(SITE, [make_feed(1)]) if page.feed_id]
    home = feed_page_path(make_feed(1))
    folder = home.removesuffix(".html")
    outputs = ("atom.xml", "rss20.xml", "feed.json")
    assert [page.path for page in made] == [home, *(f"{folder}/{name}" for name in outputs)]
    bare = pages(replace(SITE, browse=()), [make_feed(1)])
    assert [page.path for page in bare if page.feed_id] == [home]


def test_pages_when_a_filter_has_one_then_its_feeds_stand_beside_it_and_ask_the_same() -> None:
    jobs = Channel(path="topics/jobs", name="Jobs", filter="tag:jobs", items_per_page=5)
    site = replace(SITE, channels=(jobs,))
    asked = Selection(filter="tag:jobs", limit=5, days=10)
    assert searches(site) == (asked,)
    found = {asked: Found(mark="m", changed_at=NOON)}
    made = [page for page in pages(site, (), found) if page.stream and not page.feed_id]
    assert [(page.path, page.kind) for page in made] == [
        ("topics/jobs/index.html", "channel"),
        ("topics/jobs/atom.xml", "atom"),
        ("topics/jobs/rss20.xml", "rss20"),
        ("topics/jobs/feed.json", "jsonfeed"),
    ]
    assert {(page.selection, page.mark, page.changed_at) for page in made} == {(asked, "m", NOON)}


def test_searches_when_two_pages_ask_the_same_then_it_is_asked_once() -> None:
    two = [Channel(path=path, name=path, filter="x", days_per_page=0) for path in ("a", "b")]
    asked = Selection(filter="x", limit=25, days=0)
    assert searches(replace(SITE, channels=tuple(two))) == (asked,)


def test_feed_page_when_named_by_the_operator_is_readable() -> None:
    path = feed_page_path(make_feed(name="Éric's Café: notes & code"))
    assert re.fullmatch(r"feeds/eric-s-cafe-notes-code-[0-9a-f]{10}\.html", path)


def test_feed_page_when_the_name_has_no_latin_letter_is_named_by_host() -> None:
    path = feed_page_path(make_feed(name="日本語", url="https://www.blog.example/feed"))
    assert re.fullmatch(r"feeds/blog-example-[0-9a-f]{10}\.html", path)


def test_feed_page_when_other_things_change_stays_where_it_is() -> None:
    one = make_feed(1, name="A")
    other = make_feed(9, url=one.url, name="A", entries=99, link="https://elsewhere.example/")
    assert feed_page_path(one) == feed_page_path(other)


def test_feed_page_when_two_feeds_share_a_name_is_not_shared() -> None:
    assert feed_page_path(make_feed(1, name="A")) != feed_page_path(make_feed(2, name="A"))


@given(st.lists(st.tuples(st.text(), st.text(max_size=40)), unique_by=lambda pair: pair[1]))
def test_feed_page_when_names_are_anything_is_safe_and_unique(names: list[tuple[str, str]]) -> None:
    paths = [
        feed_page_path(make_feed(name=name, url=f"https://blog.example/{url}"))
        for name, url in names
    ]
    assert all(SAFE_PATH.fullmatch(path) for path in paths)
    assert len({unicodedata.normalize("NFKC", path).casefold() for path in paths}) == len(names)


@given(st.text())
def test_feed_page_when_the_address_is_no_address_still_has_a_path(url: str) -> None:
    assert SAFE_PATH.fullmatch(feed_page_path(make_feed(url=url)))


@needs_shared_data
@pytest.mark.parametrize("field", ["name", "url"])
def test_feed_page_when_names_are_hostile_stays_in_its_folder(field: str) -> None:
    vectors = json.loads((DATA / "vectors" / "abuse.json").read_text("utf-8"))
    hostile = [one["payload"] for one in vectors if one["category"] == "path"]
    assert len(hostile) > 10
    for text in hostile:
        path = feed_page_path(make_feed(**{field: text}))
        assert SAFE_PATH.fullmatch(path), (text, path)
        assert PurePosixPath(path).stem not in RESERVED
