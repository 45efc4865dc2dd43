"""Whose turn it is: many hosts at once, few requests to each, and not too fast."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from time import monotonic
from typing import Final, TypeAlias

from ecliptic.fetch.host import Host, Manners
from ecliptic.fetch.job import Job
from ecliptic.model.outcome import Held, Outcome

Hold: TypeAlias = Callable[[Job, Held], None]
"""Is told of a job that is not asked."""

# How many jobs may wait for busy hosts before the source is read no further.
_MOST_WAITING: Final = 4_096


class Schedule:
    """Gives out jobs as the manners want it for each host.

    Jobs are taken from ``source`` only when one is asked for. A job whose host
    is busy waits, and the next of another host goes before it. A job whose host
    rests is given to ``hold``.
    """

    def __init__(
        self,
        source: Iterator[Job],
        *,
        manners: Manners,
        hold: Hold,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._source = source
        self._manners = manners
        self._hold = hold
        self._clock = clock
        self._is_exhausted = False
        self._hosts: dict[str, Host] = {}
        self._waiting_count = 0
        self._runnable: deque[Job] = deque()
        self._alarms: list[tuple[float, int, Host]] = []
        self._numbers = count()

    @property
    def is_finished(self) -> bool:
        """Whether the last job was given out."""
        return self._is_exhausted and not self._runnable and not self._waiting_count

    @property
    def next_at(self) -> float | None:
        """When a job may start that waits for nothing but the time, if there is one."""
        return self._alarms[0][0] if self._alarms else None

    def take(self) -> Job | None:
        """Return a job that may start, or ``None`` when there is none now."""
        if self._alarms:
            self._ring()
        if self._runnable:
            return self._runnable.popleft()
        while not self._is_exhausted and self._waiting_count < _MOST_WAITING:
            job = next(self._source, None)
            if job is None:
                self._is_exhausted = True
            elif self._enter(job):
                return job
        return None

    def leave(self, name: str) -> None:
        """Free the place that a job had at the host ``name``; the next one there may run."""
        host = self._host(name)
        host.active -= 1
        if host.waiting:
            self._advance(host)

    def move(self, job: Job, name: str) -> None:
        """Let a job that left the host ``name`` go on at the host of its new target."""
        self.leave(name)
        if self._enter(job):
            self._runnable.append(job)

    def heed(self, job: Job, outcome: Outcome) -> None:
        """Hear what came of a job; what waits for a host that has enough is held back.

        Only feeds that are at the host themselves speak for it: where a
        redirect leads says nothing about the feeds that are subscribed there.
        """
        if job.target.host != job.home:
            return
        host = self._host(job.home)
        host.heed(job.request.url, outcome, self._clock(), self._manners)
        if job.goes_the_usual_way:
            host.heed_connecting(job.request.url, job.target.port, outcome)
        if not host.waiting or not (host.rests_until or host.is_given_up(job.target.port)):
            return
        waiting, host.waiting = host.waiting, deque()
        for other in waiting:
            if self._is_held(other, host):
                self._waiting_count -= 1
            else:
                host.waiting.append(other)

    def _host(self, name: str) -> Host:
        name = name.rstrip(".")  # "a.example." is "a.example"
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(is_own=self._manners.is_own(name))
        return host

    def _enter(self, job: Job) -> bool:
        host = self._host(job.target.host)
        if self._is_held(job, host):
            return False
        if not host.waiting and self._may_begin(host):
            host.begin(self._clock(), self._manners)
            return True
        if host.waiting is None:
            host.waiting = deque()
        host.waiting.append(job)
        self._waiting_count += 1
        return False

    def _is_held(self, job: Job, host: Host) -> bool:
        """Hold a job back whose host wants to be left alone, or cannot be reached."""
        until, is_unreached = host.rests_until, False
        if until is None and host.is_given_up(job.target.port) and job.goes_the_usual_way:
            # Nothing was asked of it, so it is not owed as much as one that refuses.
            until = self._manners.now + timedelta(seconds=self._manners.rest / 2)
            is_unreached = True
        if until is None:
            return False
        held = Held(
            url=job.target.url,
            until=until,
            is_unreached=is_unreached,
            received=job.received,
            seconds=job.seconds,
        )
        self._hold(job, held)
        return True

    def _advance(self, host: Host) -> None:
        """Let jobs run that wait for a host, as far as it has places and it is time."""
        while host.waiting and self._may_begin(host):
            host.begin(self._clock(), self._manners)
            self._runnable.append(host.waiting.popleft())
            self._waiting_count -= 1

    def _may_begin(self, host: Host) -> bool:
        """Say whether a job may start; if it only has to wait, an alarm will ring."""
        if not host.has_place(self._manners):
            return False
        if not host.ready_at or host.ready_at <= self._clock():
            return True
        if not host.has_alarm:
            host.has_alarm = True
            heappush(self._alarms, (host.ready_at, next(self._numbers), host))
        return False

    def _ring(self) -> None:
        now = self._clock()
        while self._alarms and self._alarms[0][0] <= now:
            host = heappop(self._alarms)[2]
            host.has_alarm = False
            self._advance(host)
