"""What our feeds say of an entry is what their readers find: parse(render(entry)) is it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.page import Shown
from ecliptic.model.parsed import Category, Enclosure, ParsedEntry, Person
from ecliptic.model.text import Content, SafeHTML
from ecliptic.parse import parse
from making import NOON
from rendering import make_feed, make_shown, render_page

FEED = make_feed(1, name="A Blog")

# Words that mean something to XML, HTML and JSON, joined as authors join words.
words = st.lists(
    st.sampled_from(["Post", "&", "<b>", "a<b", "]]>", "\"'", "&amp;", "é", "日本", "😀", "שלום"]),
    min_size=1,
    max_size=5,
).map(" ".join)
markup = words.map(lambda text: f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")
names = st.text(alphabet="abcdé日 &<", min_size=1, max_size=9).filter(
    lambda name: name == " ".join(name.split())
)
times = st.integers(631_152_000, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
entries = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["tag:b.example,2018:1", "https://b.example/?p=1&q=2", "urn:x:1"]),
        "link": st.sampled_from(["https://b.example/a?b=1&c=2", "https://b.example/é"]),
        "title": words,
        "content": markup.map(SafeHTML),
        "published": times,
        "authors": st.lists(st.builds(Person, name=names), min_size=1, max_size=1).map(tuple),
        "categories": st.lists(
            st.builds(Category, term=names), max_size=2, unique_by=lambda one: one.term
        ).map(tuple),
        "enclosures": st.lists(
            st.just(Enclosure(url="https://b.example/a.mp3?x=1&y=2", type="audio/mpeg", length=9)),
            max_size=1,
        ).map(tuple),
    }
)


def read_back(path: str, fields: dict[str, Any]) -> tuple[Shown, ParsedEntry]:
    title = fields["title"].replace("&", "&amp;").replace("<", "&lt;")
    shown = make_shown(1, FEED, **fields, title_html=SafeHTML(title), shown_at=fields["published"])
    parsed = parse(render_page(path, [shown]), url=f"https://planet.example/{path}")
    assert not parsed.problems
    assert len(parsed.entries) == 1
    assert not parsed.entries[0].problems
    return shown, parsed.entries[0]


def text_of(content: Content | None) -> str:
    """Return a title as plain text: ours need nothing but the escapes undone."""
    assert content is not None
    if content.kind == "text":
        return content.value
    return content.value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.slow
@given(entries)
@pytest.mark.parametrize("path", ["atom.xml", "rss20.xml", "rss10.xml", "feed.json"])
def test_entry_when_rendered_and_parsed_is_the_same(path: str, fields: dict[str, Any]) -> None:
    shown, found = read_back(path, fields)
    entry = shown.entry
    prefix = "A Blog: " if path.startswith("rss") else ""
    assert text_of(found.title).split() == f"{prefix}{entry.title}".split()
    assert found.content is not None
    assert found.content.value == entry.content
    assert found.published == entry.published
    assert found.link == entry.link
    assert [person.name for person in found.authors] == [person.name for person in entry.authors]
    if path != "rss10.xml":  # whose items are named by their links and have no files
        assert found.id == entry.id
        assert [tag.term for tag in found.categories] == [tag.term for tag in entry.categories]
        assert found.enclosures == entry.enclosures


def test_atom_when_parsed_tells_where_each_entry_comes_from() -> None:
    shown = make_shown(1, FEED, updated=NOON - timedelta(minutes=5), rights="CC0", language="de")
    (found,) = parse(render_page("atom.xml", [shown]), url="https://planet.example/").entries
    assert found.source is not None
    assert found.source.title == "A Blog"
    assert found.source.link == "https://blog1.example/"
    assert found.updated == shown.entry.updated
    assert (found.rights, found.language) == ("CC0", "de")
