"""Where workers come from: one process reads all modules, and each worker is forked from it.

So a further worker, or one in place of another that was killed, costs a few
milliseconds and shares its memory with the others. The nursery itself never
reads a document: what strangers' bytes do to a worker stays in that worker.
"""

from __future__ import annotations

import socket
import struct
import subprocess
from contextlib import suppress
from typing import Final, NamedTuple

from ecliptic.flows.processes import start_own

ASKED: Final = struct.Struct(">?I")
"""What a nursery is asked: whether to start (else to kill) a worker, and its number."""

TOLD: Final = struct.Struct(">Ii")
"""What it tells: the number of a worker that ended, and with what exit code."""

_PATIENCE: Final = 1.0
"""Seconds to wait for the news of an end that was seen already."""

_LONGEST_END: Final = 10.0
"""Seconds that a nursery is given to end its workers and itself."""


class Born(NamedTuple):
    """A worker: its number, and our end of its line."""

    number: int
    connection: socket.socket


class Nursery:
    """Starts workers for one state file; its process is started with the first of them."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._born = 0
        self._ended: dict[int, int] = {}

    def start(self) -> Born:
        """Start a worker; it says by an empty message that it has begun. Raises ``OSError``."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        self._born += 1
        line = self._opened()
        ours, theirs = socket.socketpair()
        # Where the nursery has just ended, so has the worker: its line is cut.
        with theirs, suppress(OSError):
            message = ASKED.pack(True, self._born)
            socket.send_fds(line, [message], [theirs.fileno()])
        return Born(self._born, ours)

    def kill(self, number: int) -> None:
        """End a worker now; without its nursery it ends by itself, soon after its line is cut."""
        if self._line is not None:
            with suppress(OSError):
                self._line.sendall(ASKED.pack(False, number))

    def status(self, number: int) -> int | None:
        """Return the exit code of a worker that is ending, if it can be known."""
        while self._line is not None and number not in self._ended:
            try:
                told = self._line.recv(TOLD.size)
            except TimeoutError:
                return None
            except OSError:
                told = b""
            if not told:  # the nursery itself ended, most likely before it could start any
                return self._own_status(_PATIENCE)
            ended, status = TOLD.unpack(told)
            self._ended[ended] = status
        return self._ended.pop(number, None)

    def close(self) -> None:
        """End all workers at once, and wait until they are gone."""
        if self._line is not None and self._process is not None:
            if not self._has_ended():  # somebody stopped it
                self._process.kill()
            self._process.wait()
            self._line.close()
        self._line = self._process = None

    def _has_ended(self) -> bool:
        """Let go of the process and wait for its end, but not for ever."""
        assert self._line is not None
        self._line.settimeout(_LONGEST_END)
        try:
            self._line.shutdown(socket.SHUT_WR)
            while self._line.recv(TOLD.size):
                pass
        except TimeoutError:
            return False
        except OSError:  # the line is broken, as it is when the process is gone
            return True
        return True

    def _own_status(self, patience: float) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=patience) if self._process else None
        return None

    def _opened(self) -> socket.socket:
        if self._line is None:
            self._line, self._process = _start(self._state)
            self._line.settimeout(_PATIENCE)
        return self._line


def _start(state: str) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start a nursery; return our end of its line."""
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            process = start_own("ecliptic.flows.worker", theirs.fileno(), state)
    except BaseException:
        ours.close()
        raise
    return ours, process
