"""Draws the pictures of the demo's feeds; run it to draw them again.

Usage: ``python demo/pictures.py``. Nothing but the standard library is needed,
and the same bytes come out each time.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

Colour = tuple[float, float, float]
Shade = Callable[[float, float], Colour]

FOLDER = Path(__file__).parent / "pictures"
STEP = 6  # colours are rounded to this, which keeps the files small

NIGHT: Colour = (10, 14, 34)
DUSK: Colour = (58, 62, 110)
EMBER: Colour = (214, 122, 82)
HILL: Colour = (6, 8, 18)
GLOW = 0.62  # how far down the sky the last light begins
GROUND = 304  # where the observatory stands
PAPER: Colour = (250, 247, 240)
INK: Colour = (38, 42, 66)


class Canvas:
    """A picture of true colours, painted point by point."""

    def __init__(self, width: int, height: int, shade: Shade) -> None:
        self.width = width
        self.height = height
        self.rows = [[shade(x / width, y / height) for x in range(width)] for y in range(height)]

    def add(self, x: float, y: float, colour: Colour, strength: float) -> None:
        """Mix a colour into the point nearest to a place; outside nothing happens."""
        column, row = round(x), round(y)
        if 0 <= column < self.width and 0 <= row < self.height and strength > 0:
            self.rows[row][column] = mixed(self.rows[row][column], colour, min(1.0, strength))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Paint a disc with a soft edge."""
        reach = math.ceil(radius) + 1
        for row in range(round(y) - reach, round(y) + reach + 1):
            for column in range(round(x) - reach, round(x) + reach + 1):
                distance = math.hypot(column - x, row - y)
                self.add(column, row, colour, radius + 0.5 - distance)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: Colour) -> None:
        """Paint a thin line."""
        steps = round(max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1))
        for step in range(steps + 1):
            share = step / steps
            x = start[0] + (end[0] - start[0]) * share
            y = start[1] + (end[1] - start[1]) * share
            self.add(x, y, colour, 0.9)

    def save(self, name: str) -> None:
        """Write the picture as PNG (ISO/IEC 15948): true colour, each row as its difference."""
        raw = bytearray()
        before = bytes(self.width * 3)
        for row in self.rows:
            now = bytes(_level(part) for colour in row for part in colour)
            raw.append(2)  # filter type "Up"
            raw.extend((new - old) & 255 for new, old in zip(now, before, strict=True))
            before = now
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        data = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
        data += _chunk(b"IDAT", zlib.compress(bytes(raw), 9)) + _chunk(b"IEND", b"")
        (FOLDER / name).write_bytes(data)
        print(f"{name}: {self.width} x {self.height}, {len(data):,} bytes")


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """Return a colour between two others."""
    rest = 1 - share
    return (
        first[0] * rest + second[0] * share,
        first[1] * rest + second[1] * share,
        first[2] * rest + second[2] * share,
    )


def _level(value: float) -> int:
    return max(0, min(255, round(value / STEP) * STEP))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def evening(_: float, y: float) -> Colour:
    """Shade a sky from night above to the last light at the horizon."""
    if y < GLOW:
        return mixed(NIGHT, DUSK, y / GLOW)
    return mixed(DUSK, EMBER, min(1.0, (y - GLOW) / 0.3))


def hills(canvas: Canvas, height: float) -> None:
    """Paint a dark ridge along the lower edge."""
    for x in range(canvas.width):
        wave = math.sin(x / 97) * 13 + math.sin(x / 41 + 2) * 6 + math.sin(x / 13) * 1.5
        for y in range(round(canvas.height * height + wave), canvas.height):
            canvas.add(x, y, HILL, 1)


