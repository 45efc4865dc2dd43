"""The worker processes of a run, and the clock that each job races.

Native code cannot be interrupted from inside its process. So every job has a
deadline; a worker that misses it is killed and replaced, and the document is
tried once more with its entries kept as plain text. Where plugins were at work,
it is tried without them before that.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeAlias

import msgspec
from msgspec.structs import replace

from ecliptic.errors import EclipticError
from ecliptic.flows import frames
from ecliptic.flows.cores import default_jobs
from ecliptic.log import get_logger
from ecliptic.plugins import Answer

if TYPE_CHECKING:
    from ecliptic.flows.job import Job, Refined, Wanted
    from ecliptic.flows.nursery import Nursery

log = get_logger(__name__)

Ask: TypeAlias = Callable[[tuple[str, ...]], Awaitable[tuple[Answer, ...]]]
"""Fetches pages for plugins: an answer for each address, whatever comes of it."""

_encode: Final = msgspec.msgpack.Encoder().encode
_SHORT: Final = 96 * 1024
"""Bytes; two such messages fit into the buffer of a socket, so that sending never waits."""


class _WorkerGoneError(Exception):
    """A worker ended, or was ended, over a job; ``why`` says it in words."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class _NotBegunError(Exception):
    """A worker ended over the job before this one."""


class _Worker:
    """A process, and the jobs it was given: the first is under way, a second waits.

    ``on_moved`` is called when it can be given another, or none ever again.
    """

    def __init__(self, nursery: Nursery, deadline: float, on_moved: Callable[[], None]) -> None:
        self._nursery = nursery
        self._deadline = deadline
        self._on_moved = on_moved
        self._inbox = frames.Inbox()
        self._given: deque[asyncio.Future[bytes]] = deque()
        self._loop = asyncio.get_running_loop()
        self._clock: asyncio.TimerHandle | None = None
        self._has_begun = False
        try:
            self._number, self._connection = nursery.start()
        except OSError as error:
            raise _not_started(str(error)) from error
        self._connection.settimeout(deadline)
        self._loop.add_reader(self._connection, self._read)

    def may_take(self, size: int) -> bool:
        """Whether a message of ``size`` bytes can be given now without waiting for the worker.

        A short one fits into the socket's buffer while the worker is busy, so
        that the next job is there when the worker is ready for it.
        """
        return not self._given or (len(self._given) == 1 and size <= _SHORT)

    @property
    def load(self) -> int:
        """How many jobs it was given and has not answered."""
        return len(self._given)

    @property
    def is_gone(self) -> bool:
        """Whether it can be given no more jobs."""
        return self._connection.fileno() < 0

    def give(self, message: bytes, answered: asyncio.Future[bytes]) -> None:
        """Give the process a job, and a place for its answer."""
        self._given.append(answered)
        if len(self._given) == 1:
            self._set_clock()
        try:
            frames.send(self._connection, message)
        except TimeoutError:
            self._end("parse.timeout")
        except OSError:
            self._end("parse.crash")

    def _read(self) -> None:
        try:
            messages = self._inbox.read(self._connection)
        except (EOFError, OSError):
            self._end("parse.crash")
            return
        if messages and not self._has_begun:
            self._has_begun = True
            del messages[0]  # it says no more than that
        for message in messages:
            answered = self._given.popleft()
            if not answered.done():
                answered.set_result(message)
            self._set_clock()
        self._on_moved()

    def _set_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
        self._clock = None
        if self._given:
            self._clock = self._loop.call_later(self._deadline, self._end, "parse.timeout")

    def _end(self, code: str) -> None:
        """Let go of the process: the job under way is its victim, a waiting one is not."""
        if self.is_gone:
            return
        status = None
        if code == "parse.crash":  # it is ending by itself, and how is worth knowing
            status = self._nursery.status(self._number)
        self._nursery.kill(self._number)
        self.close()
        why = f"{self._deadline:g} seconds" if code == "parse.timeout" else _epitaph(status)
        failure: Exception = _WorkerGoneError(code, why)
        if not self._has_begun and (status or 0) > 0:
            failure = _not_started(why)
        failures = [failure, *(_NotBegunError() for _ in self._given)]
        for answered, given in zip(self._given, failures, strict=False):
            if not answered.done():
                answered.set_exception(given)
        self._given.clear()
        self._loop.call_soon(self._on_moved)

    def close(self) -> None:
        """Cut its line."""
        if self._clock is not None:
            self._clock.cancel()
        if not self.is_gone:
            self._loop.remove_reader(self._connection)
            self._connection.close()


def _epitaph(status: int | None) -> str:
    if status is None:
        return "the worker ended"
    return f"the worker ended by signal {-status}" if status < 0 else f"exit status {status}"


