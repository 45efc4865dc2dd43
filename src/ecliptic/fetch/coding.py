"""Content codings (RFC 9110, 8.4): which we offer, and how a body is unpacked while it arrives."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import chain
from typing import Final, NamedTuple

from ecliptic.fetch.streams import BrotliStream, DamagedError, DeflateStream, Stream, ZstdStream

# From 3.14 on it is Python's own, and Python can be built without it.
_HAS_ZSTD: Final = sys.version_info < (3, 14) or find_spec("_zstd") is not None
OFFERED: Final = "gzip, deflate, br, zstd" if _HAS_ZSTD else "gzip, deflate, br"
"""What Accept-Encoding says."""

_MOST_CODINGS: Final = 4
_MOST_PARTS: Final = 1_000  # to begin one of zstd takes 15 µs, and it may have 8 bytes
_MOST_NAME: Final = 50
_GZIP: Final = zlib.MAX_WBITS | 16
_ZLIB: Final = zlib.MAX_WBITS
_BARE: Final = -zlib.MAX_WBITS


class BadCodingError(Exception):
    """A body cannot be unpacked; the text says why, the same at every attempt."""


class TooLargeError(Exception):
    """A body is larger than is allowed, packed or unpacked."""


class Coding(NamedTuple):
    """How a body of a coding begins, goes on and ends.

    ``tells`` first bytes are what ``open`` needs to know. A further part of the
    body begins with one of ``heads``; anything else after an end is left
    unread, as browsers do, unless the coding ``is_strict``.
    """

    name: str
    open: Callable[[bytes], Stream]
    tells: int = 1
    heads: tuple[bytes, ...] = ()
    is_strict: bool = False


def _open_deflate(start: bytes) -> Stream:
    """Open zlib (RFC 1950, 2.2), or the bare deflate that some servers take it for."""
    is_zlib = start[0] & 0x8F == zlib.DEFLATED and int.from_bytes(start[:2]) % 31 == 0
    return DeflateStream(_ZLIB if is_zlib else _BARE)


_GZIP_CODING: Final = Coding("gzip", lambda _: DeflateStream(_GZIP), heads=(b"\x1f\x8b\x08",))
_CODINGS: Final = {
    "gzip": _GZIP_CODING,
    "x-gzip": _GZIP_CODING,
    "deflate": Coding("deflate", _open_deflate, tells=2),
    "br": Coding("brotli", lambda _: BrotliStream(), is_strict=True),
    "zstd": Coding(
        "zstd",
        lambda _: ZstdStream(),
        # A frame, or one of those to be skipped (RFC 8878, 3.1.1 and 3.1.2).
        heads=(b"\x28\xb5\x2f\xfd", *(bytes((n, 0x2A, 0x4D, 0x18)) for n in range(0x50, 0x60))),
    ),
}
_NO_CODING: Final = frozenset({"", "identity", "none"})


class Unpacker:
    """Undoes the codings that Content-Encoding lists, the last one first.

    ``limit`` is how many bytes each form of the body may have: as it comes, as
    it is in the end, and between two codings. Raises ``BadCodingError`` for
    codings that we do not know, or too many of them.
    """

    def __init__(self, listed: str, limit: int) -> None:
        names = [name.strip(" \t").lower() for name in listed.split(",")]
        names = [name for name in names if name not in _NO_CODING]
        if len(names) > _MOST_CODINGS:
            raise BadCodingError(f"more than {_MOST_CODINGS} codings")
        for name in names:
            if name not in _CODINGS or (name == "zstd" and not _HAS_ZSTD):
                raise BadCodingError(f"{name[:_MOST_NAME]!r} is not known")
        self._layers = [_Layer(_CODINGS[name], limit) for name in reversed(names)]
        self._room = limit

    def unpack(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what comes of the next bytes of the body, in small pieces.

        Nothing is unpacked before it is asked for. Raises ``BadCodingError`` and
        ``TooLargeError``; then the body is lost.
        """
        pieces = iter((chunk,))
        for layer in self._layers:
            pieces = chain.from_iterable(map(layer.unpack, pieces))
        for piece in pieces:
            self._room -= len(piece)
            if self._room < 0:
                raise TooLargeError
            yield piece

    @property
    def is_whole(self) -> bool:
        """Whether every coding came to its end."""
        return all(layer.is_whole for layer in self._layers)


class _Layer:
    """One coding of a body: its parts, one after the other."""

    def __init__(self, coding: Coding, limit: int) -> None:
        self._coding = coding
        self._room = limit
        self._parts = 0
        self._held = b""  # too little to tell what it begins
        self._stream: Stream | None = None
        self._is_over = False

    @property
    def is_whole(self) -> bool:
        return self._parts > 0 and self._stream is None and not self._held

    def unpack(self, data: bytes) -> Iterator[bytes]:
        self._room -= len(data)
        if self._room < 0:
            raise TooLargeError
        data, self._held = self._held + data, b""
        while data and not self._is_over and (stream := self._stream or self._begin(data)):
            try:
                while piece := stream.step(data):
                    yield piece
                    data = b""
            except DamagedError as error:
                raise self._damage() from error
            data = b""
            if stream.is_ended:
                data, self._stream = stream.rest, None

    def _begin(self, data: bytes) -> Stream | None:
        """Open the part that begins with ``data``, if that tells that one does."""
        coding = self._coding
        if self._parts and not data.startswith(coding.heads):
            if coding.is_strict:
                raise self._damage()
            if any(head.startswith(data) for head in coding.heads):
                self._held = data
            else:
                self._is_over = True
        elif len(data) < coding.tells:
            self._held = data
        elif self._parts == _MOST_PARTS:
            raise BadCodingError(f"more than {_MOST_PARTS} parts")
        else:
            self._parts += 1
            self._stream = coding.open(data)
        return self._stream

    def _damage(self) -> BadCodingError:
        return BadCodingError(f"what came is not {self._coding.name}")
