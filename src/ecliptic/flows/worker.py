"""A process that refines documents: it reads strangers' bytes, so it may be killed at any time.

Started by ``flows.nursery`` as ``python -m ecliptic.flows.worker FD STATE LEVEL``: a
process that reads no document, and forks a worker whenever it is asked to. All of
them end when the run that started them ends, however that ends.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from ecliptic.flows import frames
from ecliptic.flows.job import Job, Refined, Wanted, failed_change, failure_of
from ecliptic.flows.nursery import ASKED, TOLD
from ecliptic.flows.refine import refine
from ecliptic.log import show
from ecliptic.store import open_known
from ecliptic.store.base import KnownEntries

_MOST_MEMORY: Final = 2 << 30
"""Bytes of address space; more than any document within our limits needs."""

_RARELY: Final = 50_000
"""Objects made between two looks for garbage; records and trees of documents have no cycles."""

_LONGEST: Final = 60
"""Seconds for a document; the run ends its workers far earlier, unless it was killed itself."""


def main() -> None:
    """Start workers as the run asks; in each of them, answer jobs until the run closes its end."""
    line = socket.socket(fileno=int(sys.argv[1]))
    show(int(sys.argv[3]))
    sys.stdout = sys.stderr  # a plugin may print; what the run prints may be read by a program
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    gc.freeze()
    gc.set_threshold(_RARELY)
    connection = _Nursery(line).nurse()
    if connection is not None:
        work(connection, open_known(Path(sys.argv[2])))


class _Nursery:
    """The process that the others are forked from: see ``flows.nursery``."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._workers: dict[int, int] = {}
        """Their numbers, by the ids of their processes."""

    def nurse(self) -> socket.socket | None:
        """Return twice and more: with its line in each worker, with ``None`` when the run ends."""
        signal.signal(signal.SIGCHLD, self._bury)
        while True:
            message, lines, _, _ = socket.recv_fds(self._line, ASKED.size, 1)
            if not message:
                break
            is_start, number = ASKED.unpack(message)
            if not is_start:
                self._kill(number)
            elif self._is_born(number):
                self._line.close()
                return socket.socket(fileno=lines[0])
            else:
                os.close(lines[0])
        self._end()
        return None

    def _is_born(self, number: int) -> bool:
        """Fork; whether this is the new process."""
        # Its end may come before its number is noted.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        try:
            worker = os.fork()
            if worker:
                self._workers[worker] = number
            else:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        except OSError:
            self._tell(number, 1)
            return False
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        return not worker

    def _bury(self, *_: object) -> None:
        """Tell the run of workers that ended."""
        while self._workers:
            worker, status = os.waitpid(-1, os.WNOHANG)
            if not worker:
                break
            self._tell(self._workers.pop(worker), os.waitstatus_to_exitcode(status))

    def _tell(self, number: int, status: int) -> None:
        with suppress(OSError):
            self._line.sendall(TOLD.pack(number, status))

    def _kill(self, number: int) -> None:
        for worker, each in list(self._workers.items()):
            if each == number:
                os.kill(worker, signal.SIGKILL)

    def _end(self) -> None:
        """End what is left: they hold nothing that could be lost."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for worker in self._workers:
            os.kill(worker, signal.SIGKILL)
        for worker in self._workers:
            os.waitpid(worker, 0)


def work(connection: socket.socket, known: KnownEntries) -> None:
    """Answer jobs until the run closes its end, which may be before it has its answers."""
    decode = msgspec.msgpack.Decoder(Job).decode
    encode = msgspec.msgpack.Encoder().encode
    with suppress(ConnectionError):
        frames.send(connection, b"")  # ready
        while (message := frames.receive(connection)) is not None:
            frames.send(connection, encode(_answer(decode(message), known)))


def _answer(job: Job, known: KnownEntries) -> Refined | Wanted:
    signal.alarm(_LONGEST)
    try:
        return refine(job, known)
    except (Exception, MemoryError) as error:  # noqa: BLE001 - one feed never stops the others
        failure = failure_of(job, "parse.crash", f"{type(error).__name__}: {error}"[:300])
        return Refined(change=failed_change(job, failure), seconds={})
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
