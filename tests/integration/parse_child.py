"""Parses the document in a file, and prints what it cost: bytes, seconds, memory, titles begun so.

It is a process of its own, as libxml2's memory is not Python's, and the highest mark of a process
never falls. The mark before is that of a process with the document in memory and all it needs.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from ecliptic.parse import parse


def highest() -> int:
    """Return the most memory that this process has had so far, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def main(path: str) -> None:
    parse(b"<rss version='2.0'><channel><item><title>a &nbsp; b</title></item></channel></rss>")
    document = Path(path).read_bytes()
    before, started = highest(), time.process_time()
    feed = parse(document, url="https://a.example/")
    seconds, grown = time.process_time() - started, highest() - before
    titles = " ".join(entry.title.value[:4] for entry in feed.entries[:3] if entry.title)
    print(len(document), f"{seconds:.3f}", grown, titles)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main(sys.argv[1])
