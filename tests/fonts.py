"""A small font of boxes for tests: one for each of its characters, each of another width."""

from __future__ import annotations

from struct import pack

_UNITS = 1_000


def font(characters: str, *, width: int = 700) -> bytes:
    """Return a TrueType font that has these characters and no other (OpenType 1.9).

    ``width`` is that of the narrowest box, in thousandths of the size.
    """
    known = sorted(set(characters), key=ord)
    widths = [width + 15 * number for number in range(len(known) + 1)]
    glyphs = [_box(each) for each in widths]  # the first is shown for what the font lacks
    offsets = [sum(map(len, glyphs[:number])) for number in range(len(glyphs) + 1)]
    tables = {
        b"cmap": _cmap(known),
        b"glyf": b"".join(glyphs),
        b"head": pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0,
            0, 0, _UNITS, 800, 0, 8, 2, 1, 0,
        ),
        b"hhea": pack(">I3hH11hH", 0x10000, 800, -200, 0, _UNITS, *[0] * 11, len(glyphs)),
        b"hmtx": b"".join(pack(">Hh", each + 100, 50) for each in widths),
        b"loca": b"".join(pack(">I", offset) for offset in offsets),
        b"maxp": pack(">I14H", 0x10000, len(glyphs), 4, 1, *[0] * 11),
    }  # fmt: skip
    return _file(tables)


def _box(width: int) -> bytes:
    """Return a glyph that is a box: one contour of four points on the curve."""
    head = pack(">hhhhhHH", 1, 50, 0, 50 + width, 700, 3, 0)
    return head + pack(">4B4h4h", 1, 1, 1, 1, 50, width, 0, -width, 0, 0, 700, 0) + b"\0\0"


def _cmap(known: list[str]) -> bytes:
    """Return groups of one character each (format 12)."""
    groups = b"".join(
        pack(">III", ord(letter), ord(letter), number) for number, letter in enumerate(known, 1)
    )
    table = pack(">HHIII", 12, 0, 16 + len(groups), 0, len(known)) + groups
    return pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _file(tables: dict[bytes, bytes]) -> bytes:
    place = 12 + 16 * len(tables)
    directory, data = pack(">IHHHH", 0x10000, len(tables), 0, 0, 0), b""
    for name, table in tables.items():
        directory += pack(">4sIII", name, 0, place + len(data), len(table))
        data += table + b"\0" * (-len(table) % 4)
    return directory + data
