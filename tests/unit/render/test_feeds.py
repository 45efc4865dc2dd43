"""The planet's own feeds hold to their specifications, whatever stands in the entries."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ecliptic.model.entry import FeedInfo
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person
from ecliptic.model.site import Site
from ecliptic.model.text import SafeHTML
from ecliptic.parse import parse
from feed_rules import (
    ATOM,
    RDF,
    read_jsonfeed,
    read_xml,
    wrong_in_atom,
    wrong_in_opml,
    wrong_in_rss10,
    wrong_in_rss20,
)
from making import NOON
from rendering import make_feed, make_shown, make_status, render_page

FEED = make_feed(1, name="A Blog")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def first(path: str, tag: str, *shown: Shown, **options: Any) -> etree._Element:
    found = read_xml(render_page(path, shown, **options)).find(f".//{tag}")
    assert found is not None
    return found


def atom_entry(**fields: Any) -> etree._Element:
    return first("atom.xml", f"{ATOM}entry", make_shown(1, FEED, **fields))


def rss_item(**fields: Any) -> etree._Element:
    return first("rss20.xml", "item", make_shown(1, FEED, **fields))


def test_atom_entry_when_complete_says_all_of_it() -> None:
    entry = atom_entry(
        title_html=SafeHTML("A <em>b</em> &amp; c"),
        summary=SafeHTML("<p>Short</p>"),
        updated=NOON,
        authors=(Person(name="Ann", email="ann@blog.example", url="https://ann.example/"),),
        categories=(Category(term="code", scheme="https://blog.example/tags", label="Code"),),
        enclosures=(Enclosure(url="https://blog.example/a.mp3", type="audio/mpeg", length=9),),
        rights="CC0",
    )
    assert entry.findtext(f"{ATOM}title") == "A <em>b</em> &amp; c"
    assert entry.findtext(f"{ATOM}content") == "<p>Body 1</p>"
    assert entry.findtext(f"{ATOM}summary") == "<p>Short</p>"
    assert entry.findtext(f"{ATOM}published") == "2018-04-25T11:00:00Z"
    assert entry.findtext(f"{ATOM}updated") == "2018-04-25T12:00:00Z"
    assert entry.findtext(f"{ATOM}rights") == "CC0"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ann"
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == "https://ann.example/"
    tag = entry.find(f"{ATOM}category")
    assert tag is not None
    assert {str(name): value for name, value in tag.attrib.items()} == {
        "term": "code", "scheme": "https://blog.example/tags", "label": "Code"
    }  # fmt: skip
    file = entry.find(f"{ATOM}link[@rel='enclosure']")
    assert file is not None
    assert (file.get("href"), file.get("length")) == ("https://blog.example/a.mp3", "9")


def test_atom_entry_when_it_names_mail_addresses_keeps_them_back() -> None:
    shown = make_shown(1, FEED, authors=(Person(name="Ann", email="ann@blog.example"),))
    for path in ("atom.xml", "rss20.xml", "rss10.xml", "feed.json", "index.html"):
        assert b"ann@blog.example" not in render_page(path, [shown])


def test_atom_entry_when_taken_from_a_feed_names_it_as_its_source() -> None:
    source = atom_entry().find(f"{ATOM}source")
    assert source is not None
    assert source.findtext(f"{ATOM}title") == "A Blog"
    assert source.findtext(f"{ATOM}id") == "https://blog1.example/feed"
    assert source.findtext(f"{ATOM}author/{ATOM}name") == "A Blog"
    links = {link.get("rel"): link.get("href") for link in source.findall(f"{ATOM}link")}
    assert links == {"self": "https://blog1.example/feed", "alternate": "https://blog1.example/"}


def test_atom_entry_when_it_came_through_another_planet_keeps_its_first_source() -> None:
    origin = EntrySource(id="tag:origin", title="Origin", link="https://origin.example/")
    source = atom_entry(source=origin).find(f"{ATOM}source")
    assert source is not None
    assert source.findtext(f"{ATOM}title") == "Origin"
    assert source.findtext(f"{ATOM}id") == "tag:origin"


@pytest.mark.parametrize("name", ["123", "", "no iri at all", "http://", "a:b c", "x:<y>"])
def test_atom_id_when_the_entrys_own_is_no_iri_is_made_and_stays(name: str) -> None:
    made = atom_entry(id=name).findtext(f"{ATOM}id") or ""
    assert made.startswith("urn:uuid:")
    assert atom_entry(id=name, title="Changed").findtext(f"{ATOM}id") == made


def test_ids_when_two_feeds_claim_one_belong_to_who_was_seen_first() -> None:
    thief = make_shown(1, make_feed(2), id="tag:post", first_seen_at=NOON)
    owner = make_shown(2, make_feed(3), id="tag:post", first_seen_at=NOON - timedelta(days=1))
    for shown in ([thief, owner], [owner, thief]):
        feed = read_jsonfeed(render_page("feed.json", shown))
        assert {item.id: item.source["title"] for item in feed.items}["tag:post"] == "Blog 3"


def test_feeds_when_an_entry_is_dated_in_the_future_do_not_pass_that_on() -> None:
    future = NOON + timedelta(days=6_000)
    shown = make_shown(1, FEED, published=future, updated=future, shown_at=NOON)
    for path in ("atom.xml", "rss20.xml", "rss10.xml", "feed.json"):
        page = render_page(path, [shown])
        assert str(future.year) not in page.decode()
        (entry,) = parse(page, url=f"https://planet.example/{path}").entries
        assert entry.published == NOON


def test_atom_entry_when_edited_since_it_was_seen_says_when() -> None:
    entry = atom_entry(published=NOON - timedelta(days=9), updated=NOON - timedelta(days=2))
    assert entry.findtext(f"{ATOM}updated") == "2018-04-23T12:00:00Z"
    assert entry.findtext(f"{ATOM}published") == "2018-04-16T12:00:00Z"


def test_rss_item_when_complete_says_all_of_it() -> None:
    item = rss_item(
        authors=(Person(name="Ann"), Person(name="Bob")),
        summary=SafeHTML("Short"),
        categories=(Category(term="code"),),
        enclosures=(Enclosure(url="https://b.example/a.mp3"),) * 2,
    )
    assert item.findtext("title") == "A Blog: Post 1"
    assert item.findtext(CONTENT) == "<p>Body 1</p>"
    assert item.findtext("description") == "Short"
    assert item.findtext(CREATOR) == "Ann, Bob"
    assert item.findtext("pubDate") == "Wed, 25 Apr 2018 11:00:00 GMT"
    assert item.findtext("category") == "code"
    files = item.findall("enclosure")
    assert [dict(file.attrib) for file in files] == [
        {"url": "https://b.example/a.mp3", "length": "0", "type": "application/octet-stream"}
    ]


@pytest.mark.parametrize(
    ("name", "link", "is_permalink"),
    [
        ("https://b.example/1", "https://b.example/1", "true"),
        ("https://b.example/?p=1", "https://b.example/1", "false"),
        ("tag:1", "https://b.example/1", "false"),
        ("tag:1", "", "false"),
        ("", "https://b.example/1", "false"),
    ],
)
def test_guid_when_it_is_the_link_is_a_permalink(name: str, link: str, is_permalink: str) -> None:
    guid = rss_item(id=name, link=link).find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == is_permalink


def test_rss10_when_items_share_a_link_lists_each_under_its_name() -> None:
    shown = [make_shown(n, make_feed(n), link="https://b.example/same") for n in (1, 2, 3)]
    data = render_page("rss10.xml", shown)
    assert wrong_in_rss10(data) == []
    listed = [li.get(f"{RDF}resource") for li in read_xml(data).iter(f"{RDF}li")]
    assert len(set(listed)) == 3
    assert "https://b.example/same" not in listed


def test_rss10_when_one_items_id_is_anothers_link_lists_each_under_its_own() -> None:
    one = make_shown(1, make_feed(1), id="https://b.example/2", link="https://b.example/1")
    two = make_shown(2, make_feed(2), id="https://b.example/1", link="https://b.example/2")
    assert wrong_in_rss10(render_page("rss10.xml", [one, two])) == []


def test_jsonfeed_when_an_entry_is_complete_says_all_of_it() -> None:
    shown = make_shown(
        1,
        FEED,
        title="Plain & simple",
        language="de",
        image="https://b.example/i.png",
        updated=NOON,
        authors=(Person(name="Ann"), Person(email="nobody@b.example")),
        categories=(Category(term="code", label="Code"),),
        enclosures=(Enclosure(url="https://b.example/a.mp3", length=9, duration=60),),
    )
    (item,) = read_jsonfeed(render_page("feed.json", [shown])).items
    assert (item.title, item.language, item.tags) == ("Plain & simple", "de", ["Code"])
    assert item.content_html == "<p>Body 1</p>"
    assert [author.name for author in item.authors] == ["Ann"]
    (file,) = item.attachments
    assert (file.mime_type, file.size_in_bytes, file.duration_in_seconds) == ("audio/mpeg", 9, 60)
    assert item.source == {
        "title": "A Blog", "url": "https://blog1.example/", "feed_url": "https://blog1.example/feed"
    }  # fmt: skip


def test_opml_when_read_lists_what_the_operator_subscribed_to() -> None:
    feeds = [
        make_feed(1, name='Quotes "&" <tags>'),
        make_feed(2, info=FeedInfo()),
        make_feed(3, hidden_feed=True),
    ]
    data = render_page("opml.xml", feeds=feeds)
    assert wrong_in_opml(data) == []
    outlines = [dict(outline.attrib) for outline in read_xml(data).iter("outline")]
    assert outlines == [
        {
            "text": 'Quotes "&" <tags>', "title": 'Quotes "&" <tags>', "type": "rss",
            "xmlUrl": "https://blog1.example/feed", "htmlUrl": "https://blog1.example/",
        },
        {
            "text": "blog2.example", "title": "blog2.example", "type": "rss",
            "xmlUrl": "https://blog2.example/feed",
        },
    ]  # fmt: skip


def test_foafroll_when_read_names_each_member_and_its_weblog() -> None:
    foaf = "{http://xmlns.com/foaf/0.1/}"
    root = read_xml(
        render_page("foafroll.xml", feeds=[make_feed(1), make_feed(2, info=FeedInfo())])
    )
    agents = root.findall(f"{foaf}Group/{foaf}member/{foaf}Agent")
    assert [agent.findtext(f"{foaf}name") for agent in agents] == ["Blog 1", "blog2.example"]
    weblogs = [weblog.get(f"{RDF}about") for weblog in root.iter(f"{foaf}Document")]
    assert weblogs == ["https://blog1.example/"]
    channels = [
        channel.get(f"{RDF}about") for channel in root.iter("{http://purl.org/rss/1.0/}channel")
    ]
    assert channels == ["https://blog1.example/feed", "https://blog2.example/feed"]
    assert all(value for element in root.iter() for value in element.attrib.values())


def test_feeds_when_the_planet_is_empty_and_has_no_address_are_valid() -> None:
    options: dict[str, Any] = {"site": Site(name="Bare"), "status": make_status(None)}
    assert wrong_in_atom(render_page("atom.xml", **options)) == []
    assert wrong_in_rss20(render_page("rss20.xml", **options)) == []
    assert wrong_in_rss10(render_page("rss10.xml", **options)) == []
    assert read_jsonfeed(render_page("feed.json", **options)).title == "Bare"


def test_feeds_when_the_planet_has_a_hub_name_it_and_themselves() -> None:
    site = Site(name="P", link="https://planet.example/", hub="https://hub.example/?a=1&b=2")
    atom, rss = (render_page(path, site=site) for path in ("atom.xml", "rss20.xml"))
    assert wrong_in_atom(atom) == []
    assert wrong_in_rss20(rss) == []
    for document, path in ((atom, "atom.xml"), (rss, "rss20.xml")):
        links = read_xml(document).iter(f"{ATOM}link")
        found = {link.get("rel"): link.get("href") for link in links}
        assert found["hub"] == site.hub
        assert found["self"] == f"https://planet.example/{path}"
        assert {link.rel: link.href for link in parse(document).links}["hub"] == site.hub
    feed = json.loads(render_page("feed.json", site=site))
    assert feed["hubs"] == [{"type": "WebSub", "url": site.hub}]
    assert feed["feed_url"] == "https://planet.example/feed.json"


@pytest.mark.parametrize("path", ["atom.xml", "rss20.xml", "feed.json"])
def test_feeds_when_there_is_no_hub_or_no_address_of_their_own_name_none(path: str) -> None:
    plain, bare = Site(name="P", link="https://planet.example/"), Site(name="P")
    assert b"hub" not in render_page(path, site=plain)
    bare_with_hub = Site(name="P", hub="https://hub.example/")
    assert render_page(path, site=bare_with_hub) == render_page(path, site=bare)


def test_feeds_when_only_time_passes_do_not_change() -> None:
    shown = [make_shown(n) for n in range(3)]
    later = make_status(now=NOON + timedelta(days=400))
    for path in ("atom.xml", "rss20.xml", "rss10.xml", "feed.json", "opml.xml", "foafroll.xml"):
        assert render_page(path, shown) == render_page(path, shown, status=later)


# Any text at all: controls, noncharacters, halves of surrogate pairs.
anything = st.text(alphabet=st.characters(), max_size=30)
people = st.builds(Person, name=anything, url=anything, email=anything)
hostile_entries = st.fixed_dictionaries(
    {
        "id": anything,
        "link": anything | st.just("https://b.example/1"),
        "title": anything,
        "title_html": anything,
        "summary": anything,
        "content": anything,
        "language": anything,
        "rights": anything,
        "comments": anything,
        "image": anything,
        "authors": st.lists(people, max_size=2).map(tuple),
        "categories": st.lists(
            st.builds(Category, term=anything, scheme=anything, label=anything), max_size=2
        ).map(tuple),
        "enclosures": st.lists(
            st.builds(
                Enclosure,
                url=anything.map("https://b.example/".__add__),
                type=anything,
                length=st.integers(-1, 9),
                title=anything,
            ),
            max_size=2,
        ).map(tuple),
        "source": st.none()
        | st.builds(EntrySource, id=anything, title=anything, link=anything, feed_url=anything),
    }
)


@pytest.mark.slow
@given(st.lists(hostile_entries, max_size=3), anything)
def test_feeds_when_entries_hold_anything_are_valid(
    entries: list[dict[str, Any]], name: str
) -> None:
    shown = [make_shown(n, make_feed(n % 2, name=name), **one) for n, one in enumerate(entries)]
    assert wrong_in_atom(render_page("atom.xml", shown)) == []
    assert wrong_in_rss20(render_page("rss20.xml", shown)) == []
    assert wrong_in_rss10(render_page("rss10.xml", shown)) == []
    assert bool(read_jsonfeed(render_page("feed.json", shown)).items) == bool(shown)
    assert wrong_in_opml(render_page("opml.xml", shown)) == []
    read_xml(render_page("foafroll.xml", shown))
