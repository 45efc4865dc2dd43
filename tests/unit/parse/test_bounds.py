from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse import bounds, parse
from ecliptic.parse.bounds import MAX_ATTRIBUTES, MAX_MARKS, Budget

ITEM = "<item><title>kept</title></item>"


def rss(inside: str) -> str:
    return f'<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'


def attributes(count: int) -> str:
    return " ".join(f"a{number}='>'" for number in range(count))


def noted(document: str | bytes) -> list[tuple[str, str]]:
    return [(problem.code, problem.detail) for problem in parse(document).problems]


def test_parse_of_a_tag_with_very_many_attributes_reads_the_first_and_says_so() -> None:
    document = rss(f"\n<item {attributes(MAX_MARKS)} last='1'><title>kept</title></item>")
    feed = parse(document)
    assert [entry.title.value for entry in feed.entries if entry.title] == ["kept"]
    assert noted(document) == [
        ("parse.truncated", f"only the first {MAX_ATTRIBUTES} attributes of a tag were read")
    ]


@pytest.mark.slow
def test_parse_of_very_many_tags_reads_the_first_and_says_where_it_ends() -> None:
    document = rss(ITEM + "\n" + "<a/>" * MAX_MARKS + ITEM)
    problems = parse(document).problems
    assert len(parse(document).entries) == 1
    assert (problems[0].code, problems[0].line) == ("parse.truncated", 2)
    assert problems[0].detail == f"only the first {MAX_MARKS} tags and attributes were read"


@pytest.mark.parametrize("section", ["<![CDATA[{}]]>", "<!--{}-->"])
def test_parse_of_markup_that_is_text_does_not_count_it(section: str) -> None:
    text = section.format("<b c='d'>" * MAX_MARKS)
    document = rss(f"<item><description>{text}</description></item>{ITEM}")
    assert len(parse(document).entries) == 2
    assert noted(document) == []


def test_parse_of_escaped_markup_does_not_count_it() -> None:
    text = "&lt;b c='d'>" * MAX_MARKS
    assert noted(rss(f"<item><description>{text}</description></item>{ITEM}")) == []


@pytest.mark.slow
def test_parse_of_a_wide_encoding_counts_alike() -> None:
    document = rss("<a/>" * (MAX_MARKS + 9)).encode("utf-16")
    assert noted(document)[0][0] == "parse.truncated"


def test_parse_of_sections_that_never_end_counts_what_is_in_them() -> None:
    document = rss(ITEM + "<![CDATA[</item><item>" + "<a/>" * (3 * MAX_MARKS) + "</item>")
    assert ("parse.truncated", f"only the first {MAX_MARKS} tags and attributes were read") in (
        noted(document)
    )


@given(
    st.lists(
        st.sampled_from(
            ["<a b='c'>", "</a>", "<![CDATA[", "]]>", "<!--", "-->", "x", "'", '"', "="]
        ),
        max_size=30,
    ).map("".join)
)
def test_spend_of_what_is_not_too_much_changes_nothing(text: str) -> None:
    budget = Budget()
    assert budget.spend(text) == text
    assert budget.problems == {}


@pytest.mark.parametrize("size", [MAX_MARKS - 1, MAX_MARKS])
def test_may_be_too_much_when_there_is_room_is_false(size: int) -> None:
    assert not bounds.may_be_too_much("<" * size)
    assert bounds.may_be_too_much("<" * (MAX_MARKS + 1))
    assert bounds.may_be_too_much(b"=" * (MAX_MARKS + 1))


def test_json_of_very_many_values_is_no_feed_and_says_so() -> None:
    many = '{"version":"https://jsonfeed.org/version/1.1","items":[' + "{}," * 500_001 + "{}]}"
    assert noted(many) == [("parse.not_a_feed", "JSON of more parts than are read")]


def test_json_with_very_many_commas_in_a_text_is_read() -> None:
    text = '{"version":"https://jsonfeed.org/version/1.1","items":[{"content_text":"'
    feed = parse(text + ',\\"' * 500_001 + '"}]}')
    assert len(feed.entries) == 1


def test_references_after_very_many_repairs_are_kept_as_text() -> None:
    document = rss(
        f"<item><description>{'&nbsp;' * 200_000}</description></item>"
        "<item><title>a &nbsp; &amp; &lt;b&gt; <![CDATA[&c]]></title></item>"
    )
    title = parse(document).entries[1].title
    assert title is not None
    assert title.value == "a &nbsp; & <b> &c"
