"""One run at a time: a lock that dies with its holder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from ecliptic.errors import Busy, StoreError

SERVER: Final = "`serve`"
"""How a server names itself in the lock: it writes what hubs sent, and lets go."""

_PATIENCE: Final = 60.0
_MOMENT: Final = 0.05


@contextmanager
def run_lock(state: str | Path, *, command: str, now: datetime) -> Iterator[None]:
    """Hold the lock beside ``state`` for the length of a run.

    The kernel gives the lock back when its holder ends, however it ends, so
    none is ever stale. Raises ``Busy`` naming the run that holds it.
    """
    path = Path(f"{os.path.realpath(state)}.lock")  # one file has one lock, by any name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            "store.unusable", f"{path}: the lock file cannot be made: {error.strerror}"
        ) from error
    try:
        _take(handle, path)
        line = f"process {os.getpid()}, `{command}`, since {now:%Y-%m-%d %H:%M:%S} UTC\n"
        os.ftruncate(handle, 0)
        os.pwrite(handle, line.encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _wait_for_the_server(handle: int) -> None:
    """Let a server end that holds the lock for moments only; a run is not waited for."""
    end = monotonic() + _PATIENCE
    while monotonic() < end:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 500, 0).decode("utf-8", "replace").strip()
            if holder and SERVER not in holder:
                return
            sleep(_MOMENT)
        else:
            return


def _take(handle: int, path: Path) -> None:
    try:
        _wait_for_the_server(handle)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 500, 0).decode("utf-8", "replace").strip()
        raise Busy(
            "store.busy",
            f"another run is at work: {holder or 'it has just started'}. "
            f"Wait for it to end, or end it (lock file: {path})",
            holder=holder,
        ) from error
    except OSError as error:
        raise StoreError(
            "store.unusable",
            f"{path}: the file system cannot lock files ({error.strerror}); "
            "keep the state on a local disk (--state)",
        ) from error
