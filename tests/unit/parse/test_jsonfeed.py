from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.parsed import Category, Enclosure, Link, ParsedEntry, Person
from ecliptic.model.text import Content
from ecliptic.parse import parse

VERSION = "https://jsonfeed.org/version/1.1"
FEED = {
    "version": VERSION,
    "title": "T <not a tag>",
    "home_page_url": "https://a.example/",
    "feed_url": "https://a.example/feed.json",
    "description": "D",
    "icon": "/i.png",
    "favicon": "/f.ico",
    "language": "en",
    "next_url": "/feed2.json",
    "authors": [{"name": "Ann", "url": "/ann"}],
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [
        {
            "id": 7,
            "url": "/1",
            "external_url": "https://o.example/",
            "title": "One",
            "content_html": "<p>x</p>",
            "content_text": "x",
            "summary": "s",
            "image": "/p.png",
            "date_published": "2024-01-01T00:00:00Z",
            "date_modified": "2024-01-02T00:00:00+01:00",
            "author": {"name": "Bob"},
            "tags": ["a", "a", 1, None],
            "attachments": [
                {"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 5,
                 "duration_in_seconds": 3.5, "title": "A"},
                {"mime_type": "no url"},
            ],
        }
    ],
}  # fmt: skip


def test_json_feed_says_all_of_it() -> None:
    feed = parse(json.dumps(FEED), url="https://a.example/feed.json")
    assert (feed.format, feed.link, feed.language) == ("json11", "https://a.example/", "en")
    assert feed.title == Content(value="T <not a tag>", kind="text", base="https://a.example/")
    assert feed.authors == (Person(name="Ann", url="https://a.example/ann"),)
    assert [link.rel for link in feed.links] == ["alternate", "self", "next", "hub"]
    base = "https://a.example/1"
    assert feed.entries == (
        ParsedEntry(
            id="7",
            link=base,
            title=Content(value="One", kind="text", base=base),
            content=Content(value="<p>x</p>", kind="html", base=base),
            summary=Content(value="s", kind="text", base=base),
            published=datetime(2024, 1, 1, tzinfo=UTC),
            updated=datetime(2024, 1, 1, 23, tzinfo=UTC),
            authors=(Person(name="Bob"),),
            categories=(Category(term="a"), Category(term="1")),
            enclosures=(
                Enclosure(
                    url="https://a.example/a.mp3",
                    type="audio/mpeg",
                    length=5,
                    duration=3,
                    title="A",
                ),
            ),
            links=(Link(href=base), Link(href="https://o.example/", rel="related")),
            image="https://a.example/p.png",
        ),
    )


def test_json_feed_with_both_kinds_of_authors_goes_by_the_newer() -> None:
    authors = {"authors": [{"name": "Ann"}], "author": {"name": "Bob"}}
    feed = parse(json.dumps({"version": VERSION, **authors, "items": [authors]}))
    assert feed.authors == feed.entries[0].authors == (Person(name="Ann"),)


def test_json_feed_with_a_mark_and_control_characters_is_read() -> None:
    document = b"\xef\xbb\xbf" + json.dumps(FEED).encode().replace(b"<p>x", b"<p>\tx")
    assert len(parse(document).entries) == 1


def test_json_feed_with_lone_surrogates_gives_text_that_can_be_written() -> None:
    document = json.dumps({"version": VERSION, "items": [{"id": "\ud800x"}]})
    parse(document).entries[0].id.encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.slow
@given(st.fixed_dictionaries(dict.fromkeys(FEED["items"][0], VALUES)))
def test_json_feed_with_values_of_any_type_never_raises(item: dict[str, object]) -> None:
    feed = parse(json.dumps({"version": VERSION, "items": [item]}))
    assert len(feed.entries) == 1


@given(st.fixed_dictionaries({key: VALUES for key in FEED if key not in {"version", "items"}}))
def test_json_feed_with_feed_values_of_any_type_never_raises(values: dict[str, object]) -> None:
    assert parse(json.dumps({**values, "version": VERSION, "items": [{}]})).is_feed
