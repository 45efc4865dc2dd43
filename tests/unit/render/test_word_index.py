"""Words of many scripts, and the files that say where they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.page import Shown
from ecliptic.model.parsed import Category, Person
from ecliptic.model.paths import feed_page_path
from ecliptic.model.text import SafeHTML
from ecliptic.model.words import BLOCK, IndexPart, Segment
from ecliptic.render.word_index import hit, word_files
from ecliptic.render.words import LONGEST, shard_of, words
from making import make_entry
from rendering import index_of, make_feed, make_shown, word_index

FEED = make_feed(1)


def told(part: IndexPart, shown: Sequence[Shown], **fields: Any) -> Any:
    indexed = index_of(shown, **fields)
    return json.loads(word_index(shown, [FEED], indexed).body(part))


def numbers(text: str) -> list[int]:
    """Return the numbers that a file has for a word."""
    steps = [int(step, 36) for step in text.split()]
    return [sum(steps[: place + 1]) for place in range(len(steps))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't panic: C3PO_R2", {"don", "t", "panic", "c3po", "r2"}),
        ("Ærø, naïve CAFÉ e\u0301", {"ærø", "naive", "cafe", "e"}),
        ("ﬁne ２０２４ ℌ", {"fine", "2024", "h"}),
        ("Привет, МИР", {"привет", "мир"}),
        ("مُحَمَّد", {"محمد"}),
        ("日本", {"日", "本", "日本"}),
        ("ガギ", {"カ", "キ", "カキ"}),
        ("Python入門", {"python", "入", "門", "入門"}),
        ("한국어", {"\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"}),
        ("हिन्दी", {"हनद"}),
        ("", set()),
    ],
)  # fmt: skip
def test_words_when_a_text_is_of_any_script_are_found(text: str, found: set[str]) -> None:
    assert words(text) == found


@given(st.text(max_size=200))
def test_words_whatever_the_text_are_short_and_plain(text: str) -> None:
    found = words(text)
    assert all(0 < len(word) <= LONGEST for word in found)
    assert words(text.upper().lower()) >= {word for word in found if word.isascii()} - {"i", "ss"}
    assert all(words(word) >= {word} for word in found)


@given(st.text(min_size=2, max_size=9), st.sampled_from([1, 4, 128]))
def test_words_that_begin_alike_stand_in_the_same_file(word: str, shards: int) -> None:
    assert shard_of(word, shards) == shard_of(word[:2] + "x", shards) < shards


def test_files_when_entries_are_written_have_each_word_once() -> None:
    entries = [
        make_entry(1, title="Moon", content=SafeHTML("<p>The <b>moon</b>light</p>")),
        make_entry(2, title="", summary=SafeHTML("Moon &amp; sun"), content=SafeHTML("")),
        make_entry(
            3,
            title="Other",
            content=SafeHTML(""),
            authors=(Person(name="Ada"),),
            categories=(Category(term="moon", label="La lune"),),
        ),
    ]
    files = [
        json.loads(file)
        for file in word_files([(7, entries[0]), (40, entries[1]), (99, entries[2])], 4)
    ]
    held = {word: numbers(text) for file in files for word, text in file.items()}
    assert held["moon"] == [7, 40, 99]
    assert held["moonlight"] == [7]
    assert held["sun"] == [40]
    assert held["ada"] == held["lune"] == [99]
    assert sum(len(file) for file in files) == len(held)


def test_words_of_a_segment_when_asked_have_its_entries_alone() -> None:
    shown = [make_shown(number, FEED, title=f"word{number}") for number in range(1, 10)]
    segment = Segment(first=2, last=4, built=1)
    held = told(IndexPart(kind="words", segment=segment), shown)
    assert {word for word in held if word.startswith("word")} == {"word8", "word7", "word6"}


def test_words_of_new_ones_when_some_are_late_have_both() -> None:
    shown = [make_shown(number, FEED, title=f"word{number}") for number in range(1, 10)]
    held = told(IndexPart(kind="words"), shown, first_new=9, late=(2,))
    assert {word: numbers(held[word]) for word in held if word.startswith("word")} == {
        "word1": [9],
        "word8": [2],
    }


def test_entries_when_they_are_shown_have_plain_text_and_safe_links() -> None:
    text = SafeHTML("<p>a<b>b</b> &lt;i&gt;</p><p>c</p>")
    shown = [
        make_shown(1, FEED, content=SafeHTML(f"<p>{'long ' * 999}</p>")),
        make_shown(2, FEED, link="javascript:alert(1)", title="<b>", content=text),
    ]
    block = told(IndexPart(kind="entries"), shown)
    assert len(block) == BLOCK
    first, second = block[1], block[2]
    assert first[0] == "<b>"
    assert first[1] == "#e1x2"
    assert first[5] == "ab <i> c"
    assert len(second[5]) <= 801
    assert second[5].endswith("…")
    assert block[0] is None


def test_hit_when_the_planet_shows_less_shows_no_more() -> None:
    entry = make_entry(1, content=SafeHTML("<p>one two three</p>"))
    assert hit(entry, FEED, 7).text == "one two…"


def test_days_when_entries_stand_out_of_order_are_told_by_place() -> None:
    shown = [make_shown(hours, FEED) for hours in (1, 30, 90)]
    steps = told(IndexPart(kind="days"), shown).split(",")
    found = [int(step, 36) for step in steps[1:]]
    assert steps[0] == ""
    assert found[0] > 17_000
    assert found[1:] == [3, 1]


def test_feeds_and_top_when_written_name_what_there_is() -> None:
    shown = [make_shown(1, FEED)]
    assert told(IndexPart(kind="feeds"), shown) == {
        "1": ["Blog 1", "https://blog1.example/", feed_page_path(FEED)]
    }
    segment = Segment(first=1, last=8_192, built=3)
    top = told(
        IndexPart(kind="top"), shown, segments=(segment,), first_new=8_193, last=8_193, late=(3,)
    )
    assert top["segments"] == [["1-8192", 256, 3], ["new", 1, 1]]
    assert top["late"] == [3]
    assert top["regions"] == [[0, 1]]
