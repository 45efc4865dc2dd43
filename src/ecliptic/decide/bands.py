"""Keys by which entries with nearly the same text are found among very many.

MinHash (Broder 1997): of the shingles of a text the least hash under each of
128 permutations is kept; two texts agree in as many of them as they resemble
each other. Eight at a time they make a band, and texts that share a band are
compared. Of texts that resemble each other by 0.9 the bands find 99.99 %, by
0.8 95 %, by 0.5 only 6 %.

The permutations are those of rensa, from the extra ``duplicates``.
"""

from __future__ import annotations

from array import array
from functools import cache
from typing import ClassVar, Final, Protocol
from zlib import crc32

from ecliptic.decide.likeness import Words, shingles
from ecliptic.errors import ConfigError


class _MinHash(Protocol):
    """What we use of rensa's, which has no types."""

    ALGORITHM_VERSION: ClassVar[int]

    def __init__(self, *, num_perm: int, seed: int) -> None: ...

    def update(self, items: list[str]) -> None: ...

    def digest(self) -> list[int]: ...


_BANDS: Final = 16
_ROWS: Final = 8
_SEED: Final = 2004
_LEAST: Final = 30
"""Words; shorter texts are alike too easily."""

_TITLE: Final = 3
"""Words that a title must have to be a hint."""

_FIRST_KIND: Final = 1
"""What sets keys of texts apart from those of links and ids (kind 0): the bits above 32."""


def rules() -> str:
    """Return what the keys depend on; raises ``ConfigError`` when rensa is not installed."""
    return f"rensa {_minhash().ALGORITHM_VERSION} {_BANDS}x{_ROWS} {_SEED} 1"


def bands(words: Words) -> list[int]:
    """Return the keys of a text; none for a short one."""
    if len(words) < _LEAST:
        return []
    signature = _minhash()(num_perm=_BANDS * _ROWS, seed=_SEED)
    signature.update(list(shingles(words)))
    packed = memoryview(array("I", signature.digest()).tobytes())
    size = 4 * _ROWS
    return [
        (_FIRST_KIND + 1 + band) << 32 | crc32(packed[band * size : (band + 1) * size])
        for band in range(_BANDS)
    ]


def title_key(words: Words) -> int | None:
    """Return the key of a title, by which excerpts of a post are found."""
    return _FIRST_KIND << 32 | crc32(" ".join(words).encode()) if len(words) >= _TITLE else None


def exact_key(form: str) -> int | None:
    """Return the key of a link or id in the form that is compared, ``None`` for an empty one."""
    return crc32(form.encode("utf-8", "surrogatepass")) if form else None


@cache
def _minhash() -> type[_MinHash]:
    try:
        from rensa import RMinHash  # noqa: PLC0415 - an extra, and most planets do without
    except ImportError as error:
        raise ConfigError(
            "decide.no_minhash",
            'duplicates = "near" needs the extra `duplicates`: pip install "ecliptic[duplicates]"; '
            'or set duplicates = "exact"',
        ) from error
    found: type[_MinHash] = RMinHash
    return found
