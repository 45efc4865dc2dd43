"""The pages people read: what stands on them, and that nothing breaks them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from ecliptic.model.entry import FeedInfo, Reason
from ecliptic.model.feed import FetchState
from ecliptic.model.page import Also, Shown
from ecliptic.model.parsed import Category, Enclosure, Person
from ecliptic.model.paths import feed_page_path
from ecliptic.model.site import Site
from ecliptic.model.text import SafeHTML
from feed_rules import XHTML
from making import NOON, make_entry
from rendering import make_feed, make_shown, make_status, read_html, render_page, render_site

BLOCKS = {XHTML + name for name in ("h1", "h2", "h3", "h4", "p", "div", "li", "dt", "dd")}
SITE = Site(name="Planet Python", link="https://planet.example/")


def main_of(data: bytes) -> etree._Element:
    main = read_html(data).find(f".//{XHTML}main")
    assert main is not None
    return main


def lines_of(element: etree._Element) -> list[str]:
    """Read an element as text: one line for each innermost block."""
    lines = [""]

    def read(node: etree._Element) -> None:
        is_block = node.tag in BLOCKS
        if is_block:
            lines.append("")
        lines[-1] += node.text or ""
        for child in node:
            read(child)
            lines[-1] += child.tail or ""
        if is_block:
            lines.append("")

    read(element)
    return [" ".join(line.split()) for line in lines if line.strip()]


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2018, 4, day, hour, minute, tzinfo=UTC)


def a_week() -> list[Shown]:
    abuse = make_feed(1, name="Stack Abuse")
    real = make_feed(2, name="Real Python")
    return [
        make_shown(1, abuse, title_html="Single Page Apps", shown_at=at(24, 14, 9)),
        make_shown(2, abuse, title_html="Flask", shown_at=at(24, 13, 0)),
        make_shown(
            3, real, title="", title_html="", shown_at=at(24, 9, 0), authors=(Person(name="Ann"),)
        ),
        make_shown(4, abuse, title_html="Before", shown_at=at(24, 8, 0), content=""),
        make_shown(5, abuse, title_html="Yesterday", shown_at=at(23, 23, 59)),
    ]


def scripts_of(page: etree._Element) -> list[str]:
    """Return what scripts a page has: addresses, or the text of one that stands in it."""
    found = page.iter(f"{XHTML}script")
    return [(node.get("src") or node.text or "").partition("?")[0] for node in found]


def scripts_expected(path: str) -> list[str]:
    searching = ["theme/search.js"] if path == "search.html" else []
    return [f"{'../' * path.count('/')}theme/keys.js", *searching]


def test_index_when_read_as_text_is_exactly_this() -> None:
    data = render_page("index.html", a_week(), site=SITE, status=make_status(at(25, 1, 47)))
    assert lines_of(main_of(data)) == [
        "Planet Python",
        "Last update: April 25, 2018 01:47 AM",
        "April 24, 2018",
        "Stack Abuse",
        "Single Page Apps",
        "Body 1",
        "April 24, 2018 02:09 PM",
        "Flask",
        "Body 2",
        "April 24, 2018 01:00 PM",
        "Real Python",
        "Body 3",
        "by Ann at April 24, 2018 09:00 AM",
        "Stack Abuse",
        "Before",
        "April 24, 2018 08:00 AM",
        "April 23, 2018",
        "Stack Abuse",
        "Yesterday",
        "Body 5",
        "April 23, 2018 11:59 PM",
    ]


def test_titles_when_read_as_text_are_the_index_without_bodies() -> None:
    options: dict[str, Any] = {"site": SITE, "status": make_status(at(25, 1, 47))}
    index = lines_of(main_of(render_page("index.html", a_week(), **options)))
    titles = lines_of(main_of(render_page("titles_only.html", a_week(), **options)))
    assert titles == [line for line in index if not line.startswith("Body")]


def test_index_when_the_planet_is_empty_says_so_beside_the_main_column() -> None:
    data = render_page("index.html", site=SITE, status=make_status(None))
    assert lines_of(main_of(data)) == ["Planet Python", "Last update: never"]
    assert b"Nothing here yet" in data


def test_index_when_files_belong_to_an_entry_plays_them_without_a_word() -> None:
    files = (
        Enclosure(url="https://b.example/a.mp3", type="audio/mpeg"),
        Enclosure(url="https://b.example/a.mp4", type="video/mp4"),
        Enclosure(url="https://b.example/a.png", type="image/png"),
        Enclosure(url="https://b.example/shown.png?a&b", type="image/png"),
        Enclosure(url="https://b.example/a.pdf", type="application/pdf"),
    )
    body = '<p>x<img src="https://b.example/shown.png?a&amp;b" alt=""></p>'
    main = main_of(render_page("index.html", [make_shown(1, enclosures=files, content=body)]))
    media = [node for node in main.iter() if node.get("class") == "medium"]
    assert [(str(node.tag).removeprefix(XHTML), node.get("src")) for node in media] == [
        ("audio", "https://b.example/a.mp3"),
        ("video", "https://b.example/a.mp4"),
        ("img", "https://b.example/a.png"),
    ]
    assert "x" in lines_of(main)


def test_index_when_times_are_shown_uses_the_planets_zone_for_days_too() -> None:
    site = Site(name="P", timezone="Asia/Tokyo")
    lines = lines_of(main_of(render_page("index.html", a_week(), site=site)))
    assert lines[2] == "April 24, 2018"
    assert "April 24, 2018 11:09 PM" in lines
    assert "April 24, 2018 08:59 AM" in lines


def test_entry_when_it_has_no_link_has_a_permalink_on_its_feeds_page() -> None:
    shown = make_shown(1, make_feed(1, name="Blog"), link="", title="", title_html="")
    main = main_of(render_page("index.html", [shown]))
    link = main.find(f".//{XHTML}p[@class='date']/{XHTML}a")
    assert link is not None
    path, _, anchor = (link.get("href") or "").partition("#")
    page = main_of(render_page(path, [shown]))
    assert page.find(f".//{XHTML}article[@id='{anchor}']") is not None


def test_source_when_its_site_is_unknown_links_to_its_own_page() -> None:
    shown = make_shown(1, make_feed(1, info=FeedInfo(title="Blog")))
    link = main_of(render_page("index.html", [shown])).find(f".//{XHTML}h3/{XHTML}a")
    assert link is not None
    assert re.fullmatch(r"feeds/blog1-example-[0-9a-f]+\.html", link.get("href") or "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", "//host/x",
     "\x01javascript:alert(1)", "java\nscript:alert(1)", "http://", "https://a.example/ x"],
)  # fmt: skip
def test_pages_when_addresses_are_not_of_the_web_link_to_none(address: str) -> None:
    feed = make_feed(1, link=address, info=FeedInfo(title="B", link=address, icon=address))
    file = Enclosure(url=address, type="audio/mpeg")
    shown = make_shown(
        1, feed, link=address, comments=address, image=address, enclosures=(file,),
        authors=(Person(name="A", url=address),),
    )  # fmt: skip
    own = next(path for path in render_site(feeds=[feed]) if path.startswith("feeds/"))
    for path in ("index.html", "titles_only.html", "feeds.html", own):
        for node in read_html(render_page(path, [shown])).iter():
            assert address not in {node.get("href"), node.get("src")}
    for path in ("atom.xml", "rss20.xml", "rss10.xml", "feed.json", "opml.xml", "foafroll.xml"):
        data = render_page(path, [shown]).decode()
        assert f'"{address}"' not in data
        assert f">{address}<" not in data


anything = st.text(alphabet=st.characters(), max_size=20)


@pytest.mark.slow
@given(anything, anything, anything)
def test_pages_when_names_are_anything_have_no_parse_errors(
    name: str, title: str, author: str
) -> None:
    feed = make_feed(
        1, name=name, info=FeedInfo(title=title, subtitle=author),
        fetch=FetchState(checked_at=NOON, code="fetch.timeout", detail=author),
    )  # fmt: skip
    shown = make_shown(1, feed, title=title, title_html="", authors=(Person(name=author),))
    site = Site(name=name, description=title, owner_name=author)
    for path in ("index.html", "titles_only.html", "feeds.html"):
        read_html(render_page(path, [shown], site=site))


def test_pages_when_text_looks_like_markup_or_templates_show_it() -> None:
    text = '</title><script>alert(1)</script>{{ a }}{% b %}"><svg onload=x>'
    feed = make_feed(1, name=text)
    filed: dict[str, Any] = {
        "authors": (Person(name=text),),
        "categories": (Category(term=text),),
    }
    shown = make_shown(1, feed, title=text, title_html="", **filed)
    site = Site(name=text, browse=("tags", "authors"), browse_least=1)
    files = render_site(site, [feed], [shown])
    assert sum(path.startswith(("tags/", "authors/")) for path in files) == 10
    for path, data in files.items():
        if path.endswith(".html"):
            page = read_html(data)
            assert scripts_of(page) == scripts_expected(path)
            assert page.find(".//{http://www.w3.org/2000/svg}svg") is None
            assert text in "".join(str(piece) for piece in main_of(data).itertext())


def test_title_when_it_holds_a_link_is_shown_as_text() -> None:
    title = SafeHTML('A <a href="https://x.example/">link</a>')
    main = main_of(render_page("index.html", [make_shown(1, title="A link", title_html=title)]))
    assert "A link" in lines_of(main)
    assert not main.findall(f".//{XHTML}h4//{XHTML}a//{XHTML}a")


UNSEEN = "\u200b\u2060\u00ad\u202e\u3164 \ufe0f"


def test_names_when_nothing_of_them_would_be_seen_give_way_to_others() -> None:
    feed = make_feed(1, name=UNSEEN, info=FeedInfo(title=UNSEEN))
    shown = make_shown(
        1, feed, title=UNSEEN, title_html=UNSEEN, authors=(Person(name=UNSEEN),), content=""
    )
    lines = lines_of(main_of(render_page("index.html", [shown])))
    assert lines[2:] == ["April 25, 2018", "blog1.example", "April 25, 2018 11:00 AM"]


def test_headings_when_read_in_order_skip_no_level() -> None:
    for path, data in render_site(SITE, [make_feed(1)], [make_shown(1)]).items():
        if path.endswith(".html"):
            found = [str(node.tag).removeprefix(XHTML) for node in main_of(data).iter()]
            levels = [int(tag[1]) for tag in found if re.fullmatch("h[1-6]", tag)]
            assert levels[0] == 1
            assert all(low <= high + 1 for high, low in pairwise(levels)), path


def test_entry_when_its_language_is_known_says_so() -> None:
    shown = [
        make_shown(1, language="he"),
        make_shown(2, make_feed(2, info=FeedInfo(language="ja"))),
        make_shown(3, language='x" onclick="y'),
    ]
    main = main_of(render_page("index.html", shown))
    tags = {node.get("id"): node.get("lang") for node in main.iter(f"{XHTML}article")}
    assert tags == {"e1x1": "he", "e2x2": "ja", "e1x3": None}


def test_pages_when_complete_have_what_every_page_needs() -> None:
    files = render_site(SITE, [make_feed(1)], [make_shown(1)])
    for path, data in files.items():
        if not path.endswith(".html"):
            continue
        page = read_html(data)
        ids = [node.get("id") for node in page.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        main = main_of(data)
        assert main.find(f".//{XHTML}a[@class='skip']") is None
        skip = page.find(f".//{XHTML}a[@class='skip']")
        assert skip is not None
        assert skip.get("href") == f"#{main.get('id')}"
        assert len(page.findall(f".//{XHTML}h1")) == 1
        assert scripts_of(page) == scripts_expected(path)
        assert not [node for node in page.iter() if node.get("style")]
        root = "../" * path.count("/")
        for link in page.iter(f"{XHTML}link"):
            target = (link.get("href") or "").partition("?")[0]
            if target.startswith(("https://planet.example/", "https://blog")):
                continue
            assert target.startswith(root)
            assert target.removeprefix(root) in files
        for link in page.iter(f"{XHTML}a"):
            target = (link.get("href") or "").partition("#")[0]
            if target and ":" not in target:
                assert target.removeprefix(root) in files


def test_pages_when_only_time_passes_do_not_change() -> None:
    feeds, shown = [make_feed(1)], [make_shown(n) for n in range(3)]
    early = render_site(SITE, feeds, shown)
    late = render_site(SITE, feeds, shown, status=make_status(now=NOON + timedelta(days=9)))
    assert {path for path in early if early[path] != late[path]} == {"feeds.html", "status.json"}


def test_pages_when_rendered_twice_are_the_same() -> None:
    feeds, shown = [make_feed(1), make_feed(2)], [make_shown(n) for n in range(3)]
    assert render_site(SITE, feeds, shown) == render_site(SITE, feeds, shown)


def test_pages_when_a_feed_is_hidden_do_not_name_it() -> None:
    feeds = [make_feed(1), make_feed(2, name="Secret", hidden_feed=True)]
    assert not [path for path, data in render_site(SITE, feeds).items() if b"Secret" in data]


def test_subscriptions_when_listed_are_sorted_as_people_sort_names() -> None:
    names = ["zebra", "Éric", "alpha", "Beta", "eve"]
    feeds = [make_feed(n, name=name) for n, name in enumerate(names, 1)]
    page = read_html(render_page("index.html", feeds=feeds))
    listed = page.findall(f".//{XHTML}section[@class='subscriptions']//{XHTML}li/{XHTML}a[1]")
    assert [link.text for link in listed] == ["alpha", "Beta", "Éric", "eve", "zebra"]


def test_feed_page_when_entries_are_hidden_then_it_names_each_with_its_reason() -> None:
    late = Reason(code="decide.back_catalogue", at=NOON, params={"limit": 1, "count": 9})
    spam = Reason(code="decide.hidden_by_hand", at=NOON, params={"why": "advertising"})
    early = [
        Reason(
            code=f"decide.{code}", at=NOON, params={"date": "2030-01-01", "evidence": "its host"}
        )
        for code in ("dated_later", "dated_never", "quarantine")
    ]
    text = render_page(
        feed_page_path(make_feed(1)),
        feeds=[make_feed(1)],
        withheld=[
            make_entry(2, title="Old & <kept>", hidden=late),
            make_entry(3, title="Cheap pills", hidden=spam),
            *(make_entry(n, title="Secret", hidden=hidden) for n, hidden in enumerate(early, 4)),
        ],
    ).decode()
    assert "Secret" not in text
    assert "it waits for that time" in text
    assert "Old &amp; &lt;kept&gt;" in text
    assert "of which only the newest 1 are shown" in text
    assert "hidden by hand (advertising)" in text
    assert "Cheap pills" not in text


def test_feed_page_when_nothing_is_hidden_then_it_speaks_of_nothing() -> None:
    page = render_page(feed_page_path(make_feed(1)), feeds=[make_feed(1)])
    assert b"withheld" not in page


def also(link: str = "https://copies.example/post") -> Also:
    return Also(feed=make_feed(2, name="Copies & <more>"), link=link)


def test_entry_when_other_feeds_carry_it_names_them_once() -> None:
    shown = replace(make_shown(1), also=(also(), replace(also(), feed=make_feed(3), link="")))
    page = render_page("index.html", [shown])
    assert lines_of(main_of(page))[-1] == "Also at: Copies & <more>, Blog 3"
    (line,) = [p for p in main_of(page).iter(f"{XHTML}p") if p.get("class") == "also"]
    links = [link.get("href") for link in line.iter(f"{XHTML}a")]
    assert links == ["https://copies.example/post", "https://blog3.example/"]
    assert b"Also at" not in render_page("index.html", [make_shown(1)])


def test_entry_when_a_copy_has_a_hostile_link_leads_to_its_site() -> None:
    shown = replace(make_shown(1), also=(also("javascript:alert(1)"),))
    assert b"javascript:" not in render_page("index.html", [shown])


def test_atom_when_other_feeds_carry_an_entry_links_to_their_copies() -> None:
    shown = replace(make_shown(1), also=(also(), also("")))
    root = etree.fromstring(render_page("atom.xml", [shown]))
    atom = "{http://www.w3.org/2005/Atom}"
    (link,) = [link for link in root.iter(f"{atom}link") if link.get("rel") == "related"]
    assert link.get("href") == "https://copies.example/post"
    assert link.get("title") == "Copies & <more>"
