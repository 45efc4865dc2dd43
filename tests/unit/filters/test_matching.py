from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ecliptic.filters import FeedFacts, facts_of, matches, read
from ecliptic.model.entry import FeedInfo, Reason
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.naming import facts_after
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person
from ecliptic.model.text import SafeHTML
from making import NOON, make_entry

ADA = FeedFacts(
    names=("Ada", "Ada's notes"),
    addresses=("https://www.blog.example/feed/", "https://ada.example/home"),
    language="de",
)


def takes(expression: str, facts: FeedFacts = ADA, **fields: Any) -> bool:
    return matches(read(expression), make_entry(**fields), facts, now=NOON)


@pytest.mark.parametrize(
    ("words", "title", "taken"),
    [
        ("go", "Go is good", True),
        ("go", "A good day", False),
        ("go*", "A good day", True),
        ("*ood", "A good day", True),
        ("*oo*", "A good day", True),
        ('"good  day"', "A good\n day", True),
        ('"day good"', "A good day", False),
        ("C++", "Why C++?", True),
        ("C++", "Why C++17?", True),
        ("strasse", "Die Straße", True),
        ("É", "caf e\u0301", True),
        ("日本", "日本語の本", True),
        ("python", "日本語python本", True),
        ("한국", "한국에서", True),
        ("don't", "I don't", True),
        ("x_y", "x_y_z", False),
        ("🐍", "I ❤ 🐍s", True),
    ],
)
def test_words_when_they_are_looked_for_then_whole_ones_count_in_any_case_and_script(
    words: str,
    title: str,
    taken: bool,  # noqa: FBT001 - the answer expected
) -> None:
    assert takes(f"title:{words}", title=title) == taken


def test_word_alone_when_it_is_in_title_or_body_then_the_entry_is_taken() -> None:
    assert takes("planet", title="A planet")
    assert takes("planet", content=SafeHTML("<p>A <b>pla</b>net</p>"))
    assert takes("planet", content=SafeHTML(""), summary=SafeHTML("A planet"))
    assert not takes("planet", categories=(Category(term="planet"),))


def test_body_when_it_is_markup_then_its_words_are_searched_not_its_tags() -> None:
    body = SafeHTML('<p class="note">one</p><p>two</p><img alt="a snake" src="x">&amp; a&lt;b')
    assert not takes("body:note", content=body)
    assert not takes("body:onetwo", content=body)
    assert takes('body:"one two"', content=body)
    assert takes("body:snake", content=body)
    assert takes('body:"& a<b"', content=body)
    assert takes(r'body:~"^one$|one\n"', content=body)


def test_summary_when_there_is_a_content_then_it_is_a_field_of_its_own() -> None:
    fields: dict[str, Any] = {"summary": SafeHTML("short"), "content": SafeHTML("long")}
    assert takes("summary:short and body:long and not body:short", **fields)
    assert takes("text:short text:long", **fields)


def test_tag_when_it_is_asked_for_then_whole_names_count() -> None:
    tags = (Category(term="job-offers", label="Job Offers"), Category(term="Python 3"))
    assert takes('tag:"job offers" tag:JOB-OFFERS', categories=tags)
    assert not takes("tag:python", categories=tags)
    assert takes("tag:python*", categories=tags)
    assert takes('tag:="Python 3"', categories=tags)
    assert not takes('tag:="python 3"', categories=tags)
    assert takes('tag:~"^py"', categories=tags)


def test_language_when_it_is_asked_for_then_narrower_ones_and_the_feeds_count() -> None:
    assert takes("lang:en", language="en-GB")
    assert takes("lang:EN_gb", language="en-GB")
    assert not takes("lang:en", language="eng")
    assert not takes("lang:en-GB", language="en")
    assert takes("lang:de", language="")
    assert not takes("lang:de", language="en")
    assert takes("not lang:de", facts=FeedFacts(), language="")


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("ada", True),
        ("Ad*", True),
        ('"Ada\'s Notes"', True),
        ("notes", False),
        ("blog.example", True),
        ("https://blog.example/feed", True),
        ("blog.example/fee", False),
        ("example", True),
        ("log.example", False),
        ("ada.example/home", True),
        ("other.example", False),
    ],
)
def test_feed_when_it_is_asked_for_then_names_hosts_and_addresses_count(
    value: str,
    taken: bool,  # noqa: FBT001 - the answer expected
) -> None:
    assert takes(f"feed:{value}") == taken