def star_trails() -> None:
    """Draw an hour of stars turning around the pole, above a dome."""
    random = Random("star trails")
    canvas = Canvas(640, 360, evening)
    for _ in range(210):
        radius = 8 + 470 * random.random() ** 0.8
        start = random.random() * math.tau
        strength = random.uniform(0.15, 0.85)
        colour = random.choice([(255, 255, 255), (190, 210, 255), (255, 214, 170)])
        for step in range(int(radius * 0.5)):
            angle = start + step / max(radius, 1)
            canvas.add(
                400 + radius * math.cos(angle), 120 + radius * math.sin(angle), colour, strength
            )
    hills(canvas, 0.86)
    for x in range(96, 177):
        top = GROUND - math.sqrt(max(0.0, 40**2 - (x - 136) ** 2))
        for y in range(round(top), 330):
            canvas.add(x, y, (16, 19, 36) if y < GROUND else HILL, 1)
    for y in range(268, GROUND):
        for x in range(148, 154):
            canvas.add(x - (GROUND - y) * 0.18, y, (196, 92, 70), 0.85)
    canvas.save("star-trails.png")


def moon() -> None:
    """Draw a waxing moon with craters along the terminator."""
    random = Random("moon")
    size, radius = 360, 150.0
    craters = [
        (random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(0.03, 0.13))
        for _ in range(70)
    ]
    seas = [(-0.3, -0.35, 0.33), (0.25, -0.3, 0.24), (0.42, 0.02, 0.2), (-0.45, 0.15, 0.3)]

    def shade(x: float, y: float) -> Colour:
        across, down = (x - 0.5) * size / radius, (y - 0.5) * size / radius
        height = 1 - across**2 - down**2
        if height <= 0:
            return NIGHT
        slope_x, slope_y, ground = across, down, 208.0
        for sea_x, sea_y, width in seas:
            if math.hypot(across - sea_x, down - sea_y) < width:
                ground = 158.0
        for crater_x, crater_y, width in craters:
            distance = math.hypot(across - crater_x, down - crater_y)
            if distance < width:
                bowl = 0.75 if distance < width * 0.8 else -0.6
                slope_x -= bowl * (across - crater_x) / width
                slope_y -= bowl * (down - crater_y) / width
        light = 0.86 * slope_x - 0.22 * slope_y + 0.46 * math.sqrt(height)
        level = 14 + ground * max(0.0, min(1.0, light))
        return (level, level * 0.98, level * 0.92)

    Canvas(size, size, shade).save("moon.png")


def light_curve() -> None:
    """Draw the brightness of a star as something passes in front of it."""
    random = Random("light curve")
    canvas = Canvas(640, 300, lambda _x, _y: PAPER)
    for y in range(30, 270, 40):
        canvas.line((50, y), (620, y), (226, 221, 208))
    for x in range(50, 621, 57):
        canvas.line((x, 20), (x, 270), (226, 221, 208))
    canvas.line((50, 270), (620, 270), INK)
    canvas.line((50, 20), (50, 270), INK)
    model = [(x, 84 + 118 * _dip((x - 335) / 120)) for x in range(52, 619)]
    for place, level in model[::3]:
        canvas.disc(place + random.uniform(-1, 1), level + random.gauss(0, 9), 2.1, (92, 124, 196))
    for before, after in pairwise(model):
        for thick in (-0.7, 0.0, 0.7):
            canvas.line((before[0], before[1] + thick), (after[0], after[1] + thick), (196, 78, 60))
    canvas.save("light-curve.png")


def _dip(place: float) -> float:
    """Return how much light is missing: 0 outside, about 1 inside, rounded by the limb."""
    edge = 1 / (1 + math.exp((abs(place) - 1) * 16))
    return edge * (1 - 0.16 * min(1.0, place**2))


def analemma() -> None:
    """Draw where the sun stands at the same hour through a year."""
    canvas = Canvas(480, 480, evening)
    for week in range(0, 366, 8):
        turn = math.tau * (week - 81) / 365
        height = 23.44 * math.sin(turn)
        minutes = 9.87 * math.sin(2 * turn) - 7.53 * math.cos(turn) - 1.5 * math.sin(turn)
        x, y = 240 - minutes * 6.4 + height * 1.2, 210 - height * 6.2
        canvas.disc(x, y, 9.5, (255, 176, 110))
        canvas.disc(x, y, 6.5, (255, 236, 200))
    hills(canvas, 0.88)
    canvas.save("analemma.png")


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    for draw in (star_trails, moon, light_curve, analemma):
        draw()


if __name__ == "__main__":
    main()
