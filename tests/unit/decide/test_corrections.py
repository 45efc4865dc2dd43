from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.decide.corrections import corrected
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Link, ParsedFeed, Person
from ecliptic.model.rules import BASES, ELEMENTS, EntryRules
from ecliptic.model.text import Content
from making import NOON, make_parsed

FULL = make_parsed(
    updated=NOON,
    authors=(Person(name="Ada <b>Q</b>uist &amp; Co"),),
    contributors=(Person(name="Eve"),),
    categories=(Category(term="x"),),
    enclosures=(Enclosure(url="https://a.example/x.mp3"),),
    links=(Link(href="https://a.example/1"),),
    image="https://a.example/x.png",
    language="fr",
    rights="mine",
    comments="https://a.example/1#comments",
    source=EntrySource(title="B"),
    title=Content(value="<i>One</i>", kind="text", language="fr"),
    summary=Content(value="Short", kind="html", base="https://a.example/blog/", language="fr"),
    content=Content(value="<img src=x.png>", base="https://a.example/blog/", language="fr"),
)
FEED = ParsedFeed(
    format="rss20",
    title=Content(value="A", kind="text", language="fr"),
    subtitle=Content(value="What A writes", kind="text"),
    link="https://a.example/",
    authors=(Person(name="Ada"),),
    language="fr",
    updated=NOON,
    entries=(FULL,),
)


def ruled(**rules: Any) -> ParsedFeed:
    return corrected(FEED, EntryRules(**rules))


@pytest.mark.parametrize("element", ELEMENTS)
def test_corrected_when_an_element_is_ignored_then_entries_lack_it_and_nothing_else(
    element: str,
) -> None:
    (entry,) = ruled(ignore_in_feed=(element,)).entries
    fields = [field for field in ELEMENTS[element] if hasattr(entry, field)]
    assert fields
    for field in entry.__struct_fields__:
        if field in fields:
            assert not getattr(entry, field)
        elif element != "language":
            assert getattr(entry, field) == getattr(FULL, field)


def test_corrected_when_an_element_is_ignored_then_the_feed_lacks_it_too_but_not_its_title() -> (
    None
):
    feed = ruled(ignore_in_feed=("updated", "language", "author", "summary", "title"))
    assert (feed.updated, feed.language, feed.authors, feed.subtitle) == (None, "", (), None)
    assert feed.title == Content(value="A", kind="text")
    assert feed.link == FEED.link


def test_corrected_when_languages_are_ignored_then_no_text_has_one() -> None:
    (entry,) = ruled(ignore_in_feed=("language",)).entries
    for text in (entry.title, entry.summary, entry.content):
        assert text is not None
        assert text.language == ""


def test_corrected_when_types_are_given_then_texts_are_read_as_those() -> None:
    (entry,) = ruled(title_type="html", summary_type="text", content_type="text").entries
    kinds = [text.kind for text in (entry.title, entry.summary, entry.content) if text]
    assert kinds == ["html", "text", "text"]
    assert entry.title == Content(value="<i>One</i>", kind="html", language="fr")


def test_corrected_when_a_summary_stands_alone_then_its_type_is_that_of_the_body() -> None:
    alone = make_parsed(content=Content(value="<b>", kind="html"))
    feed = corrected(ParsedFeed(entries=(alone,)), EntryRules(summary_type="text"))
    assert feed.entries[0].content == Content(value="<b>", kind="text")


def test_corrected_when_names_are_html_then_they_are_read_as_text() -> None:
    (entry,) = ruled(name_type="html").entries
    assert [person.name for person in entry.authors] == ["Ada Quist & Co"]


@pytest.mark.parametrize(
    ("said", "base"),
    [
        ("feed_alternate", "https://a.example/"),
        ("entry_alternate", "https://blog.example/1"),
        ("https://other.example/x/", "https://other.example/x/"),
    ],
)
def test_corrected_when_a_base_is_given_then_texts_are_seen_from_there(
    said: str, base: str
) -> None:
    (entry,) = ruled(xml_base=said).entries
    assert entry.content is not None
    assert entry.content.base == base


def test_corrected_when_the_page_of_a_feed_is_unknown_then_its_base_stays() -> None:
    feed = corrected(ParsedFeed(entries=(FULL,)), EntryRules(xml_base="feed_alternate"))
    assert feed.entries[0].content == FULL.content


def test_mark_when_any_correction_moves_then_it_moves_too() -> None:
    rules = [
        EntryRules(), EntryRules(title_type="text"), EntryRules(title_type="html"),
        EntryRules(content_type="text"), EntryRules(ignore_in_feed=("id",)),
        EntryRules(ignore_in_feed=("title",)), EntryRules(xml_base="feed_alternate"),
    ]  # fmt: skip
    assert len({each.mark for each in rules}) == len(rules)
    assert EntryRules(flood_items=3).mark == rules[0].mark == ""


@given(
    st.builds(
        EntryRules,
        ignore_in_feed=st.lists(st.sampled_from(sorted(ELEMENTS)), unique=True).map(tuple),
        title_type=st.sampled_from(("", "text", "html")),
        summary_type=st.sampled_from(("", "text", "html")),
        content_type=st.sampled_from(("", "text", "html")),
        name_type=st.sampled_from(("", "text")),
        xml_base=st.sampled_from(("", *BASES, "https://b.example/")),
    )
)
def test_corrected_when_done_twice_is_as_done_once(rules: EntryRules) -> None:
    once = corrected(FEED, rules)
    if not {"summary", "link"} & set(rules.ignore_in_feed):  # which others are read by
        assert corrected(once, rules) == once
    assert bool(rules.mark) == bool(rules.corrections)
