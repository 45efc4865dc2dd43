"""Many feeds on few hosts, on bad hosts, and very many feeds: what asking costs.

Run as ``python -m bench.network --feeds 1000 5000``. Three questions, each asked when
all is known already, so that asking is all there is to do: what do requests cost beside
the bare ones of the fastest client; how long does a run take when hosts are late or
break off; what does a planet of 36,515 subscriptions take in time and memory.
"""

from __future__ import annotations

import argparse
import tempfile
from math import ceil
from pathlib import Path

import msgspec
from bench.contenders import CONTENDERS, Contender, write_inputs
from bench.corpus import Corpus
from bench.measure import Cost, measured, succeeded
from bench.report import Conditions, conditions, keep, show
from bench.server import Faults, running

HOSTS = 200
CONNECTIONS_PER_HOST = 2
FAULTS = Faults(slow=5, broken=5)
MANY = 36_515
MOST_MEMORY = 400_000_000
BARE, OURS = (
    next(each for each in CONTENDERS if each.name.startswith(name))
    for name in ("bare GETs", "ecliptic refresh")
)
UNASKED = ": before asking"
"""Of ours: start, settings, and reading what is known of all feeds; of the bare client: start."""


class Run(msgspec.Struct, frozen=True):
    """One command: how many feeds it asked, and what it cost."""

    name: str
    feeds: int
    cpu: float
    wall: float
    memory: int


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    runs: list[Run]


def run(contender: Contender, folder: Path, what: str) -> Cost:
    """Run a contender once; it must succeed."""
    return succeeded(measured(contender.command(folder)), f"{contender.name}, {what}")


def before_asking(contender: Contender, folder: Path) -> Cost:
    """Run all of a contender but the requests."""
    command = contender.command(folder)
    if contender is OURS:
        command.append("--offline")
    else:
        (folder / "none.txt").touch()
        command = [*command[:-2], str(folder / "none.txt"), str(folder / "no state")]
    return succeeded(measured(command), f"{contender.name}{UNASKED}")


def measure(corpus: Corpus, name: str, faults: Faults | None, rounds: int) -> list[Run]:
    """Let ours and the bare client ask for everything once, then measure them in turns."""
    taken = []
    contenders = [OURS] if faults else [BARE, OURS]
    with running(corpus, faults) as server, tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        write_inputs(folder, corpus.addresses(server.port))
        for contender in contenders:
            run(contender, folder, f"{name}, first")
        for _ in range(rounds):
            for contender in contenders:
                costs = {f": {name}": run(contender, folder, name)}
                if not faults:
                    costs[UNASKED] = before_asking(contender, folder)
                for label, cost in costs.items():
                    taken.append(
                        Run(contender.name + label, corpus.feeds, cost.cpu, cost.wall, cost.memory)
                    )
    return taken


def best(runs: list[Run]) -> list[Run]:
    """Return the round of each that took the least time."""
    found: dict[tuple[str, int], Run] = {}
    for each in runs:
        known = found.get((each.name, each.feeds))
        if known is None or each.wall < known.wall:
            found[each.name, each.feeds] = each
    return list(found.values())


def slowest(feeds: int) -> float:
    """Return the seconds that a late host takes for its feeds, two at a time."""
    return ceil(feeds / HOSTS / CONNECTIONS_PER_HOST) * FAULTS.delay


def ratios(each: Run, known: dict[tuple[str, int], Run]) -> str:
    """Say how a run compares with what it is held against, and the goal."""
    if "bad hosts" in each.name:
        return f"{each.wall / slowest(each.feeds):.2f} of its slowest host (1.3)"
    if not each.name.startswith(OURS.name) or each.name.endswith(UNASKED):
        return ""
    bare = known[each.name.replace(OURS.name, BARE.name), each.feeds]
    ours_before, bare_before = (known[of.name + UNASKED, each.feeds] for of in (OURS, BARE))
    alone = (each.cpu - ours_before.cpu) / (bare.cpu - bare_before.cpu)
    said = f"{each.wall / bare.wall:.2f} (1.6), {each.cpu / bare.cpu:.2f} (2.5), {alone:.2f}"
    return said if each.feeds != MANY else f"{said}; at most {MOST_MEMORY / 1e6:.0f} MB"


def print_table(runs: list[Run]) -> None:
    """Print the costs, and the ratios that we mean to keep to."""
    known = {(each.name, each.feeds): each for each in runs}
    lines = []
    for each in runs:
        cpu = f"{each.cpu / each.feeds * 1000:.3f}"
        memory = f"{each.memory / 1e6:.0f}"
        told = ratios(each, known)
        lines.append([each.name, f"{each.feeds:,}", cpu, f"{each.wall:.2f}", memory, told])
    heads = ("run", "feeds", "CPU ms a feed", "wall s", "MB", "beside bare (goal)")
    show(f"Asking when nothing is new, feeds on {HOSTS} hosts", heads, lines)
    print("Beside bare: wall, CPU, and CPU of asking alone (what comes before is taken off both).")


def main() -> None:
    """Read the arguments, measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, nargs="+", default=[1_000, 5_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=MANY, help="subscriptions of the last planet")
    asked = parser.parse_args()
    runs: list[Run] = []
    for feeds in asked.feeds:
        corpus = Corpus(feeds=feeds, entries=5, hosts=HOSTS)
        runs += measure(corpus, "good hosts", None, asked.rounds)
        runs += measure(corpus, "bad hosts", FAULTS, 1)
    if asked.many:
        runs += measure(Corpus(feeds=asked.many, entries=2), "very many", None, 1)
    print_table(best(runs))
    print(f"\nAll figures: {keep('network', Figures(conditions(), runs))}")


if __name__ == "__main__":
    main()
