"""What a command costs: processor time, wall time and memory of its whole process tree."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

SAMPLE_SECONDS = 0.03
KILOBYTE = 1024


class Cost(msgspec.Struct, frozen=True):
    """One run of a command.

    ``cpu`` is user and system time of the process and of every child it waited
    for. ``memory`` is the greatest sum of proportional set sizes over the tree
    that was sampled (shared pages count once), ``resident`` the peak of the
    main process alone; both in bytes.
    """

    status: int
    cpu: float
    wall: float
    memory: int
    resident: int
    output: str
    errors: str


class CommandFailed(Exception):  # noqa: N818 - reads as what happened, like the project's own errors
    """A measured command ended with an error, so that its cost means nothing."""


def measured(command: Sequence[str], *, folder: Path | None = None) -> Cost:
    """Run a command to its end and return what it cost; output is kept out of its way."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        memory = resident = 0
        while not _has_ended(process.pid, SAMPLE_SECONDS):
            memory = max(memory, tree_memory(process.pid))
            resident = max(resident, peak_resident(process.pid))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        return Cost(
            status=process.returncode,
            cpu=usage.ru_utime + usage.ru_stime,
            wall=wall,
            memory=memory,
            resident=resident,
            output=_text(output),
            errors=_text(errors),
        )


def succeeded(cost: Cost, what: str) -> Cost:
    """Return the cost of a command that succeeded; raise with its last words otherwise."""
    if cost.status:
        last = "\n".join(cost.errors.strip().splitlines()[-12:])
        raise CommandFailed(f"{what} ended with status {cost.status}:\n{last}")
    return cost


def tree_memory(pid: int) -> int:
    """Return the proportional set size of a process and all its descendants, in bytes."""
    return sum(_kilobytes(f"/proc/{each}/smaps_rollup", "Pss:") for each in tree(pid)) * KILOBYTE


def peak_resident(pid: int) -> int:
    """Return the greatest resident size a process has had since it began, in bytes."""
    return _kilobytes(f"/proc/{pid}/status", "VmHWM:") * KILOBYTE


def tree(pid: int) -> list[int]:
    """Return a process and its descendants; some may have ended by now."""
    found = [pid]
    for each in found:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                children = (task / "children").read_text(encoding="ascii")
                found += map(int, children.split())
        except OSError:
            continue
    return found


def _has_ended(pid: int, seconds: float) -> bool:
    """Wait for the end of a child, but no longer than this; it stays to be waited for."""
    watch = os.pidfd_open(pid)
    try:
        return bool(select.select([watch], [], [], seconds)[0])
    finally:
        os.close(watch)


def _kilobytes(path: str, name: str) -> int:
    try:
        with open(path, encoding="ascii") as lines:  # noqa: PTH123 - sampled often; Path costs more
            for line in lines:
                if line.startswith(name):
                    return int(line.split()[1])
    except OSError:
        return 0
    return 0


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode(errors="replace")
