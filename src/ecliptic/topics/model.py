"""A trained model, and its file: numbers and words only, so that reading it runs nothing.

The file is a line that names its version and the hash of what follows, then
MessagePack. Numbers are kept as 32-bit floats, little-endian.
"""

from __future__ import annotations

import math
import sys
from array import array
from functools import cached_property
from hashlib import blake2b
from typing import Final, Literal

import msgspec

from ecliptic.errors import EclipticError
from ecliptic.topics import features

_MAGIC: Final = b"ecliptic topics 1 "
LARGEST: Final = 64_000_000
"""Bytes; a model of the most labels that are used has a tenth of it."""


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned from labels, as the file holds it.

    ``rarity`` is the inverse document frequency of each word. With the linear kernel ``weights``
    has one for each word; with RBF one for each support vector, and ``starts``, ``places`` and
    ``values`` say which words stand in it (see ``topics.rbf``). The probability is the
    logistic function of ``slope * decision + offset``. ``on`` and ``off`` count the labels,
    ``quality`` is the area under the ROC curve in cross-validation: 0.5 is chance.
    """

    features: int
    kernel: Literal["linear", "rbf"]
    words: tuple[str, ...]
    rarity: bytes
    weights: bytes
    starts: bytes = b""
    places: bytes = b""
    values: bytes = b""
    gamma: float = 0.0
    shift: float
    slope: float
    offset: float
    on: int
    off: int
    quality: float


class TopicModel:
    """A model that was read; ``ValueError`` when its parts do not fit each other."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.rarity = to_floats(packed.rarity)
        numbers = (packed.gamma, packed.shift, packed.slope, packed.offset, packed.quality)
        if not all(map(math.isfinite, (*numbers, *self.rarity))):
            raise ValueError("a number in it is none")
        if len(self.rarity) != len(packed.words) or len(self.index) != len(packed.words):
            raise ValueError("its words and numbers do not agree")

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.packed.words)}


def to_bytes(packed: Packed) -> bytes:
    """Return the file of a model; the same model always gives the same bytes."""
    body = msgspec.msgpack.encode(packed)
    return _MAGIC + _digest(body) + b"\n" + body


def from_bytes(data: bytes, where: str) -> TopicModel:
    """Return the model of a file called ``where``.

    Raises ``EclipticError`` when it is not whole, was changed, or is of another version.
    """
    head, _, body = data.partition(b"\n")
    if not head.startswith(_MAGIC):
        raise unusable("topics.not_a_model", where, "it is no model of topics that we know")
    if len(data) > LARGEST or head != _MAGIC + _digest(body):
        raise unusable("topics.damaged", where, "it was cut off, or changed by another program")
    try:
        packed = msgspec.msgpack.decode(body, type=Packed)
        if packed.features != features.VERSION:
            raise unusable("topics.old_model", where, "another version of Ecliptic made it")
        return TopicModel(packed)
    except (msgspec.DecodeError, ValueError) as error:
        raise unusable("topics.damaged", where, str(error)) from error


def unusable(code: str, where: str, why: str) -> EclipticError:
    """Return the error of a model that cannot be used."""
    return EclipticError(
        code,
        f"{where}: the model of topics cannot be used: {why}. Nothing is judged by it; make it "
        "anew with `ecliptic topics train`, or delete it",
        detail=why,
    )


def floats(values: list[float]) -> bytes:
    """Return numbers as a model keeps them."""
    return _turned(array("f", values)).tobytes()


def to_floats(data: bytes) -> array[float]:
    """Return the numbers that a model keeps."""
    found = array("f")
    found.frombytes(data)
    return _turned(found)


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode()


def _turned(values: array[float]) -> array[float]:
    """Turn numbers between this processor's order of bytes and the file's."""
    if sys.byteorder == "big":
        values.byteswap()
    return values
