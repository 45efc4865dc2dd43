"""Where the shared test data is, on machines that have it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(
    os.environ.get("ECLIPTIC_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")
).absolute()

needs_shared_data = pytest.mark.skipif(not DATA.is_dir(), reason="no shared data")