def test_feed_when_it_is_asked_for_exactly_then_it_must_be_all_of_it() -> None:
    assert takes('feed:="Ada"')
    assert not takes('feed:="ada"')
    assert takes(r'feed:~"^https://www\.blog"')


def test_host_when_it_is_asked_for_then_what_belongs_to_it_counts() -> None:
    link = "https://www.a.blog.example/post"
    assert takes("host:blog.example host:a.blog.example", link=link)
    assert not takes("host:log.example", link=link)
    assert takes("host:*.example", link=link)
    assert not takes("host:blog.example", link="")
    assert takes("link:post", link=link)


def test_author_and_source_when_they_are_asked_for_then_each_part_counts() -> None:
    people = (Person(name="Ada Lovelace", email="ada@blog.example"),)
    assert takes('author:lovelace author:="ada@blog.example"', authors=people)
    source = EntrySource(title="Planet Elsewhere", link="https://elsewhere.example/")
    assert takes("source:elsewhere.example source:planet", source=source)
    assert not takes("source:planet", source=None)


def test_times_when_they_are_compared_then_a_period_is_all_of_it() -> None:
    fields: dict[str, Any] = {
        "shown_at": NOON,
        "published": None,
        "first_seen_at": NOON + timedelta(days=1),
    }
    for taken in (
        "date:2018", "date:2018-04", "date:2018-04-25", "date:2018-04-25T12:00Z",
        'date:"2018-04-25 14:00+02:00"', "date>=2018-04", "date<=2018-04", "date>2018-03",
        "date<2018-05", "seen:2018-04-26", "not published>1900", "not published<2100",
    ):  # fmt: skip
        assert takes(taken, **fields), taken
    for left in (
        "date>2018-04", "date<2018-04", "date:2018-04-25T12:01Z", "date:2018-05", "published:2018",
    ):  # fmt: skip
        assert not takes(left, **fields), left


def test_age_when_it_is_compared_then_it_is_counted_from_now() -> None:
    assert takes("age<2d age>=1d age<=24h", shown_at=NOON - timedelta(days=1))
    assert not takes("age<1d or age>1d or age>2w", shown_at=NOON - timedelta(days=1))


def test_has_when_something_is_there_then_it_is_taken() -> None:
    audio = (Enclosure(url="https://a.example/a.mp3", type="audio/mpeg"),)
    assert takes("has:audio has:enclosure -has:video", enclosures=audio)
    assert takes("has:image", enclosures=(Enclosure(url="x", type="image/png"),))
    assert takes("has:image", content=SafeHTML('<img src="x">'))
    assert takes("has:image", image="https://a.example/i.png")
    assert not takes("has:image or has:summary or has:tag or has:author or has:source or has:lang")
    assert takes("has:title has:body has:link has:date")
    assert not takes("has:date", published=None, updated=None)


def test_is_when_the_entry_is_hidden_then_it_says_so() -> None:
    reason = Reason(code="decide.flood", at=NOON)
    assert takes("is:hidden -is:shown", hidden=reason)
    assert takes("is:shown -is:hidden")


def feed(**fields: Any) -> FeedState:
    values: dict[str, Any] = {
        "id": 1, "url": "https://blog.example/feed", "position": 0, "name": "", "link": "",
        "paused": False, "hidden_feed": False, "extra": {}, "info": FeedInfo(),
        "fetch": FetchState(), "entries": 0, "hidden": {}, "revision": 0,
    }  # fmt: skip
    return FeedState(**{**values, **fields})


def test_facts_when_a_feed_has_no_name_then_its_host_is_one() -> None:
    assert facts_of(feed()).names == ("blog.example",)
    assert facts_of(feed(name="Ada", info=FeedInfo(title="A blog"))).names == ("Ada", "A blog")


def test_facts_when_the_document_has_been_read_then_what_it_says_counts() -> None:
    info = FeedInfo(title="A blog", link="https://blog.example/", language="en")
    facts = facts_after(facts_of(feed()), info)
    assert facts.names == ("blog.example", "A blog")
    assert facts.addresses == ("https://blog.example/feed", "https://blog.example/")
    assert facts.language == "en"
