"""The bytes of a picture → what it is: by what they say, whatever a server calls them.

Only the header is read: kind and size. Nothing is decoded, so that no decoder is asked to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from struct import error as too_short
from struct import unpack_from
from typing import Final, TypeAlias

from ecliptic.model.picture import Picture

_Size: TypeAlias = tuple[int, int]

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ICO: Final = b"\x00\x00\x01\x00"
_ICO_ENTRY: Final = 16
_BITMAP_HEADER: Final = 40
_MOST_SEGMENTS: Final = 1_000
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that begin a frame (ITU T.81, B.1.1.3)."""

_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_MARKER: Final = 0xFF
_SCAN: Final = 0xDA
_SVG: Final = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_VIEW: Final = re.compile(
    rb"""\bviewBox\s*=\s*["']\s*(?:[-\d.]+[\s,]+){2}(\d{1,6})[\d.]*[\s,]+(\d{1,6})"""
)
_HEAD: Final = 20_000
_UNSIZED: Final = 64


def picture_of(body: bytes, *, drawings: bool = False) -> Picture | None:
    """Return what a picture is: PNG, JPEG, GIF, WebP or ICO; ``None`` for anything else.

    With ``drawings`` SVG is one too: that is markup, which can hold scripts, so it must be
    the operator's own.
    """
    try:
        found = _raster(body) or (_drawing(body) if drawings else None)
    except too_short:
        return None
    if found is None or min(found[1]) < 1:
        return None
    kind, (width, height) = found
    mark = blake2b(body, digest_size=12).hexdigest()
    return Picture(mark=mark, kind=kind, width=width, height=height)


def _raster(body: bytes) -> tuple[str, _Size] | None:
    for magic, kind, read in _READERS:
        if body.startswith(magic) and (size := read(body)):
            return kind, size
    return None


def _png(body: bytes) -> _Size | None:
    """Read the first chunk, which must be IHDR (PNG, 11.2.1)."""
    if body[12:16] != b"IHDR":
        return None
    width, height = unpack_from(">II", body, 16)
    return width, height


def _gif(body: bytes) -> _Size | None:
    if body[3:6] not in {b"87a", b"89a"}:
        return None
    width, height = unpack_from("<HH", body, 6)
    return width, height


def _jpeg(body: bytes) -> _Size | None:
    """Go from marker to marker up to the frame, which has the size."""
    place = 2
    for _ in range(_MOST_SEGMENTS):
        while body[place : place + 1] == b"\xff" and body[place + 1 : place + 2] == b"\xff":
            place += 1  # bytes that fill up
        lead, marker = unpack_from(">BB", body, place)
        if lead != _MARKER or marker == _SCAN:
            return None
        if marker in _FRAMES:
            height, width = unpack_from(">HH", body, place + 5)
            return width, height
        place += 2
        if marker not in _ALONE:
            place += max(2, unpack_from(">H", body, place)[0])
    return None


def _webp(body: bytes) -> _Size | None:
    """Read the first chunk: lossy, lossless or extended (RFC 9649)."""
    if body[8:12] != b"WEBP":
        return None
    match body[12:16]:
        case b"VP8 " if body[23:26] == b"\x9d\x01\x2a":
            width, height = unpack_from("<HH", body, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L" if body[20:21] == b"\x2f":
            (bits,) = unpack_from("<I", body, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            wide, high = unpack_from("3s3s", body, 24)
            return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    return None


def _ico(body: bytes) -> _Size | None:
    """Return the size of the largest picture of an icon, if all of them are pictures."""
    (count,) = unpack_from("<H", body, 4)
    sizes = [_in_icon(body, 6 + number * _ICO_ENTRY) for number in range(count)]
    return max((size for size in sizes if size), default=None) if all(sizes) else None


def _in_icon(body: bytes, place: int) -> _Size | None:
    width, height, length, offset = unpack_from("<BB6xII", body, place)
    held = body[offset : offset + length]
    if len(held) != length:
        return None
    if held.startswith(_PNG):
        return _png(held)
    if unpack_from("<I", held)[0] != _BITMAP_HEADER:
        return None
    return width or 256, height or 256


def _drawing(body: bytes) -> tuple[str, _Size] | None:
    """Return the size of an SVG by its ``viewBox``; one without has none of its own."""
    head = body[:_HEAD]
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or not _SVG.search(head):
        return None
    view = _VIEW.search(head)
    if view is None:
        return "svg", (_UNSIZED, _UNSIZED)
    return "svg", (int(view[1]), int(view[2]))


_READERS: Final[tuple[tuple[bytes, str, Callable[[bytes], _Size | None]], ...]] = (
    (_PNG, "png", _png),
    (b"\xff\xd8\xff", "jpeg", _jpeg),
    (b"GIF8", "gif", _gif),
    (b"RIFF", "webp", _webp),
    (_ICO, "ico", _ico),
)
