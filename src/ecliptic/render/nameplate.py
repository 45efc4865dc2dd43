"""A picture of a planet's name, drawn in the colours of the default theme."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from ecliptic.render.lettering import (
    Block,
    Lettering,
    Room,
    can_shape,
    is_plain,
    made_by,
)

SIZE: Final = (1200, 630)
"""Pixels: what those who show such pictures ask for, 1.91 to 1."""

MARGIN: Final = 80
_NIGHT: Final = "#1b2140"
_SUN: Final = "#e8a33d"
_WHITE: Final = "#ffffff"
_QUIET: Final = "#a0a6bd"
_NAME_ROOM: Final = Room(MARGIN, 210, SIZE[0] - MARGIN, 490)
_ADDRESS_ROOM: Final = Room(MARGIN, 500, SIZE[0] - MARGIN, SIZE[1] - MARGIN)
_NAME_SIZES: Final = range(128, 23, -4)
_ADDRESS_SIZES: Final = range(36, 11, -2)
_EMBLEM: Final = 96
_INSET: Final = _EMBLEM * 2 // 32
"""How far the sun is from the edge of its square."""

_FINER: Final = 4
"""How much larger the emblem is drawn than shown, so that its edge is smooth."""


class Nameplate:
    """A name, large, and an address below it; ``font`` is the path of a file or ``""``.

    All its methods raise ``OSError`` when the font cannot be used.
    """

    def __init__(self, name: str, address: str, font: str) -> None:
        self._name = name
        self._address = address
        self._lettering = Lettering(font)

    @property
    def made_by(self) -> str:
        """The versions of the libraries that the bytes of the picture depend on."""
        return made_by()

    @property
    def needs_shaping(self) -> bool:
        """Whether it has letters that join, stack or run from right to left, for want of Raqm."""
        return not is_plain(self._name + self._address) and not can_shape()

    @property
    def lacking(self) -> str:
        """The characters that the font does not have."""
        return self._lettering.lacking(self._name + self._address)

    @cached_property
    def blocks(self) -> tuple[Block | None, Block | None]:
        """The name and the address as they are set; ``None`` for what has no room."""
        return (
            self._lettering.block(self._name, _NAME_ROOM, _NAME_SIZES),
            self._lettering.block(self._address, _ADDRESS_ROOM, _ADDRESS_SIZES),
        )

    def png(self) -> bytes:
        """Return the picture; equal arguments and libraries give equal bytes."""
        image = Image.new("RGB", SIZE, _NIGHT)
        image.paste(_emblem(), (MARGIN - _INSET, MARGIN - _INSET))
        draw = ImageDraw.Draw(image)
        for block, colour in zip(self.blocks, (_WHITE, _QUIET), strict=True):
            if block is not None:
                self._write(draw, block, colour)
        out = BytesIO()
        image.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _write(self, draw: ImageDraw.ImageDraw, block: Block, colour: str) -> None:
        font = self._lettering.at(block.size, is_plain=block.direction is None)
        for line in block.lines:
            draw.text(
                (line.x, line.y),
                line.text,
                fill=colour,
                font=font,
                anchor="ls",
                direction=block.direction,
            )


def _emblem() -> Image.Image:
    """Return the theme's icon: a sun, and the night before most of it (icon.svg)."""
    side = _EMBLEM * _FINER
    image = Image.new("RGB", (side, side), _NIGHT)
    draw = ImageDraw.Draw(image)
    for x, y, radius, colour in ((16, 16, 14, _SUN), (20.5, 13, 11.5, _NIGHT)):
        edges = [(part * side / 32) for part in (x - radius, y - radius, x + radius, y + radius)]
        draw.ellipse(edges, fill=colour)
    return image.resize((_EMBLEM, _EMBLEM), Image.Resampling.BOX)
