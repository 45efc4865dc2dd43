"""Running a program that may hang, flood or leave others behind."""

from __future__ import annotations

import ctypes
import os
import resource
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from time import monotonic, sleep
from typing import IO, Final, NamedTuple

MOST_OUTPUT: Final = 4_000_000
"""Bytes that a program may write."""

_MOST_COMPLAINT: Final = 4_000
_LONGEST_COMPLAINT: Final = 160
_CHUNK: Final = 65_536
_PR_SET_PDEATHSIG: Final = 1
_KEPT: Final = ("HOME", "PATH", "TMPDIR")


class Limits(NamedTuple):
    """What a program may take; ``bytes`` is its address space."""

    seconds: float
    bytes: int


class ProgramError(Exception):
    """A program did not do its work."""


def output_of(command: Sequence[str], given: bytes, *, folder: str, limits: Limits) -> bytes:
    """Return what a program writes when it is ``given`` something; raises ``ProgramError``.

    It and all that it started are ended when it has ended, or when its time is over.
    """
    deadline = monotonic() + limits.seconds
    try:
        process = subprocess.Popen(  # noqa: S603 - the operator's own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder or None,
            env=_environment(),
            process_group=0,
            preexec_fn=partial(_confine, limits, _prctl()),  # noqa: PLW1509 - we have no threads
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ProgramError(f"it cannot be started: {error}") from error
    try:
        talk = _Talk(process, given)
        talk.hold(deadline, limits.seconds)
        _await_end(process, deadline, limits.seconds)
    finally:
        _end(process)
    if process.returncode:
        raise ProgramError(f"{_status(process.returncode)}{talk.complaint()}")
    return bytes(talk.output)


class _Talk:
    """What goes into a program, and what comes out of it."""

    def __init__(self, process: subprocess.Popen[bytes], given: bytes) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._stdin, self._stdout = process.stdin, process.stdout
        self._left = memoryview(given)
        self._errors = bytearray()
        self.output = bytearray()
        self._selector = selectors.DefaultSelector()
        for pipe in (process.stdin, process.stdout, process.stderr):
            os.set_blocking(pipe.fileno(), False)
            reads = pipe is not process.stdin
            self._selector.register(pipe, selectors.EVENT_READ if reads else selectors.EVENT_WRITE)

    def hold(self, deadline: float, seconds: float) -> None:
        """Write and read until the program, and all that it started, write no more."""
        with self._selector:
            while self._selector.get_map():
                left = deadline - monotonic()
                if left <= 0:
                    raise _late(seconds)
                for key, _ in self._selector.select(left):
                    pipe = key.fileobj
                    if pipe is self._stdin:
                        self._write()
                    else:
                        self._read(key.fd, pipe)  # type: ignore[arg-type] # it is one of ours

    def complaint(self) -> str:
        """Return the last line of what a program wrote to its standard error."""
        lines = self._errors.decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f": {last[:_LONGEST_COMPLAINT]}" if last else ""

    def _write(self) -> None:
        try:
            self._left = self._left[os.write(self._stdin.fileno(), self._left[:_CHUNK]) :]
        except BlockingIOError:
            return
        except BrokenPipeError:  # it reads no further, which is its own affair
            self._left = self._left[:0]
        if not self._left:
            self._selector.unregister(self._stdin)
            self._stdin.close()

    def _read(self, number: int, pipe: IO[bytes]) -> None:
        chunk = os.read(number, _CHUNK)
        if not chunk:
            self._selector.unregister(pipe)
        elif pipe is self._stdout:
            self.output += chunk
            if len(self.output) > MOST_OUTPUT:
                raise ProgramError(f"it wrote more than {MOST_OUTPUT:,} bytes")
        else:
            self._errors = (self._errors + chunk)[-_MOST_COMPLAINT:]


def _await_end(process: subprocess.Popen[bytes], deadline: float, seconds: float) -> None:
    """Wait until the program has ended, and let it stand: its number is its group's."""
    how = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while os.waitid(os.P_PID, process.pid, how) is None:
        if monotonic() > deadline:
            raise _late(seconds)
        sleep(0.001)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _late(seconds: float) -> ProgramError:
    return ProgramError(f"it took longer than {seconds:g} seconds")


def _status(code: int) -> str:
    return f"it was ended by signal {-code}" if code < 0 else f"exit status {code}"


def _environment() -> dict[str, str]:
    """Return what a program may know of us: where programs and its user's files are."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {"PATH": os.defpath, **kept, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}


def _confine(limits: Limits, prctl: ctypes._NamedFuncPointer | None) -> None:  # pragma: no cover
    """Limit the process that becomes the program; it runs between fork and exec."""
    seconds = int(limits.seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, limits.bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # a worker that is killed takes it along


@cache
def _prctl() -> ctypes._NamedFuncPointer | None:
    return ctypes.CDLL(None).prctl if sys.platform == "linux" else None
