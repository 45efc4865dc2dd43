"""The page of a filter, and its own output feeds."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from ecliptic.model.page import Page, channel_stream
from ecliptic.model.site import Channel, Site
from ecliptic.render import Renderer
from feed_rules import ATOM, XHTML, read_jsonfeed, read_xml, wrong_in_atom, wrong_in_rss20
from making import NOON
from rendering import SITE, default_theme, make_feed, make_shown, make_status, read_html

JOBS = Channel(path="topics/jobs", name="Jobs & more", filter="tag:jobs")
BARE = Site(name="Bare", channels=(JOBS,))
PLANET = replace(SITE, hub="https://hub.example/", channels=(JOBS,))
EARLIER = NOON - timedelta(days=3)
FILES = {
    "channel": "index.html",
    "atom": "atom.xml",
    "rss20": "rss20.xml",
    "jsonfeed": "feed.json",
}


def made(kind: str, *numbers: int, site: Site = PLANET) -> bytes:
    shown = [make_shown(number) for number in numbers]
    path = f"{JOBS.path}/{FILES[kind]}"
    page = Page(path=path, kind=kind, stream=channel_stream(JOBS), mark="m", changed_at=EARLIER)  # type: ignore[arg-type]
    return Renderer(site, default_theme(), [make_feed()]).render(page, shown, make_status())


def links(data: bytes, rel: str) -> list[tuple[str | None, str | None]]:
    found = read_html(data).iter(f"{XHTML}link", f"{XHTML}a")
    return [(link.get("type"), link.get("href")) for link in found if link.get("rel") == rel]


def test_page_of_a_filter_when_read_then_it_says_its_name_and_its_own_last_update() -> None:
    page = made("channel", 1, 2)
    root = read_html(page)
    assert [heading.text for heading in root.iter(f"{XHTML}h1")] == ["Jobs & more"]
    assert [title.text for title in root.iter(f"{XHTML}title")] == ["Jobs & more — Planet Test"]
    assert b'Last update: <time datetime="2018-04-22T12:00:00Z"' in page
    assert len(list(root.iter(f"{XHTML}article"))) == 2


def test_page_of_a_filter_when_a_reader_looks_for_feeds_then_its_own_come_first() -> None:
    assert links(made("channel", 1), "alternate") == [
        ("application/atom+xml", "../../topics/jobs/atom.xml"),
        ("application/rss+xml", "../../topics/jobs/rss20.xml"),
        ("application/feed+json", "../../topics/jobs/feed.json"),
        ("application/atom+xml", "../../atom.xml"),
        ("application/rss+xml", "../../rss20.xml"),
        ("application/feed+json", "../../feed.json"),
    ]


def test_page_of_a_filter_when_nothing_is_on_it_then_it_says_so() -> None:
    assert b"No posts yet." in made("channel")
    assert b"Nothing here yet" not in made("channel")


@pytest.mark.parametrize("path", ["index.html", "titles_only.html", "feeds.html"])
def test_pages_of_the_planet_when_a_filter_has_one_then_they_link_to_it(path: str) -> None:
    kind = {"index.html": "index", "titles_only.html": "titles", "feeds.html": "feeds"}[path]
    renderer = Renderer(PLANET, default_theme(), [])
    page = renderer.render(Page(path=path, kind=kind), [], make_status())  # type: ignore[arg-type]
    read_html(page)
    assert b'<a href="topics/jobs/index.html" dir="auto">Jobs &amp; more</a>' in page


def test_page_of_a_filter_when_it_links_to_itself_then_it_is_the_current_one() -> None:
    page = made("channel").decode()
    assert page.count('href="../../topics/jobs/index.html" dir="auto" aria-current="page"') == 1


def test_feeds_of_a_filter_when_read_are_valid_and_name_themselves() -> None:
    atom, rss = made("atom", 1, 2), made("rss20", 1, 2)
    feed = json.loads(made("jsonfeed", 1, 2))
    assert (wrong_in_atom(atom), wrong_in_rss20(rss)) == ([], [])
    assert read_jsonfeed(made("jsonfeed", 1, site=BARE)).title == "Jobs & more — Bare"
    home = "https://planet.example/topics/jobs/"
    root = read_xml(atom)
    assert root.findtext(f"{ATOM}id") == home
    assert root.findtext(f"{ATOM}title") == "Jobs & more — Planet Test"
    assert root.findtext(f"{ATOM}updated") == "2018-04-22T12:00:00Z"
    found = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert found == {"self": f"{home}atom.xml", "hub": PLANET.hub, "alternate": home}
    assert read_xml(rss).findtext("channel/link") == home
    assert (feed["feed_url"], feed["home_page_url"]) == (f"{home}feed.json", home)


def test_feeds_of_a_filter_when_the_planet_has_no_address_have_an_id_of_their_own() -> None:
    ids = set()
    for path in ("topics/jobs", "topics/web"):
        channel = replace(JOBS, path=path)
        page = Page(
            path=f"{path}/atom.xml", kind="atom", stream=channel_stream(channel), changed_at=EARLIER
        )
        atom = Renderer(BARE, default_theme(), []).render(page, [], make_status())
        assert wrong_in_atom(atom) == []
        ids.add(read_xml(atom).findtext(f"{ATOM}id"))
    assert len(ids) == 2


def test_fingerprint_when_a_page_is_renamed_then_pages_that_link_to_it_are_made_anew() -> None:
    renamed = replace(PLANET, channels=(replace(JOBS, name="Work"),))
    marks = [
        Renderer(site, default_theme(), []).fingerprint(Page(path="index.html", kind="index"))
        for site in (PLANET, renamed)
    ]
    assert marks[0] != marks[1]
