"""Bytes as they came → bytes of a document: undo a compression sent as if it were the body."""

from __future__ import annotations

import zlib
from typing import Final, NamedTuple

from ecliptic.model.parsed import Problem

MAX_BYTES: Final = 20_000_000
"""The most of a document that is read, after decompression; the rest is cut off."""

_GZIP: Final = b"\x1f\x8b\x08"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


class Unpacked(NamedTuple):
    """The document's bytes, and what was wrong with the packing."""

    data: bytes
    problems: tuple[Problem, ...] = ()


def unpack(data: bytes) -> Unpacked:
    """Return at most ``MAX_BYTES`` of the document inside ``data``.

    Some servers send a file that is gzip on disk without a Content-Encoding
    header (RFC 9110, 8.4). A damaged archive gives what could be read of it.
    """
    if data.startswith(_GZIP):
        return _inflate(data, zlib.MAX_WBITS | 16)
    if data.startswith(_ZLIB):
        return _inflate(data, zlib.MAX_WBITS)
    if len(data) > MAX_BYTES:
        return Unpacked(data[:MAX_BYTES], (_cut(),))
    return Unpacked(data)


def _inflate(data: bytes, window: int) -> Unpacked:
    stream = zlib.decompressobj(window)
    problems = [Problem(code="parse.compressed")]
    try:
        document = stream.decompress(data, MAX_BYTES + 1)
    except zlib.error:
        document = _inflate_readable_part(data, window)
        problems.append(Problem(code="parse.truncated", detail="the archive is damaged"))
    else:
        if len(document) <= MAX_BYTES and not stream.eof:
            problems.append(Problem(code="parse.truncated", detail="the archive ends too early"))
    if not document:
        return Unpacked(data[:MAX_BYTES], tuple(problems))
    if len(document) > MAX_BYTES:
        document = document[:MAX_BYTES]
        problems.append(_cut())
    return Unpacked(document, tuple(problems))


def _inflate_readable_part(data: bytes, window: int) -> bytes:
    """Return what a damaged archive gives before the damage."""
    stream = zlib.decompressobj(window)
    document = bytearray()
    try:
        for start in range(0, len(data), 1024):
            document += stream.decompress(data[start : start + 1024], MAX_BYTES)
            if len(document) > MAX_BYTES:
                break
    except zlib.error:
        pass
    return bytes(document)


def _cut() -> Problem:
    return Problem(code="parse.truncated", detail=f"only the first {MAX_BYTES} bytes were read")
