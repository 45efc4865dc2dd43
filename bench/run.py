"""Every benchmark in turn, each in a process of its own; what ``make bench`` runs.

The sizes here take a few minutes. Figures to be quoted come from the full ones:
``python bench/run.py --feeds 1000 --rounds 3 --sizes 2000 20000 200000``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(module: str, *options: str) -> bool:
    """Run one benchmark from the project's root; say whether it went well."""
    print(f"\n== {module} {' '.join(options)}", flush=True)
    # The package under measurement is the source beside us, unless another one is named.
    environment = {"PYTHONPATH": str(ROOT / "src")} | os.environ
    command = [sys.executable, "-m", f"bench.{module}", *options]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> None:
    """Read the sizes and run everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", default="1000", help="feeds to refresh")
    parser.add_argument("--rounds", default="1", help="rounds of refreshing")
    parser.add_argument(
        "--sizes", nargs="+", default=["2000", "20000", "200000"], help="entries to publish from"
    )
    asked = parser.parse_args()
    went_well = [
        run("startup"),
        run("parse", "--rounds", asked.rounds),
        run("decide"),
        run("refresh", "--feeds", asked.feeds, "--rounds", asked.rounds),
        run("publish", "--sizes", *asked.sizes),
    ]
    sys.exit(not all(went_well))


if __name__ == "__main__":
    main()