@cache
def _decoder() -> msgspec.msgpack.Decoder[Refined | Wanted]:
    """Return the reader of answers; where nothing is new, none is needed."""
    from ecliptic.flows.job import Refined, Wanted  # noqa: PLC0415 - as the docstring says

    return msgspec.msgpack.Decoder(Refined | Wanted)


async def ask_nobody(urls: tuple[str, ...]) -> tuple[Answer, ...]:
    """Answer for addresses without asking for them."""
    return tuple(Answer(asked=url, code="fetch.offline") for url in urls)


def _not_started(why: str) -> EclipticError:
    return EclipticError(
        "refresh.no_worker",
        f"a process that reads documents cannot be started ({why}); nothing was changed for the "
        f"feeds that were waiting. Does `{sys.executable} -m ecliptic --version` work?",
    )


class Crew:
    """Up to ``jobs`` workers, started when they are first needed.

    ``deadline`` is in seconds and holds for each document.
    """

    def __init__(self, state: str, *, jobs: int = 0, deadline: float = 20.0) -> None:
        self._state = state
        self._nursery: Nursery | None = None
        self._deadline = deadline
        self.size: Final = jobs or default_jobs()
        self._workers: set[_Worker] = set()
        self._waiting: deque[tuple[bytes, asyncio.Future[bytes]]] = deque()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del kind, error, trace
        for worker in self._workers:  # they hold nothing that could be lost
            worker.close()
        self._workers.clear()
        if self._nursery is not None:
            self._nursery.close()

    async def refine(self, job: Job, ask: Ask = ask_nobody) -> Refined:
        """Refine one document; always answers, within a few deadlines of its turn.

        What its plugins want to read is fetched with ``ask``, and takes its own time.
        Raises ``EclipticError`` when no worker can be started.
        """
        from ecliptic.flows.job import Wanted  # noqa: PLC0415 - see ``_decoder``

        while isinstance(answer := await self._patiently(job), Wanted):
            answers = (*answer.pending.answers, *await ask(answer.urls))
            job = replace(job, pending=replace(answer.pending, answers=answers))
        return answer

    async def _patiently(self, job: Job) -> Refined | Wanted:
        """Try a document, and with less to be done for it where that ends the worker."""
        why = _WorkerGoneError("", "")
        for attempt in _attempts(job):
            try:
                return await self._try(attempt(why.why))
            except _WorkerGoneError as gone:
                why = gone
                log.warning("worker_lost feed=%s code=%s why=%s", job.feed_url, why.code, why.why)
        from ecliptic.flows.job import (  # noqa: PLC0415 - see ``_decoder``
            Refined,
            failed_change,
            failure_of,
        )

        where = f" (in the plugin {job.reader})" if job.reader else ""
        failure = failure_of(job, why.code, why.why + where)
        return Refined(change=failed_change(job, failure), seconds={})

    async def _try(self, job: Job) -> Refined | Wanted:
        message = _encode(job)
        while True:
            answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
            self._waiting.append((message, answered))
            self._hand_out()
            try:
                return _decoder().decode(await answered)
            except _NotBegunError:
                continue

    def _hand_out(self) -> None:
        """Give the jobs that wait, in their order, to workers that can take them."""
        while self._waiting:
            message, answered = self._waiting[0]
            try:
                worker = None if answered.done() else self._free(len(message))
            except EclipticError as error:
                answered.set_exception(error)
                worker = None
            if worker is not None:
                worker.give(message, answered)
            elif not answered.done():
                return
            self._waiting.popleft()

    def _free(self, size: int) -> _Worker | None:
        """Return a worker that can take a message of ``size`` bytes now, if there is one."""
        self._workers = {worker for worker in self._workers if not worker.is_gone}
        if all(worker.load for worker in self._workers) and len(self._workers) < self.size:
            self._workers.add(_Worker(self._opened(), self._deadline, self._hand_out))
        ready = [worker for worker in self._workers if worker.may_take(size)]
        return min(ready, key=lambda worker: worker.load, default=None)

    def _opened(self) -> Nursery:
        if self._nursery is None:
            from ecliptic.flows.nursery import Nursery  # noqa: PLC0415 - see ``_decoder``

            self._nursery = Nursery(self._state)
        return self._nursery


def _attempts(job: Job) -> Iterator[Callable[[str], Job]]:
    """Yield how a document is tried: whole, then without plugins, then as plain text."""
    yield lambda _: job
    names = ", ".join(use.name for use in job.pipeline.uses) if job.pipeline else ""
    if names:
        yield lambda why: replace(job, unplugged=f"{names}: {why}")
    yield lambda why: replace(
        job,
        plain=f"cleaning it did not end well ({why})",
        unplugged=f"{names}: {why}" if names else "",
    )
