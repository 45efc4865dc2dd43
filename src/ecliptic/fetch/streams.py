"""The decoders of three libraries in one shape: a small step at a time.

zlib, brotli and zstd can all make gigabytes of a few bytes. All can be told to
stop after so many, and to go on when asked.
"""

from __future__ import annotations

import sys
import zlib
from typing import Final, Protocol

STEP: Final = 65_536
"""The most bytes that come of one step."""

# What comes of a step of brotli is a block, then another: one of 32,752 bytes, and with more
# than that asked for the next one too, which is larger.
_BROTLI_STEP: Final = 32_752
_LARGEST_WINDOW: Final = 23  # a power of two: 8 MB (RFC 9659, 3)


class DamagedError(Exception):
    """What came is not what it was said to be."""


class Stream(Protocol):
    """What is packed in one go: a member of gzip, a frame of zstd, a stream of the others."""

    def step(self, data: bytes = b"") -> bytes:
        """Take ``data``, and return what comes of it, ``STEP`` bytes at most.

        More may wait: it comes of steps without data, until one returns
        nothing. Only then is there room for more. Raises ``DamagedError``.
        """

    @property
    def is_ended(self) -> bool:
        """Whether its end came, and nothing of it waits."""

    @property
    def rest(self) -> bytes:
        """What was taken, and stands behind the end."""


class DeflateStream:
    """Deflate, plain or as zlib or gzip wrap it; ``window`` says which, as zlib wants it said."""

    def __init__(self, window: int) -> None:
        self._zlib = zlib.decompressobj(window)

    def step(self, data: bytes = b"") -> bytes:
        """Take ``data``: see ``Stream``."""
        if self._zlib.eof:  # asked once more, zlib would put what stands behind the end there twice
            return b""
        try:
            return self._zlib.decompress(data or self._zlib.unconsumed_tail, STEP)
        except zlib.error as error:
            raise DamagedError from error

    @property
    def is_ended(self) -> bool:
        """Whether its end came."""
        return self._zlib.eof

    @property
    def rest(self) -> bytes:
        """What stands behind the end."""
        return self._zlib.unused_data


class BrotliStream:
    """Brotli (RFC 7932), which takes what stands behind its end for damage."""

    def __init__(self) -> None:
        import brotli  # noqa: PLC0415 - few runs need it

        self._brotli = brotli.Decompressor()
        self._error = brotli.error

    def step(self, data: bytes = b"") -> bytes:
        """Take ``data``: see ``Stream``."""
        try:
            piece: bytes = self._brotli.process(data, output_buffer_limit=_BROTLI_STEP)
        except self._error as error:
            raise DamagedError from error
        return piece

    @property
    def is_ended(self) -> bool:
        """Whether its end came."""
        return bool(self._brotli.is_finished())

    @property
    def rest(self) -> bytes:
        """Nothing: see above."""
        return b""


class ZstdStream:
    """A frame of zstd (RFC 8878), or one to be skipped, with a window of 8 MB at most."""

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd  # noqa: PLC0415 - few runs need it
        else:
            from backports import zstd  # noqa: PLC0415 - see above

        most: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
        self._zstd = zstd.ZstdDecompressor(options=most)
        self._error = zstd.ZstdError

    def step(self, data: bytes = b"") -> bytes:
        """Take ``data``: see ``Stream``."""
        if self._zstd.eof:
            return b""
        try:
            return self._zstd.decompress(data, STEP)
        except self._error as error:
            raise DamagedError from error

    @property
    def is_ended(self) -> bool:
        """Whether its end came."""
        return self._zstd.eof

    @property
    def rest(self) -> bytes:
        """What stands behind the end."""
        return self._zstd.unused_data
