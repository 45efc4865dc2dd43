"""The requests of one call, under way and answered."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Final

from ecliptic.fetch.host import Manners
from ecliptic.fetch.job import Job
from ecliptic.fetch.local import local_target
from ecliptic.fetch.schedule import Schedule
from ecliptic.fetch.target import BadAddressError, Target, read_target
from ecliptic.fetch.transfer import Transfer
from ecliptic.model.access import without_password
from ecliptic.model.outcome import Failed, Fetched, Held, Outcome, Request

# Bodies received and not yet consumed; above this nothing new is started.
_MOST_READY_BYTES: Final = 32_000_000


class Batch:
    """Holds what is active and what is ready; a slow consumer slows it down."""

    def __init__(self, requests: Iterable[Request], *, connections: int, manners: Manners) -> None:
        self.active: set[Transfer] = set()
        self._ready: deque[tuple[Request, Outcome]] = deque()
        self._ready_bytes = 0
        self._connections = connections
        self._news: asyncio.Future[None] | None = None
        self._has_news = False
        self.schedule = Schedule(self._jobs(requests), manners=manners, hold=self._hold)

    def may_start(self) -> bool:
        """Say whether another transfer may begin."""
        return (
            len(self.active) < self._connections
            and len(self._ready) < self._connections
            and self._ready_bytes < _MOST_READY_BYTES
        )

    def put(self, request: Request, outcome: Outcome) -> None:
        """Keep an outcome until it is asked for."""
        self._ready.append((request, outcome))
        if isinstance(outcome, Fetched):
            self._ready_bytes += len(outcome.body)

    def take(self) -> list[tuple[Request, Outcome]]:
        """Return the outcomes that are there, up to the first with a body, which takes memory."""
        taken = []
        while self._ready:
            request, outcome = self._ready.popleft()
            taken.append((request, outcome))
            if isinstance(outcome, Fetched):
                self._ready_bytes -= len(outcome.body)
                break
        return taken

    def notify(self) -> None:
        """Wake the consumer: there is an outcome, or a place for another transfer."""
        self._has_news = True
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    async def wait(self) -> None:
        """Wait until something happened since the last time, or until a job's time has come."""
        if not self._has_news:
            loop = asyncio.get_running_loop()
            self._news = loop.create_future()
            ready_at = self.schedule.next_at if self.may_start() else None
            if ready_at is None:
                await self._news
            else:
                alarm = loop.call_later(max(0.0, ready_at - monotonic()), self.notify)
                try:
                    await self._news
                finally:
                    alarm.cancel()
        self._has_news = False

    def _hold(self, job: Job, held: Held) -> None:
        self.put(job.request, held)

    def _jobs(self, requests: Iterable[Request]) -> Iterator[Job]:
        for request in requests:
            try:
                yield Job(request, _first_target(request))
            except BadAddressError as error:
                failure = Failed(
                    url=without_password(request.url), code="fetch.bad_url", detail=str(error)
                )
                self.put(request, failure)


def _first_target(request: Request) -> Target:
    access = request.access
    if access is not None and access.local and access.home == request.url:
        return local_target(request.url)
    return read_target(request.url)
