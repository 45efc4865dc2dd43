"""Refresh the generated corpus: cold, all 304, 5 % changed; Ecliptic beside its peers.

Run as ``python -m bench.refresh --feeds 1000 --rounds 3``. Rounds are
interleaved (every engine once, then every engine again), each engine starts
every round with nothing stored, and the best round counts: what else runs on a
machine can only make a figure worse.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from bench.contenders import CONTENDERS, Contender, write_inputs
from bench.corpus import Corpus
from bench.measure import CommandFailed, measured, succeeded
from bench.report import Conditions, conditions, keep, show
from bench.server import Counts, Remote, running

PHASES = ("cold", "all 304", "5 % changed")
OURS = "ecliptic refresh"
MOST_MEMORY = 150_000_000
# Phase, peer, and what its cost divided by ours must at least be.
GOALS = (
    ("cold", "reader", 10.0),
    ("cold", "feedparser, 2 processes", 6.0),
    ("all 304", "reader", 15.0),
    ("all 304", "bare GETs (pycurl)", 1 / 2.5),
)


class Run(msgspec.Struct, frozen=True):
    """One engine in one phase of one round."""

    engine: str
    phase: str
    round: int
    cpu: float
    wall: float
    memory: int
    resident: int
    stored: int
    asked: Counts


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    corpus: Corpus
    runs: list[Run]
    missing: dict[str, str]


def measure_round(
    contender: Contender, corpus: Corpus, server: Remote, *, number: int
) -> list[Run]:
    """Take one engine through the phases, from nothing stored."""
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        write_inputs(folder, corpus.addresses(server.port))
        if contender.prepare:
            succeeded(measured(contender.prepare(folder)), f"{contender.name}, preparing")
        for phase in PHASES:
            server.ask("reset")
            if phase == PHASES[2]:
                server.ask("change")
            cost = succeeded(measured(contender.command(folder)), f"{contender.name}, {phase}")
            runs.append(
                Run(
                    engine=contender.name,
                    phase=phase,
                    round=number,
                    cpu=cost.cpu,
                    wall=cost.wall,
                    memory=cost.memory,
                    resident=cost.resident,
                    stored=contender.stored(folder, cost.output),
                    asked=server.ask("counts"),
                )
            )
    return runs


def measure(corpus: Corpus, rounds: int, names: Sequence[str]) -> Figures:
    """Run all engines that are installed and asked for."""
    figures = Figures(conditions=conditions(), corpus=corpus, runs=[], missing={})
    chosen = [each for each in CONTENDERS if any(name in each.name for name in names)]
    with running(corpus) as server:
        for number in range(1, rounds + 1):
            for contender in chosen:
                if contender.name in figures.missing:
                    continue
                if absent := contender.missing():
                    figures.missing[contender.name] = f"not installed: {', '.join(absent)}"
                    continue
                print(f"  round {number}: {contender.name}", flush=True)
                try:
                    figures.runs.extend(measure_round(contender, corpus, server, number=number))
                except CommandFailed as failure:
                    figures.missing[contender.name] = str(failure)
    return figures


class Row(msgspec.Struct, frozen=True):
    """The best of all rounds for one engine."""

    engine: str
    best: dict[str, Run]
    memory: int

    @property
    def stored(self) -> int:
        """Return what stood in store after the last phase."""
        return self.best[PHASES[2]].stored


def best(runs: Iterable[Run]) -> list[Row]:
    """Gather the rounds: the least processor time, the greatest memory."""
    rows: dict[str, list[Run]] = {}
    for run in runs:
        rows.setdefault(run.engine, []).append(run)
    return [
        Row(
            engine,
            {
                phase: min((run for run in own if run.phase == phase), key=lambda run: run.cpu)
                for phase in PHASES
            },
            max(run.memory for run in own),
        )
        for engine, own in rows.items()
    ]


def print_tables(figures: Figures) -> None:
    """Print what was measured, then how many times ours each other needs."""
    corpus = figures.corpus
    rows = best(figures.runs)
    expected = corpus.feeds * corpus.entries + corpus.all_news()
    heads = ["engine", *(f"{phase}: CPU ms/feed, wall s" for phase in PHASES), "MB", "entries"]
    lines = [
        [
            row.engine,
            *(_cost(row.best[phase], corpus.feeds) for phase in PHASES),
            f"{row.memory / 1e6:.0f}",
            f"{row.stored:,}" if row.stored else "",
        ]
        for row in rows
    ]
    show(f"Refresh of {corpus.feeds:,} feeds ({expected:,} entries published)", heads, lines)
    ours = next((row for row in rows if row.engine == OURS), None)
    if ours:
        heads = ["times ours", *(f"{phase}: CPU, wall" for phase in PHASES)]
        lines = [[row.engine, *_ratios(row, ours)] for row in rows]
        show(f"What each needs, in times of `{OURS}`", heads, lines)
        _print_goals(rows, ours)
    print(_busy(figures.conditions))
    for engine, reason in figures.missing.items():
        print(f"\nNot measured: {engine}: {reason}")
    _warn(figures)


def _print_goals(rows: Sequence[Row], ours: Row) -> None:
    """Print how far we are from what we mean to reach."""
    peers = {row.engine: row for row in rows}
    lines = []
    for phase, name, goal in GOALS:
        if name in peers:
            run, our = peers[name].best[phase], ours.best[phase]
            cpu, wall = run.cpu / our.cpu, run.wall / our.wall
            reached = "yes" if wall >= goal else "no"
            lines.append([f"{phase}: {name}", f"{goal:.1f}", f"{cpu:.1f}", f"{wall:.1f}", reached])
    reached = "yes" if ours.memory <= MOST_MEMORY else "no"
    lines.append(
        ["memory, MB", f"{MOST_MEMORY / 1e6:.0f}", f"{ours.memory / 1e6:.0f}", "", reached]
    )
    show(
        f"Goals of `{OURS}`: times ours, at least (memory: at most)",
        ("phase and peer", "goal", "by CPU", "by wall", "reached"),
        lines,
    )


def _busy(taken: Conditions) -> str:
    """Return a warning when other work was going on, for wall time means little then."""
    if taken.load < taken.cores / 2:
        return ""
    return (
        f"Note: the machine was busy (load {taken.load} on {taken.cores} cores): trust CPU alone."
    )


def _cost(run: Run, feeds: int) -> str:
    return f"{run.cpu / feeds * 1000:.2f}, {run.wall:.2f}"


def _ratios(row: Row, ours: Row) -> list[str]:
    pairs = ((row.best[phase], ours.best[phase]) for phase in PHASES)
    return [f"{run.cpu / our.cpu:.2f}, {run.wall / our.wall:.2f}" for run, our in pairs]


def _warn(figures: Figures) -> None:
    """Say when an engine did other work than the phase means."""
    for run in figures.runs:
        asked = run.asked
        if run.phase == PHASES[1] and asked.not_modified < figures.corpus.feeds:
            print(
                f"Note: {run.engine} got {asked.not_modified:,} answers of 304"
                f" for {figures.corpus.feeds:,} feeds in round {run.round}"
            )


def main() -> None:
    """Read the arguments, measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", metavar="NAME", help="engines by part of name")
    asked = parser.parse_args()
    corpus = Corpus(feeds=asked.feeds, entries=asked.entries, seed=asked.seed)
    figures = measure(corpus, asked.rounds, asked.only or [""])
    print_tables(figures)
    print(f"\nAll figures: {keep('refresh', figures)}")


if __name__ == "__main__":
    main()
