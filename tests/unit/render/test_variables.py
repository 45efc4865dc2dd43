from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

import pytest
from markupsafe import Markup

from ecliptic.model.entry import FeedInfo
from ecliptic.model.feed import FetchState
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Category, Enclosure, Person
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render.htmltmpl import Scope
from ecliptic.render.variables import Variables
from making import NOON
from rendering import make_feed, make_shown

SITE = Site(
    name="Planet Parrot", link="http://planet.example/", owner_name="Ann",
    owner_email="a@b.example",
)  # fmt: skip


def top(
    *shown: Shown,
    site: Site = SITE,
    path: str = "index.html",
    changed_at: datetime | None = NOON,
    messages: dict[int, str] | None = None,
    **settings: Any,
) -> Scope:
    template = OldTemplate(file=f"/t/{path}.tmpl", path=path, folder="/t", **settings)
    feeds = list({one.feed.id: one.feed for one in shown}.values())
    return Variables(site, template, feeds, messages or {}).page(shown, changed_at)


def items(*shown: Shown, **fields: Any) -> list[Scope]:
    found = top(*shown, **fields)["Items"]
    assert not isinstance(found, (str, int))
    return list(found)


def channels(*shown: Shown, **fields: Any) -> list[Scope]:
    found = top(*shown, **fields)["Channels"]
    assert not isinstance(found, (str, int))
    return list(found)


def test_page_when_it_is_planet_2_has_the_planet_at_its_top() -> None:
    page = top(date_format="%d.%m.%Y %H:%M %Z", path="rss20.xml")
    assert {key: page[key] for key in ("name", "link", "owner_name", "owner_email", "url")} == {
        "name": "Planet Parrot",
        "link": "http://planet.example/",
        "owner_name": "Ann",
        "owner_email": "a@b.example",
        "url": "http://planet.example/rss20.xml",
    }
    assert page["date"] == "25.04.2018 12:00 UTC"
    assert page["date_iso"] == "2018-04-25T12:00:00+00:00"
    assert page["date_822"] == "Wed, 25 Apr 2018 12:00:00 +0000"
    assert str(page["generator"]).startswith("Ecliptic/")
    assert page["feed"] == page["feedtype"] == ""


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("http://p.example/x", "http://p.example/x/a.html"),
        ("http://p.example/x/", "http://p.example/x/a.html"),
        ("", "a.html"),
    ],
)
def test_page_when_it_is_planet_2_stands_below_the_planets_address(link: str, url: str) -> None:
    assert top(site=Site(name="P", link=link), path="a.html")["url"] == url


def test_page_when_nothing_was_ever_read_has_no_date() -> None:
    assert "date" not in top(changed_at=None)


def test_page_when_it_is_venus_has_its_address_in_two_ways() -> None:
    site = Site(name="P", link="http://planet.example/x/", extra={"colour": "red"})
    page = top(site=site, engine="venus")
    assert page["url"] == "http://planet.example/x/index"
    assert page["fullurl"] == "http://planet.example/x/index.html"
    assert page["colour"] == "red"


def test_page_when_a_template_makes_a_feed_names_it() -> None:
    made = tuple(
        OldTemplate(file=f"/t/{path}.tmpl", path=path, folder="/t")
        for path in ("index.html", "atom.xml", "rss20.xml")
    )
    site = Site(name="P", link="http://planet.example/", templates=made)
    page = top(site=site)
    assert (page["feed"], page["feedtype"]) == ("http://planet.example/atom.xml", "atom")
    said = Site(name="P", link="http://planet.example/", extra={"feed": "http://f.example/rss"})
    page = top(site=said)
    assert (page["feed"], page["feedtype"]) == ("http://f.example/rss", "rss")


def test_items_when_an_entry_is_full_has_all_of_it() -> None:
    (item,) = items(
        make_shown(
            1,
            title="Use it",
            title_html=SafeHTML("Use <em>it</em>"),
            summary=SafeHTML("<p>Short</p>"),
            content=SafeHTML("<p>Long</p>"),
            published=NOON - timedelta(hours=3),
            updated=NOON - timedelta(hours=2),
            authors=(
                Person(name="Ann", email="ann@a.example", url="https://ann.example/"),
                Person(name="Bob"),
            ),
            categories=(Category(term="py", label="Python"), Category(term="x")),
            enclosures=(Enclosure(url="https://a.example/a.mp3", type="audio/mpeg", length=7),),
            comments="https://a.example/c",
            rights="CC0",
            language="de",
        )
    )
    assert item["title"] == Markup("Use <em>it</em>")
    assert isinstance(item["title"], Markup)
    assert item["title_plain"] == "Use it"
    assert (item["content"], item["summary"]) == (Markup("<p>Long</p>"), Markup("<p>Short</p>"))
    assert isinstance(item["content"], Markup)
    assert isinstance(item["summary"], Markup)
    assert item["id"] == "tag:blog1.example,2018:1"
    assert item["id_hash"] == md5(b"tag:blog1.example,2018:1").hexdigest()
    assert (item["link"], item["guid_isPermaLink"]) == ("https://blog1.example/1", "false")
    assert item["author"] == item["author_name"] == item["creator"] == "Ann, Bob"
    assert (item["author_email"], item["author_uri"]) == ("ann@a.example", "https://ann.example/")
    assert (item["category"], item["rights"]) == ("Python", "CC0")
    assert item["comments"] == "https://a.example/c"
    assert item["enclosure_href"] == "https://a.example/a.mp3"
    assert (item["enclosure_type"], item["enclosure_length"]) == ("audio/mpeg", "7")
    assert item["date"] == "April 25, 2018 11:00 AM"
    assert item["published_iso"] == "2018-04-25T09:00:00+00:00"
    assert item["updated_822"] == "Wed, 25 Apr 2018 10:00:00 +0000"
    assert {item[f"{part}_language"] for part in ("title", "summary", "content")} == {"de"}


