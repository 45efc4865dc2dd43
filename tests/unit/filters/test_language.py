from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.errors import FilterError
from ecliptic.filters import (
    Age,
    And,
    Exactly,
    Filter,
    Has,
    Is,
    Matches,
    Not,
    Or,
    When,
    Words,
    asks_feed,
    follows_state,
    read,
)
from filtering import filters


@given(filters)
def test_expression_when_a_filter_is_written_then_it_reads_back_as_the_same(one: Filter) -> None:
    assert read(str(one)) == one


@given(st.text(max_size=60) | st.text('ab:~="()-\\ title not or and', max_size=60))
def test_read_when_the_text_is_anything_then_it_is_a_filter_or_an_error_with_its_place(
    text: str,
) -> None:
    found = outcome(text)
    if isinstance(found, FilterError):
        assert 1 <= found.column <= len(text) + 1
        assert found.message.startswith(f"column {found.column}: ")
    else:
        assert read(str(found)) == found


def outcome(text: str) -> Filter | FilterError:
    try:
        return read(text)
    except FilterError as error:
        return error


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("python", Words("", "python")),
        ('"job offer"', Words("", "job offer")),
        ("title:python", Words("title", "python")),
        ('title:"say \\"hi\\" \\\\"', Words("title", 'say "hi" \\')),
        ('title:~"\\bjobs?\\b"', Matches("title", r"\bjobs?\b")),
        ('title:~"say \\"hi\\""', Matches("title", 'say "hi"')),
        ('title:=""', Exactly("title", "")),
        ("category:jobs", Words("tag", "jobs")),
        ("a b", And((Words("", "a"), Words("", "b")))),
        ("a or b c", Or((Words("", "a"), And((Words("", "b"), Words("", "c")))))),
        ("a AND NOT b", And((Words("", "a"), Not(Words("", "b"))))),
        ("-tag:jobs", Not(Words("tag", "jobs"))),
        ("-(a or b)", Not(Or((Words("", "a"), Words("", "b"))))),
        ("(a b) c", And((And((Words("", "a"), Words("", "b"))), Words("", "c")))),
        ("DATE>=2024-05", When("date", ">=", "2024-05")),
        ("date=2024-05-17t12:30z", When("date", ":", "2024-05-17T12:30Z")),
        ("age<30D", Age("<", "30d")),
        ("has:Image", Has("image")),
        ("is:hidden", Is("hidden")),
        ('"and" "title:x"', And((Words("", "and"), Words("", "title:x")))),
        ("C++ don't", And((Words("", "C++"), Words("", "don't")))),
        ("link:https://blog.example/a=b", Words("link", "https://blog.example/a=b")),
        ("\n  title:x\n  or title:y\n", Or((Words("title", "x"), Words("title", "y")))),
    ],
)
def test_read_when_an_expression_is_given_then_it_means_what_it_says(
    text: str, meaning: Filter
) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "the filter is empty"),
        ("title:x and", 12, "something must follow"),
        ("title:x or or b", 12, "'or' cannot stand here; to look for the word, put it in quotes"),
        ("(title:x", 1, "not closed"),
        ("title:x)", 8, "closes nothing"),
        ('title:"x', 7, 'this quote (") is not closed'),
        ("title: x", 1, "no value follows title:"),
        ("a  titel:x", 4, "no field 'titel'; did you mean title?"),
        ("http://x", 1, "stands in quotes"),
        ('a"b"', 2, "a space is missing here"),
        ("date >= 2024", 6, "directly between a field and its value"),
        ("date>=yesterday", 1, "'YESTERDAY' is no time: write it as 2024"),
        ("date>=2024-02-30", 1, "is no time"),
        ("date:~x", 1, "date does not know :~"),
        ("age<30", 1, "'30' is no span of time: write it as 12h"),
        ("age:30d", 1, "age is compared by < or >"),
        ("title>x", 1, "title does not know >; allowed: : or := or :~"),
        ("has:pictures", 1, "has: knows no 'pictures'"),
        ("has:images", 1, "did you mean image?"),
        ("is:=hidden", 1, "is does not know :=; allowed: :"),
        ("title:*", 1, "nothing to look for; has:title"),
        ("title:a*b", 1, "at the beginning or end"),
        ('x title:~"a(b"', 12, "this group is not closed"),
        ('title:~"a[b"', 10, "not ended"),
        ('title:~"a*"', 9, "found in every text"),
        ('title:~"(a)\\1"', 12, "cannot refer to a part of itself"),
        ('title:~"(?!a).*b"', 9, "say it with and, not"),
        (f"{'(' * 41}a{')' * 41}", 41, "nested more than 40 times"),
        (" ".join("a" * 500), 801, "at most 400 terms"),
        ("a" * 20_001, 1, "at most 20,000 characters"),
        (f"title:{'a' * 1_001}", 1, "at most 1,000 characters"),
    ],
)
def test_read_when_an_expression_is_wrong_then_the_error_names_the_place_and_the_remedy(
    text: str, column: int, said: str
) -> None:
    with pytest.raises(FilterError) as caught:
        read(text)
    assert (caught.value.column, caught.value.exit_status) == (column, 2)
    assert said in caught.value.message


def test_operators_when_filters_are_combined_then_they_make_one() -> None:
    a, b, c = Words("title", "a"), Words("title", "b"), Has("image")
    assert a & b & c == And((a, b, c))
    assert (a | b) & ~c == And((Or((a, b)), Not(c)))
    assert ~~a == a


def test_filter_when_it_asks_what_changes_by_itself_then_that_is_told() -> None:
    assert follows_state(read("title:a and not (b or age<3d)")) == "age<3d"
    assert follows_state(read("is:hidden or b")) == "is:hidden"
    assert not follows_state(read("date>=2024 and not has:image"))


def test_filter_when_it_asks_for_the_feed_then_that_is_told() -> None:
    assert asks_feed(read("a or not (b and feed:Ada)"))
    assert asks_feed(read("lang:en"))
    assert not asks_feed(read("a or title:feed"))


def test_filter_when_it_has_no_field_of_its_kind_then_it_is_not_made() -> None:
    for make in (
        lambda: Words("date", "x"),
        lambda: Exactly("", "x"),
        lambda: When("title", "<", "2024"),
        lambda: And((Has("image"),)),
        lambda: Or(()),
    ):
        with pytest.raises(FilterError):
            make()
