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

_KIND: Final = 32
"""Above this bit stands of what a key is: 0 of a link or id, 1 of a title, 2 and more of a band."""

MOST_SHARING: Final = 100
_MOST_RESEMBLING: Final = 50
_MOST_TITLED: Final = 12


def rules() -> str:
    """Return what the keys depend on; raises ``ConfigError`` when rensa is not installed."""
    return f"rensa {_minhash().ALGORITHM_VERSION} {_BANDS}x{_ROWS} {_SEED} 1"


def text_keys(title: Words, body: Words) -> list[int]:
    """Return the keys of an entry's title and body; short ones have none."""
    keys = _bands(body) if len(body) >= _LEAST else []
    if len(title) >= _TITLE:
        keys.append(1 << _KIND | crc32(" ".join(title).encode()))
    return keys


def exact_key(form: str) -> int:
    """Return the key of a link or id in the form that is compared."""
    return crc32(form.encode("utf-8", "surrogatepass"))


def most_sharing(key: int) -> int:
    """Return how many entries may have a key; when more have it, it says nothing."""
    kind = key >> _KIND
    return _MOST_RESEMBLING if kind > 1 else _MOST_TITLED if kind else MOST_SHARING


def _bands(body: Words) -> list[int]:
    signature = _minhash()(num_perm=_BANDS * _ROWS, seed=_SEED)
    signature.update(list(shingles(body)))
    packed = memoryview(array("I", signature.digest()).tobytes())
    size = 4 * _ROWS
    return [
        (2 + band) << _KIND | crc32(packed[band * size : (band + 1) * size])
        for band in range(_BANDS)
    ]


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
