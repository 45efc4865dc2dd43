"""Bodies in content codings, and what unpacks to far more than it should."""

from __future__ import annotations

import base64
import sys
import zlib
from collections.abc import Callable
from typing import Final

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GIBIBYTE: Final = 1 << 30


def gzip(body: bytes) -> bytes:
    """Return a member of gzip."""
    return zlib.compress(body, wbits=31)


def bare_deflate(body: bytes) -> bytes:
    """Return deflate without its wrapping, as some servers send it."""
    return zlib.compress(body, wbits=-15)


def brotlied(body: bytes) -> bytes:
    """Return a stream of brotli."""
    packed: bytes = brotli.compress(body)
    return packed


def zstd_frame(body: bytes) -> bytes:
    """Return a frame of zstd that ends with its checksum."""
    return zstd.compress(body, options={zstd.CompressionParameter.checksum_flag: 1})


PACK: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": gzip, "x-gzip": gzip, "deflate": zlib.compress, "br": brotlied, "zstd": zstd_frame,
}  # fmt: skip
MAGIC: Final = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd"}
SKIPPED: Final = b"\x5a\x2a\x4d\x18\x03\0\0\0abc"  # a frame of zstd that holds no body


def pack(codings: str, body: bytes) -> bytes:
    """Return a body in the codings listed, applied in their order."""
    for coding in codings.split(", "):
        body = PACK[coding](body)
    return body


def gzip_bomb(size: int = GIBIBYTE, start: bytes = b"") -> bytes:
    """Return zeros in gzip, made without compressing each of them."""
    mebibyte = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = mebibyte.compress(start) + mebibyte.flush(zlib.Z_FULL_FLUSH)
    block = mebibyte.compress(bytes(1 << 20)) + mebibyte.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + first + block * (size >> 20) + b"\x03\0" + bytes(8)


def zstd_bomb(size: int = GIBIBYTE) -> bytes:
    """Return zeros in zstd (RFC 8878): blocks that say one byte and how often."""
    block = 128 * 1024
    head = b"\x28\xb5\x2f\xfd\x00\x38"  # a window of 128 KiB, no size
    blocks = [(block << 3 | 2).to_bytes(3, "little") + b"\0"] * (size // block)
    return head + b"".join(blocks) + b"\1\0\0"  # the last one, empty


def zstd_of_window(power: int) -> bytes:
    """Return a byte in zstd that asks for a window of 2 to the ``power``."""
    return b"\x28\xb5\x2f\xfd\x00" + bytes([(power - 10) << 3]) + b"\x0b\0\0A"


# One gibibyte of zeros: 841 bytes of brotli, in zlib.
BROTLI_BOMB: Final = zlib.decompress(
    base64.b64decode(
        "eNo7//9//Q91hkcbHRS+/5v/////D/4MRxIZG979tQdyHs5n6DisxHD3d/2///8P2zMKtLMy7Pr+/8///+31"
        "TAp83Awl7////P+f/z+Lg4wYw4t7/z///y//j7PBQofhwt7/z///t/8jzFAYwbCg+v95qEUbGBxwWcQ0atGo"
        "RUPUInsAVujmqA=="
    )
)
