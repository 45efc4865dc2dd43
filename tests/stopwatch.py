"""Limits of time that hold on a slow or busy machine too, and still find what never ends."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LEEWAY: Final = 15.0
"""Seconds by which a busy machine may be late, where what is watched for would take far more."""

_LAP: Final = 0.015
"""CPU seconds of one lap on the machine that the limits were set on."""


def _lap() -> float:
    """Return the CPU seconds that work like ours, of a fixed size, takes on this machine now."""
    start = time.process_time()
    words: dict[str, int] = {}
    for found in re.finditer(r"\w+", "the quick brown fox jumps over one more lazy dog " * 5_000):
        words[found[0]] = words.get(found[0], 0) + len(found[0])
    return time.process_time() - start


def check_cpu(took: float, limit: float) -> None:
    """Fail if ``took`` CPU seconds are more than ``limit`` of the machine that limits were set on.

    What took more is judged by how slow this machine is at that moment: where a neighbour has
    its caches and half of its core, a second is worth less.
    """
    if took >= limit:
        slowness = max(_lap() for _ in range(9)) / _LAP
        assert took < limit * slowness, f"{took:.1f} s on a machine {slowness:.1f} times as slow"


@contextmanager
def cpu_seconds_below(limit: float) -> Iterator[None]:
    """Fail if the block takes more CPU time than ``limit``, as ``check_cpu`` does."""
    start = time.process_time()
    yield
    check_cpu(time.process_time() - start, limit)
