"""Text in a picture lies in its room, whole, in letters that the font has."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.render.lettering import Block, Lettering, Room, can_shape, is_plain
from fonts import font

ROOM = Room(80, 210, 1120, 490)
SIZES = range(128, 23, -4)
ENGLISH = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
NAMES = st.text(ENGLISH, min_size=1, max_size=200).map(lambda name: " ".join(name.split()) or "x")
needs_raqm = pytest.mark.skipif(not can_shape(), reason="Pillow finds no FriBiDi here")


def set_in(text: str, file: Path | str = "", room: Room = ROOM) -> Block:
    block = Lettering(str(file)).block(text, room, SIZES)
    assert block is not None
    return block


def lines(text: str, file: Path | str = "", room: Room = ROOM) -> list[str]:
    return [line.text for line in set_in(text, file, room).lines]


@pytest.fixture(scope="module")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font of Hebrew, Japanese and little else."""
    path = tmp_path_factory.mktemp("font") / "boxes.ttf"
    path.write_bytes(font("abc éשלום星空、。っ（）"))
    return path


@given(NAMES)
def test_text_of_any_length_lies_in_its_room_and_is_never_cut(name: str) -> None:
    block = set_in(name)
    assert all(ROOM.holds(line.ink) for line in block.lines)
    said = "".join(line.text for line in block.lines)
    assert said.replace(" ", "") == name.replace(" ", "")


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=20))
def test_words_when_they_fit_are_never_broken(words: list[str]) -> None:
    assert " ".join(lines(" ".join(words))).split() == words


def test_text_when_it_is_short_is_large_and_shrinks_when_it_is_not() -> None:
    short, long = set_in("Planet"), set_in("Planet " * 20)
    assert (short.size, len(short.lines)) == (128, 1)
    assert long.size < short.size


def test_lines_when_there_are_several_stand_below_each_other() -> None:
    found = set_in("many words " * 15).lines
    assert len(found) > 2
    assert all(one.ink.bottom <= two.ink.top for one, two in pairwise(found))


def test_word_when_it_is_wider_than_its_room_is_broken() -> None:
    assert len(lines("W" * 200)) > 1


def test_text_when_no_size_fits_is_not_set() -> None:
    assert Lettering("").block("Planet", Room(0, 0, 20, 20), SIZES) is None


def test_lines_of_japanese_begin_with_no_sign_that_closes(boxes: Path) -> None:
    found = lines("星空、" * 40, boxes)
    assert len(found) > 1
    assert not any(line.startswith("、") for line in found)
    assert "（" not in {line[-1] for line in lines("（星）" * 40, boxes)}


@pytest.mark.parametrize(
    ("text", "lacking"),
    [("abc é", ""), ("a z b z", "z"), ("星空", ""), ("ab\u200d\ufe0f", ""), ("🪐a星é", "🪐")],
)
def test_lacking_names_what_the_font_does_not_have(boxes: Path, text: str, lacking: str) -> None:
    assert Lettering(str(boxes)).lacking(text) == lacking


def test_lacking_of_the_font_that_comes_along_is_nothing_of_english() -> None:
    every = "".join(map(chr, range(0x20, 0x7F)))
    assert Lettering("").lacking(every) == ""
    assert Lettering("").lacking("Planète – Ω") == "è–Ω"


@pytest.mark.parametrize("text", ["Planet 42!", "Ñandú", "星空", "Планета", "ガ"])
def test_plain_when_letters_stand_one_after_the_other(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize(
    "text", ["مرصد", "שלום", "ग्रह", "ดาวเคราะห์", "a\u0323\u0302b", "ᠭᠠᠷᠠᠭ", "a\u202eb"]
)
def test_plain_when_letters_join_or_stack_or_turn_is_false(text: str) -> None:
    assert not is_plain(text)


@needs_raqm
def test_text_from_right_to_left_begins_at_the_right(boxes: Path) -> None:
    block = set_in("שלום abc שלום", boxes)
    assert block.direction == "rtl"
    assert {line.ink.right for line in block.lines} == {ROOM.right}
    assert set_in("abc שלום", boxes).direction == "ltr"
    assert set_in("abc", boxes).direction is None