def test_items_when_a_title_is_plain_text_leaves_it_so() -> None:
    plain, like_markup, absent = items(
        make_shown(1, title="Q & A", title_html=SafeHTML("Q &amp; A")),
        make_shown(2, title="The <b> tag", title_html=SafeHTML("The &lt;b&gt; tag")),
        make_shown(3, title=" ", title_html=SafeHTML("")),
    )
    assert plain["title"] == "Q & A"
    assert not isinstance(plain["title"], Markup)
    assert like_markup["title"] == Markup("The &lt;b&gt; tag")
    assert isinstance(like_markup["title"], Markup)
    assert absent["title"] == absent["title_plain"] == ""


def test_items_when_there_is_one_body_gives_it_as_content_and_summary() -> None:
    content, summary = items(
        make_shown(1, content=SafeHTML("<p>Body</p>"), summary=SafeHTML("")),
        make_shown(2, content=SafeHTML(""), summary=SafeHTML("<p>Body</p>")),
    )
    for item in (content, summary):
        assert item["content"] == item["summary"] == Markup("<p>Body</p>")


def test_items_when_they_follow_each_other_marks_new_days_and_channels() -> None:
    ann, bob = make_feed(1), make_feed(2)
    found = items(
        make_shown(1, ann),
        make_shown(2, ann),
        make_shown(3, bob),
        make_shown(4, ann),
        make_shown(13, ann),
        make_shown(14, ann),
        day_format="%d %B",
    )
    assert [item.get("new_date", "") for item in found] == [
        "25 April", "", "", "", "24 April", "",
    ]  # fmt: skip
    assert [bool(item.get("new_channel")) for item in found] == [
        True, False, True, True, True, False,
    ]  # fmt: skip
    assert found[0]["new_channel"] == "https://blog1.example/feed"


def test_items_when_the_entry_has_the_language_of_its_feed_differ_by_engine() -> None:
    feed = make_feed(info=FeedInfo(title="B", language="de"))
    shown = make_shown(1, feed, language="de")
    assert items(shown)[0]["title_language"] == ""
    assert items(shown, engine="venus")[0]["title_language"] == "de"


def test_items_when_nobody_wrote_them_venus_names_the_subscription() -> None:
    shown = make_shown(1, make_feed(name="Ann's"))
    assert items(shown)[0]["author_name"] == ""
    assert items(shown, engine="venus")[0]["author_name"] == "Ann's"


def test_items_when_addresses_are_not_of_the_web_leave_them_out() -> None:
    (item,) = items(
        make_shown(
            1,
            link="javascript:alert(1)",
            comments="data:text/html,x",
            authors=(Person(name="A", url="javascript:alert(1)"),),
            enclosures=(Enclosure(url="file:///etc/passwd"),),
        )
    )
    assert item["link"] == item["comments"] == item["author_uri"] == ""
    assert "enclosure_href" not in item


def test_channels_when_a_feed_is_described_has_all_of_it_twice() -> None:
    feed = make_feed(
        name="Ann",
        link="http://ann.example/",
        extra={"face": "ann.png", "twitter": "ann"},
        fetch=FetchState(changed_at=NOON - timedelta(days=1)),
        info=FeedInfo(
            title="Ann's <blog>", subtitle="Notes", link="https://x.example/", id="tag:x,2018:x",
            language="en", image="https://x.example/l.png", icon="https://x.example/i.png",
            rights="CC0", generator="Pen", authors=(Person(name="Ann A.", email="a@x.example"),),
            format="atom10",
        ),
    )  # fmt: skip
    shown = make_shown(1, feed)
    expected = {
        "name": "Ann", "title": "Ann's <blog>", "title_plain": "Ann's <blog>",
        "link": "http://ann.example/", "url": "https://blog1.example/feed",
        "face": "ann.png", "twitter": "ann", "subtitle": "Notes", "tagline": "Notes",
        "id": "tag:x,2018:x", "language": "en", "logo": "https://x.example/l.png",
        "icon": "https://x.example/i.png", "rights": "CC0", "generator": "Pen",
        "author": "Ann A.", "author_name": "Ann A.", "author_email": "a@x.example",
        "last_updated": "April 24, 2018 12:00 PM",
        "last_updated_iso": "2018-04-24T12:00:00+00:00",
        "last_updated_822": "Tue, 24 Apr 2018 12:00:00 +0000",
        "message": "404: not found", "format": "atom10",
    }  # fmt: skip
    said = {1: "404: not found"}
    (channel,) = channels(shown, messages=said)
    (item,) = items(shown, messages=said)
    for name, value in expected.items():
        assert channel[name] == item[f"channel_{name}"] == value, name
        assert not isinstance(channel[name], Markup)


def test_channels_when_it_is_venus_inherit_the_keys_of_the_planet() -> None:
    site = Site(name="P", extra={"face": "all.png", "colour": "red"})
    (channel,) = channels(
        make_shown(1, make_feed(extra={"face": "own.png"})), site=site, engine="venus"
    )
    assert (channel["face"], channel["colour"]) == ("own.png", "red")
    planet = Site(name="P", extra={"colour": "red"})
    assert "colour" not in channels(make_shown(1), site=planet)[0]


def test_channels_when_they_are_listed_come_in_the_order_of_letters() -> None:
    named = ["émile", "zoe", "Bob", "ann", "Ann"]
    shown = [make_shown(1, make_feed(n, name=name)) for n, name in enumerate(named, 1)]
    assert [channel["name"] for channel in channels(*shown)] == [
        "Ann", "Bob", "ann", "zoe", "émile",
    ]  # fmt: skip
