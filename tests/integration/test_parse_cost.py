"""What a hostile document costs, in time and memory, each measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from ecliptic.parse.unpack import MAX_BYTES
from hostile_documents import HOSTILE, LARGE
from stopwatch import check_cpu

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc"),
]

CHILD: Final = Path(__file__).parent / "parse_child.py"
DOCUMENTS: Final = {**HOSTILE, **LARGE}
SECONDS: Final = 2.0
NOISE: Final = 2.0
"""How much slower a busy machine may be."""

SHARE: Final = 10
SMALL: Final = 100_000_000
"""What any document may take, however small: the tree of the most tags that are read."""

DAMAGED: Final = {
    "1,000,000 ampersands between sections": 13,
    "four-byte characters and 2,000,000 errors": 13,
}
"""Documents that are little else than errors, which are longer when they are repaired."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_parse_of_a_hostile_document_takes_two_seconds_and_ten_times_its_size_at_most(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "document"
    path.write_bytes(DOCUMENTS[name]())
    done = subprocess.run(
        [sys.executable, str(CHILD), str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    size, seconds, grown, *titles = done.stdout.split()
    read = MAX_BYTES if name == "gzip bomb" else min(int(size), MAX_BYTES)
    assert "kept" in titles
    check_cpu(float(seconds), SECONDS * NOISE)
    assert int(grown) < max(SMALL, DAMAGED.get(name, SHARE) * read)


def test_child_when_a_document_costs_memory_sees_it(tmp_path: Path) -> None:
    """The measure can fail: a tree of many tags is seen, though it is not Python's memory."""
    path = tmp_path / "document"
    path.write_bytes(b"<rss><channel>" + b"<a/>" * 190_000 + b"</channel></rss>")
    done = subprocess.run(
        [sys.executable, str(CHILD), str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout.split()[2]) > 20_000_000
