"""Whether two entries are copies of one post."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ecliptic.decide.likeness import Words, words_of
from ecliptic.decide.twins import alike
from ecliptic.model.twin import Copy
from making import NOON, make_copy

POST = "https://ann.example/post"
TAG = "tag:ann.example,2018:post"
TEXT = " ".join(f"w{number}" for number in range(60))
OTHER_TEXT = " ".join(f"x{number}" for number in range(60))


def copy(row: int, text: str = "", **fields: Any) -> tuple[Copy, Words]:
    """Return entry ``row``, of the feed of that number, and its words."""
    return make_copy(row, **fields), words_of(text)


def how(
    one: tuple[Copy, Words], other: tuple[Copy, Words], *, near: bool = False, mute: str = ""
) -> str:
    """Return by what the two are copies, or nothing."""
    words = {entry.row: text for entry, text in (one, other)}
    found = alike(one[0], other[0], lambda entry: words[entry.row], mute={mute} - {""}, near=near)
    return found.how if found else ""


LATER = NOON + timedelta(days=1)


def test_copies_when_id_and_link_are_one_are_found_whatever_else_differs() -> None:
    one = copy(1, TEXT, link=POST, id="3", title="A")
    other = copy(2, OTHER_TEXT, link=POST + "/?utm_source=x", id="3", title="B", published=None)
    assert how(one, other) == "id and link"


def test_copies_when_one_link_has_the_same_date_or_title_or_text_are_found() -> None:
    one = copy(1, TEXT, link=POST)
    assert how(one, copy(2, OTHER_TEXT, link=POST, title="B")) == "link"
    assert how(one, copy(2, TEXT, link=POST, title="B", published=LATER)) == "link"
    assert how(one, copy(2, "", link=POST, published=LATER)) == "link"


def test_copies_when_one_only_writes_about_the_link_are_none() -> None:
    one = copy(1, TEXT, link=POST)
    assert how(one, copy(2, OTHER_TEXT, link=POST, published=LATER)) == ""
    assert how(one, copy(2, "", link=POST, title="B", published=LATER)) == ""


def test_copies_when_a_unique_id_is_one_need_a_title_or_date_too() -> None:
    one = copy(1, TEXT, id=TAG)
    assert how(one, copy(2, OTHER_TEXT, id=TAG, published=LATER)) == "id"
    assert how(one, copy(2, OTHER_TEXT, id=TAG, title="B", published=LATER)) == ""


def test_copies_when_an_id_may_be_of_many_are_none() -> None:
    assert how(copy(1, TEXT, id="post-3"), copy(2, TEXT, id="post-3")) == ""


def test_copies_when_several_posts_of_a_feed_have_the_link_need_the_same_part_of_it() -> None:
    page, mute = "https://club.example/news.html", "club.example/news.html"
    one = copy(1, TEXT, link=f"{page}#a")
    assert how(one, copy(2, TEXT, link=f"{page}#a"), mute=mute) == "link"
    assert how(one, copy(2, TEXT, link=f"{page}#b")) == ""
    assert how(one, copy(2, TEXT, link=page), mute=mute) == ""


def test_copies_when_only_texts_are_one_are_found_when_asked_for() -> None:
    one, other = copy(1, TEXT), copy(2, TEXT + " and more", title="B")
    assert how(one, other) == ""
    assert how(one, other, near=True) == "text"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (TEXT[:80], {"title": "B"}),  # an excerpt must have the title
        (TEXT[:80], {"published": LATER + timedelta(days=9)}),  # and the date, roughly
        (TEXT[:20], {}),  # too short
        (OTHER_TEXT, {}),
        (TEXT, {"title": "Post 2"}),  # another number, another part of the series
        (f"{OTHER_TEXT} {TEXT}", {}),  # half of it is something else
    ],
)
def test_copies_when_texts_are_one_in_part_are_none(text: str, fields: dict[str, Any]) -> None:
    assert how(copy(1, TEXT), copy(2, text, **fields), near=True) == ""


def test_copies_when_compared_the_other_way_round_are_the_same() -> None:
    one, other = copy(1, TEXT, link=POST), copy(2, TEXT[:150], link=POST, published=None)
    assert how(one, other) == how(other, one) == "link"
