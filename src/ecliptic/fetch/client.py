"""The one way to the network for feeds and pages."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from datetime import datetime
from time import monotonic
from types import TracebackType
from typing import Self

import pycurl

from ecliptic.fetch.batch import Batch
from ecliptic.fetch.driver import Driver
from ecliptic.fetch.guard import Guard
from ecliptic.fetch.host import manners_of
from ecliptic.fetch.job import Job
from ecliptic.fetch.judge import judge, refused, unresolved
from ecliptic.fetch.local import FILE, read_local
from ecliptic.fetch.options import access_options, constant_options, form_options, route
from ecliptic.fetch.resolver import Resolver
from ecliptic.fetch.transfer import Transfer
from ecliptic.log import get_logger
from ecliptic.model.access import without_password
from ecliptic.model.outcome import Failed, Outcome, Request
from ecliptic.model.site import FetchSettings

log = get_logger(__name__)


class Client:
    """Asks for many addresses at once, and never raises for what a server does.

    One client keeps its connections, names and handles for a run; use it as an
    async context manager, within one event loop. ``now`` is what a Retry-After
    in seconds counts from.
    """

    def __init__(self, settings: FetchSettings, *, user_agent: str, now: datetime) -> None:
        self._settings = settings
        self._now = now
        self._guard = Guard(settings.allow_networks)
        self._constants = constant_options(settings, user_agent)
        self._route = route(settings.proxy)
        self._idle: list[Transfer] = []
        self._active: dict[pycurl.Curl, tuple[Transfer, Batch]] = {}
        self._driver: Driver | None = None
        self._resolver: Resolver | None = None

    async def __aenter__(self) -> Self:
        self._driver = Driver(self._on_done, connections=self._settings.connections)
        self._resolver = Resolver(patience=self._settings.connect_timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._driver is None or self._resolver is None:
            return
        self._resolver.close()
        for transfer, batch in list(self._active.values()):
            self._drop(transfer, batch)
        for transfer in self._idle:
            transfer.curl.close()
        self._idle.clear()
        self._driver.close()
        self._driver = None

    async def fetch(self, request: Request) -> Outcome:
        """Ask for one address."""
        async with aclosing(self.fetch_all((request,))) as answers:
            ((_, outcome),) = await anext(answers)
        return outcome

    async def fetch_all(
        self, requests: Iterable[Request]
    ) -> AsyncGenerator[list[tuple[Request, Outcome]], None]:
        """Ask for all addresses and yield the outcomes as they come, those of a moment together.

        ``requests`` is read only as far as there are connections free. While
        the consumer is busy the transfers under way wait, nothing is lost, and
        what is kept for it is bounded.
        """
        if self._settings.offline:
            for request in requests:
                yield [(request, Failed(url=without_password(request.url), code="fetch.offline"))]
            return
        settings = self._settings
        manners = manners_of(settings, self._now)
        batch = Batch(requests, connections=settings.connections, manners=manners)
        try:
            while True:
                self._start(batch)
                if answered := batch.take():
                    yield answered
                elif not batch.active and batch.schedule.is_finished:
                    return
                else:
                    await batch.wait()
        finally:
            for transfer in list(batch.active):
                self._drop(transfer, batch)

    def _start(self, batch: Batch) -> None:
        if self._driver is None:
            raise RuntimeError("use the client inside `async with`")
        is_added = False
        while batch.may_start() and (job := batch.schedule.take()) is not None:
            transfer = self._transfer_for(job)
            transfer.assign(job)
            batch.active.add(transfer)
            self._active[transfer.curl] = transfer, batch
            if job.target.scheme == FILE:
                outcome = read_local(job.request, max_bytes=self._settings.max_bytes)
                self._settle(transfer, batch, outcome)
            elif transfer.route is not None:
                self._pass_on(transfer, batch, transfer.route.host)
            elif job.target.is_named:
                self._find(transfer, batch, job.target.host)
            else:
                transfer.start()
                self._driver.add(transfer.curl)
                is_added = True
        if is_added:
            self._driver.kick()

    def _pass_on(self, transfer: Transfer, batch: Batch, proxy: str) -> None:
        """Let a transfer start through a proxy, if its target may be asked for at all."""
        if self._guard.permits_unseen(transfer.job.target.host):
            self._find(transfer, batch, proxy)
        else:
            self._settle(transfer, batch, refused(transfer))

    def _find(self, transfer: Transfer, batch: Batch, host: str) -> None:
        """Look the name up that a transfer connects to, and then let it start."""
        assert self._resolver is not None
        job, asked_at = transfer.job, monotonic()

        def on_found(addresses: tuple[str, ...] | None) -> None:
            if self._driver is None or transfer not in batch.active or transfer.job is not job:
                return  # it was dropped meanwhile
            job.seconds += monotonic() - asked_at
            if addresses:
                transfer.start(addresses)
                self._driver.add(transfer.curl)
                self._driver.kick()
            else:
                self._settle(transfer, batch, unresolved(transfer, addresses))

        self._resolver.find(host, on_found)

    def _transfer_for(self, job: Job) -> Transfer:
        """Return a handle of the pool or, for a request that needs more, one of its own."""
        access = job.request.access
        if job.is_plain and self._idle:
            return self._idle.pop()
        options = self._constants | access_options(job) | form_options(job)
        way = self._route if access is None or access.proxy is None else route(access.proxy)
        return Transfer(self._settings, self._guard, options, way)

    def _on_done(self, curl: pycurl.Curl, code: int, text: str) -> None:
        transfer, batch = self._active[curl]
        host = transfer.job.target.host
        outcome: Outcome | None
        try:
            outcome = judge(transfer, code, text, settings=self._settings, now=self._now)
        except Exception as error:  # unanswered, the run would wait for it for ever
            log.exception("answer_unjudged feed=%s", without_password(transfer.job.request.url))
            detail = f"{type(error).__name__}: {error}"[:300]
            outcome = Failed(url=transfer.job.target.url, code="fetch.crash", detail=detail)
        if outcome is None:
            self._release(transfer, batch)
            batch.schedule.move(transfer.job, host)
            batch.notify()
        else:
            self._settle(transfer, batch, outcome)

    def _settle(self, transfer: Transfer, batch: Batch, outcome: Outcome) -> None:
        self._release(transfer, batch)
        batch.schedule.heed(transfer.job, outcome)
        batch.schedule.leave(transfer.job.target.host)
        batch.put(transfer.job.request, outcome)
        batch.notify()

    def _drop(self, transfer: Transfer, batch: Batch) -> None:
        if self._driver is not None and transfer.is_started:
            self._driver.remove(transfer.curl)
        self._release(transfer, batch)

    def _release(self, transfer: Transfer, batch: Batch) -> None:
        batch.active.discard(transfer)
        del self._active[transfer.curl]
        transfer.finish()
        if transfer.job.is_plain:
            self._idle.append(transfer)
        else:
            transfer.curl.close()
