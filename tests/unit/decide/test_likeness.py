"""How much of one text is in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.decide.likeness import (
    is_excerpt,
    overlap,
    resemblance,
    same_title,
    words_of,
)

LONG = words_of(" ".join(f"word{number}" for number in range(100)))
texts = st.lists(st.sampled_from("abcdef"), max_size=20).map(tuple)


def test_words_when_markup_differs_are_the_same() -> None:
    html = "<p>It&#8217;s <em>one</em> thing &amp; another.</p>"
    assert (
        words_of(html) == words_of("its one thing, another") == ("its", "one", "thing", "another")
    )


def test_words_when_there_are_no_spaces_are_characters() -> None:
    assert words_of("猫と犬 cat") == ("猫", "と", "犬", "cat")
    assert words_of("für über") == ("für", "über")


def test_words_when_very_many_are_bounded() -> None:
    assert len(words_of("a " * 20_000)) == 5_000


def test_resemblance_when_one_word_of_a_hundred_differs_is_high() -> None:
    changed = (*LONG[:50], "other", *LONG[51:])
    assert 0.9 < resemblance(LONG, changed) < 1
    assert resemblance(LONG, LONG) == 1
    assert resemblance(LONG, ()) == 0


def test_excerpt_when_it_begins_the_text_is_one_and_a_quotation_is_not() -> None:
    assert is_excerpt(LONG[:30], LONG) == 1
    assert is_excerpt(("read", "this", *LONG[:30]), LONG) > 0.8
    assert is_excerpt(LONG[60:90], LONG) == 0
    assert overlap(LONG[60:90], LONG) == 1


@given(texts, texts)
def test_likeness_when_sides_are_changed_is_the_same(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    for measure in (resemblance, overlap, is_excerpt):
        assert measure(one, other) == measure(other, one)
        assert 0 <= measure(one, other) <= 1
    assert same_title(one, other) == same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("What grew on the balcony", "What grew on the balcony!", True),
        ("Carla: What grew on the balcony", "What grew on the balcony", True),
        ("What grew on the balcony | Carla's blog", "What grew on the balcony", True),
        ("Re: What grew on the balcony", "What grew on the balcony", False),
        ("Weekly letter 41", "Weekly letter 42", False),
        ("Release 1.2", "Release 1.2.1", False),
        ("News", "News from the garden", False),
        ("", "", False),
    ],
)
def test_title_when_compared_counts_words_and_numbers(
    one: str, other: str, *, is_same: bool
) -> None:
    assert same_title(words_of(one), words_of(other)) is is_same
