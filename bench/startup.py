"""How long ``--help`` of each command takes, beside an interpreter that does nothing.

Run as ``python -m bench.startup``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import msgspec
from bench.measure import Cost, measured, succeeded
from bench.report import Conditions, conditions, keep, show

from ecliptic.cli import COMMANDS

TARGET_SECONDS = 0.150


class Start(msgspec.Struct, frozen=True):
    """One command's best time to its help."""

    command: str
    cpu: float
    wall: float


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    starts: list[Start]


def best_of(rounds: int, name: str, command: Sequence[str]) -> Start:
    """Run a command some times and keep the quickest."""
    costs = [succeeded(measured(command), name) for _ in range(rounds)]
    best: Cost = min(costs, key=lambda cost: cost.wall)
    return Start(name, best.cpu, best.wall)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    ecliptic = [sys.executable, "-m", "ecliptic"]
    starts = [
        best_of(rounds, "python -c pass", [sys.executable, "-c", "pass"]),
        best_of(rounds, "ecliptic", [*ecliptic, "--help"]),
        *(best_of(rounds, f"ecliptic {name}", [*ecliptic, name, "--help"]) for name in COMMANDS),
    ]
    rows = [
        [
            start.command,
            f"{start.cpu * 1000:.0f}",
            f"{start.wall * 1000:.0f}",
            "" if start.wall < TARGET_SECONDS else "over the target",
        ]
        for start in starts
    ]
    heads = ("--help of", "CPU ms", "wall ms", f"target {TARGET_SECONDS * 1000:.0f}")
    show("Time to help", heads, rows)
    print(f"\nAll figures: {keep('startup', Figures(conditions(), starts))}")


if __name__ == "__main__":
    main()
