"""Peer: the ``reader`` library, with its own storage.

``--add`` only subscribes, which is not measured; without it all feeds are updated.
``scheduled=False`` because reader would otherwise ask each feed at most once an hour.
Usage: ``python -m bench.engines.reader_library ADDRESSES STATE [--add]``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

WORKERS = 1  # more threads take longer here: they wait for one another, not for the network

# reader 3.26 carries a copy of feedparser that imports sgmllib under its old name,
# which the feedparser it asks for installs under this one.
sys.modules.setdefault("sgmllib", import_module("feedparser_sgmllib"))
make_reader: Any = import_module("reader").make_reader


def main() -> None:
    """Subscribe or update."""
    addresses = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    with make_reader(sys.argv[2], search_enabled=False) as reader:
        if "--add" in sys.argv:
            for address in addresses:
                reader.add_feed(address, exist_ok=True)
            return
        counts = {"fetched": 0, "not_modified": 0, "failed": 0}
        for result in reader.update_feeds_iter(scheduled=False, workers=WORKERS):
            counts[kind(result)] += 1
        total = reader.get_entry_counts().total or 0
        print(msgspec.json.encode(counts | {"entries": total}).decode())


def kind(result: Any) -> str:
    """Say what came of one feed."""
    if result.error is not None:
        return "failed"
    return "fetched" if result.updated_feed is not None else "not_modified"


if __name__ == "__main__":
    main()
