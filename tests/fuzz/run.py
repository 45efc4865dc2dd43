"""Fuzz each target for a bounded time; what breaks one is kept as a file and can be replayed.

    python -m fuzz.run --seconds 20               every target, for 20 seconds in all
    python -m fuzz.run --target feed --seconds 600
    python -m fuzz.run --target feed FILE…        the same again, with these files alone

With atheris it goes by coverage, in a process for each target. Where atheris has no wheel, sound
input is damaged by chance, which finds less.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from fuzz.targets import SEEDS, TARGETS
from hostile_documents import mutated

FOUND: Final = Path("build", "fuzz")


def main(arguments: Sequence[str]) -> int:
    """Fuzz what the arguments say; 1 if anything broke."""
    parser = argparse.ArgumentParser(prog="fuzz.run", description="fuzz Ecliptic's readers")
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args(arguments)
    if given.files:
        replay(given.target, given.files)
        return 0
    names = [given.target] if given.target else list(TARGETS)
    broken = [name for name in names if fuzz(name, given.seconds / len(names), given.seed)]
    for name in broken:
        for path in sorted(path for path in (FOUND / name).glob("*") if path.is_file()):
            say(f"  {path}: replay with `make fuzz TARGET={name} FILES={path}`")
    return 1 if broken else 0


def fuzz(name: str, seconds: float, seed: int) -> bool:
    """Fuzz one target; tell whether it broke."""
    started = time.monotonic()
    if importlib.util.find_spec("atheris"):
        how = "by coverage"
        command = [sys.executable, "-m", "fuzz.coverage", name, str(FOUND / name)]
        done = subprocess.run(
            [*command, str(seconds), str(seed)],
            capture_output=True,
            text=True,
            check=False,
        )
        is_broken, report = done.returncode != 0, done.stderr + done.stdout
    else:
        how = "by chance, without atheris"
        report = by_chance(TARGETS[name], SEEDS[name], FOUND / name, seconds=seconds, seed=seed)
        is_broken = bool(report)
    say(f"  {name}: {time.monotonic() - started:.0f} s {how}, {'broken' if is_broken else 'holds'}")
    if is_broken:
        say(report[-6_000:])
    return is_broken


def by_chance(
    target: Callable[[bytes], None],
    seeds: Sequence[bytes],
    found: Path,
    *,
    seconds: float,
    seed: int,
) -> str:
    """Damage the seeds until time is up; return what broke, whose input is kept in ``found``."""
    chance = random.Random(seed)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(chance.choice(seeds), chance)
        try:
            target(data)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            found.mkdir(parents=True, exist_ok=True)
            (found / f"crash-{chance.getrandbits(64):016x}").write_bytes(data)
            return traceback.format_exc()
    return ""


def replay(name: str | None, files: Sequence[Path]) -> None:
    """Run a target, or all of them, with files that once broke it."""
    for path in files:
        for target in [TARGETS[name]] if name else TARGETS.values():
            target(path.read_bytes())
        say(f"  {path}: holds")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - it speaks to the person at the terminal


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
