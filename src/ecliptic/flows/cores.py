"""How many processes a run starts when the operator does not say."""

from __future__ import annotations

import os
from typing import Final

_MOST: Final = 16


def default_jobs() -> int:
    """Return one for each core that we may use."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, _MOST)
