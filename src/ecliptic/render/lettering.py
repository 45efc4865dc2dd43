"""Words in a picture: as large as their room allows, never cut, in no letters but true ones.

Letters of most scripts stand one after the other, and FreeType alone sets them, with the same
bytes on every machine. Those that join, stack or run from right to left are set by HarfBuzz,
through Raqm, which Pillow has where it finds the library FriBiDi.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, Literal
from unicodedata import bidirectional, category, east_asian_width

import msgspec
from PIL import ImageFont, features

_NOWHERE: Final = "\uffff"
"""A noncharacter: in its place every font shows what it shows for a character it lacks."""

_RIGHT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_STACKING: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
_MONGOLIAN: Final = range(0x1800, 0x18B0)
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_CLOSING: Final = frozenset({"Pe", "Pf", "Po"})
_SMALL: Final = frozenset("ーぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_WIDE: Final = frozenset({"W", "F"})
_PROBE: Final = 40
"""Pixels of the letters that are looked at to see whether a font has them."""


class Room(msgspec.Struct, frozen=True):
    """A rectangle of a picture, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, other: Room) -> bool:
        """Whether another one lies in this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of text: where its baseline begins, and the room that its ink takes."""

    text: str
    x: int
    y: int
    ink: Room


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of one size; ``direction`` is for Raqm, and ``None`` without it."""

    size: int
    lines: tuple[Line, ...]
    direction: Literal["ltr", "rtl"] | None


def is_plain(text: str) -> bool:
    """Whether its letters stand one after the other, from left to right."""
    return not any(
        bidirectional(letter) in _RIGHT
        or category(letter) in _STACKING
        or ord(letter) in _MONGOLIAN
        for letter in text
    )


def can_shape() -> bool:
    """Whether letters that join, stack or run from right to left can be set here."""
    return bool(features.check("raqm"))


def made_by() -> str:
    """Return the versions of all that puts letters into pixels, and pixels into a file."""
    return " ".join(str(features.version(part)) for part in ("pil", "freetype2", "raqm", "zlib"))


class Lettering:
    """A font: that of the file, or the one that comes with Pillow for ``""``.

    All its methods raise ``OSError`` when FreeType cannot use the file.
    """

    def __init__(self, file: str) -> None:
        self._file = file

    def lacking(self, text: str) -> str:
        """Return the characters of a text that the font has no letters for, each once."""
        return "".join(
            letter
            for letter in dict.fromkeys(text)
            if not _is_invisible(letter) and self._shape(letter) == self._none
        )

    def block(self, text: str, room: Room, sizes: Sequence[int]) -> Block | None:
        """Return a text in the first of the sizes that its room holds, or ``None``.

        Words are broken only where they fit in no size.
        """
        for pieces in (_words(text), _letters(text)):
            for size in sizes:
                if found := self._block(pieces, room, size, is_plain=is_plain(text)):
                    return found
        return None

    def at(self, size: int, *, is_plain: bool = True) -> ImageFont.FreeTypeFont:
        """Return the font in one size, in pixels."""
        layout = ImageFont.Layout.BASIC if is_plain else ImageFont.Layout.RAQM
        if self._file:
            return ImageFont.truetype(self._file, size, layout_engine=layout)
        own = ImageFont.load_default(size)
        if not isinstance(own, ImageFont.FreeTypeFont):
            raise OSError("Pillow was built without FreeType")
        return own.font_variant(layout_engine=layout)

    @cached_property
    def _probe(self) -> ImageFont.FreeTypeFont:
        return self.at(_PROBE)

    @cached_property
    def _none(self) -> tuple[tuple[int, int], bytes]:
        return self._shape(_NOWHERE)

    def _shape(self, letter: str) -> tuple[tuple[int, int], bytes]:
        mask = self._probe.getmask(letter)
        return mask.size, bytes(mask)

    def _block(
        self, pieces: Iterable[str], room: Room, size: int, *, is_plain: bool
    ) -> Block | None:
        font = self.at(size, is_plain=is_plain)
        ascent, descent = font.getmetrics()
        texts = _filled(pieces, font, room.right - room.left)
        top = (room.top + room.bottom - (ascent + descent) * len(texts)) // 2
        if top < room.top or any(font.getlength(text) > room.right - room.left for text in texts):
            return None  # seen before any letter is drawn
        direction = None if is_plain else _direction("".join(texts))
        baselines = range(top + ascent, room.bottom + 1, ascent + descent)
        lines = tuple(
            _line(text, font, room, baseline, direction)
            for text, baseline in zip(texts, baselines, strict=False)
        )
        if not all(room.holds(line.ink) for line in lines):
            return None
        return Block(size=size, lines=lines, direction=direction)


def _line(
    text: str,
    font: ImageFont.FreeTypeFont,
    room: Room,
    y: int,
    direction: Literal["ltr", "rtl"] | None,
) -> Line:
    """Return a line whose ink begins exactly at the edge of its room."""
    mask, (x_offset, y_offset) = font.getmask2(text, direction=direction, anchor="ls")
    left, above, right, below = mask.getbbox() or (0, 0, 0, 0)
    x = (room.right - right if direction == "rtl" else room.left - left) - x_offset
    ink = Room(
        x + x_offset + left, y + y_offset + above, x + x_offset + right, y + y_offset + below
    )
    return Line(text=text, x=x, y=y, ink=ink)


def _filled(pieces: Iterable[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return lines that are filled with as many pieces as they hold; one piece is never parted."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and font.getlength((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may end: after a blank, or around a letter of CJK."""
    pieces: list[str] = []
    for letter in text:
        if pieces and not _may_begin(letter, pieces[-1][-1]):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _may_begin(letter: str, before: str) -> bool:
    if letter == " " or letter in _SMALL or category(letter) in {*_CLOSING, *_STACKING}:
        return False
    if before == " ":
        return True
    is_wide = bool({east_asian_width(letter), east_asian_width(before)} & _WIDE)
    return is_wide and category(before) not in {"Ps", "Pi"}


def _letters(text: str) -> list[str]:
    """Return letters, each with what is stacked on it."""
    pieces: list[str] = []
    for letter in text:
        if pieces and category(letter) in _STACKING:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _direction(text: str) -> Literal["ltr", "rtl"]:
    """Return which way a text runs: as its first letter that has a direction."""
    for letter in text:
        if bidirectional(letter) == "L":
            return "ltr"
        if bidirectional(letter) in {"R", "AL"}:
            return "rtl"
    return "ltr"


def _is_invisible(letter: str) -> bool:
    return category(letter) in {"Zs", "Cf"} or any(ord(letter) in few for few in _SELECTORS)
