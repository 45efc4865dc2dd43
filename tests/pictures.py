"""Small pictures of every kind, for tests: all of them can be drawn by a browser."""

from __future__ import annotations

import base64
import zlib
from struct import pack

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ"
    "c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAMABQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
    "AAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAX/xAAUEQEAAAAAAAAAAAAAAAAA"
    "AAAA/9oADAMBAAIRAxEAPwCICukgAP/Z"
)
"""20 by 12 pixels."""

WEBP = base64.b64decode(
    "UklGRkAAAABXRUJQVlA4IDQAAAAQAwCdASoUAAwAPxFysFAsJqSisAgBgCIJQBai0AAQNgAA/su3/mbV27T2P8W0"
    "joUrKNYA"
)
"""20 by 12 pixels, lossy."""

GIF = (
    b"GIF89a"
    + pack("<HHBBB", 9, 8, 0, 0, 0)
    + (
        b"!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x09\x00\x08\x00\x80\x08\x88\xff\x00\x00\x00"
        b"\x02\x08\x84\x8f\xa9\xcb\xed\x0f\xa3\x2c\x00;"
    )
)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40"><g/></svg>'


def png(width: int = 32, height: int = 32, shade: int = 120) -> bytes:
    """Return a grey picture; another ``shade`` makes other bytes."""
    rows = (b"\0" + bytes([shade]) * width) * height
    head = _chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + body + _chunk(b"IEND", b"")


def ico(*pictures: bytes) -> bytes:
    """Return an icon of PNG pictures."""
    place = 6 + 16 * len(pictures)
    entries = b""
    for picture in pictures:
        side = int.from_bytes(picture[16:20])
        entries += pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures)


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
