"""How figures are shown and kept: tables on the terminal, JSON beside them."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
WIDTH = 150


class Conditions(msgspec.Struct, frozen=True):
    """Where and when figures were taken; without this they mean little."""

    at: str
    python: str
    system: str
    cores: int
    load: float


def conditions() -> Conditions:
    """Look at the machine."""
    return Conditions(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        cores=len(os.sched_getaffinity(0)),
        load=round(os.getloadavg()[0], 2),
    )


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is words, the others are figures."""
    table = Table(box=MARKDOWN)
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console = Console(width=WIDTH, highlight=False)
    console.print(f"\n{title}\n")
    console.print(table)


def keep(name: str, figures: msgspec.Struct) -> Path:
    """Write the figures as JSON; return where they are."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
    return path
