"""The worker processes of a run, and the clock that each job races.

Native code cannot be interrupted from inside its process. So every job has a
deadline; a worker that misses it is killed and replaced, and the document is
tried once more with its entries kept as plain text.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import msgspec
from msgspec.structs import replace

from ecliptic.flows import frames
from ecliptic.flows.job import Job, Refined, failed_change, failure_of
from ecliptic.log import get_logger

log = get_logger(__name__)

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Refined).decode


class _WorkerGoneError(Exception):
    """A worker ended or was ended before it answered; ``why`` says it in words."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class _Worker:
    def __init__(self, state: str) -> None:
        self._connection, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-P", "-m", "ecliptic.flows.worker", str(theirs.fileno()), state],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    async def do(self, job: Job, deadline: float) -> Refined:
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        stop_reading = self._read_into(answered)
        try:
            frames.send(self._connection, _encode(job))
            async with asyncio.timeout(deadline):
                return _decode(await answered)
        except TimeoutError as error:
            raise _WorkerGoneError("parse.timeout", f"{deadline:g} seconds") from error
        except (EOFError, OSError) as error:
            raise _WorkerGoneError("parse.crash", self._epitaph()) from error
        finally:
            stop_reading()

    def _read_into(self, answered: asyncio.Future[bytes]) -> Callable[[], object]:
        loop, inbox = asyncio.get_running_loop(), frames.Inbox()

        def read() -> None:
            try:
                message = inbox.read(self._connection)
            except (EOFError, OSError) as error:
                loop.remove_reader(self._connection)
                if not answered.done():
                    answered.set_exception(error)
                return
            if message is not None and not answered.done():
                answered.set_result(message)

        loop.add_reader(self._connection, read)
        return lambda: loop.remove_reader(self._connection)

    def _epitaph(self) -> str:
        status = self._process.wait()
        return f"the worker ended by signal {-status}" if status < 0 else f"exit status {status}"

    def kill(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self._connection.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()


class Crew:
    """Up to ``jobs`` workers, started when they are first needed.

    ``deadline`` is in seconds and holds for each document.
    """

    def __init__(self, state: str, *, jobs: int = 0, deadline: float = 20.0) -> None:
        self._state = state
        self._deadline = deadline
        self.size: Final = jobs or default_jobs()
        self._places = asyncio.Semaphore(self.size)
        self._free: list[_Worker] = []
        self._workers: set[_Worker] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            if error is None:
                worker.close()
            else:
                worker.kill()
        self._workers.clear()

    async def refine(self, job: Job) -> Refined:
        """Refine one document; always answers, within twice the deadline."""
        try:
            return await self._try(job)
        except _WorkerGoneError as first:
            log.warning("worker_lost feed=%s code=%s why=%s", job.feed_url, first.code, first.why)
            reason = f"cleaning it did not end well ({first.why})"
        try:
            return await self._try(replace(job, plain=reason))
        except _WorkerGoneError as second:
            failure = failure_of(job, second.code, second.why)
            return Refined(change=failed_change(job, failure), seconds={})

    async def _try(self, job: Job) -> Refined:
        async with self._places:
            worker = self._free.pop() if self._free else self._start()
            try:
                answer = await worker.do(job, self._deadline)
            except BaseException:
                self._workers.discard(worker)
                worker.kill()
                raise
            self._free.append(worker)
            return answer

    def _start(self) -> _Worker:
        worker = _Worker(self._state)
        self._workers.add(worker)
        return worker


def default_jobs() -> int:
    """Return how many workers a run starts when the operator does not say: one a core."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 16)
