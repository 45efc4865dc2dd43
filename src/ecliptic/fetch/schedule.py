"""Whose turn it is: many hosts at once, few requests to each."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Final

from ecliptic.fetch.job import Job

# How many jobs may wait for busy hosts before the source is read no further.
_MOST_WAITING: Final = 4_096


class Schedule:
    """Gives out jobs so that no host has more than ``per_host`` at a time.

    Jobs are taken from ``source`` only when one is asked for. A job whose host
    is busy waits, and the next of another host goes before it.
    """

    def __init__(self, source: Iterator[Job], *, per_host: int) -> None:
        self._source = source
        self._per_host = per_host
        self._is_exhausted = False
        self._active: dict[str, int] = {}
        self._waiting: defaultdict[str, deque[Job]] = defaultdict(deque)
        self._waiting_count = 0
        self._runnable: deque[Job] = deque()

    @property
    def is_finished(self) -> bool:
        """Whether the last job was given out."""
        return self._is_exhausted and not self._runnable and not self._waiting_count

    def take(self) -> Job | None:
        """Return a job whose host has a place free, or ``None`` when there is none now."""
        if self._runnable:
            return self._runnable.popleft()
        while not self._is_exhausted and self._waiting_count < _MOST_WAITING:
            job = next(self._source, None)
            if job is None:
                self._is_exhausted = True
            elif self._enter(job):
                return job
        return None

    def leave(self, host: str) -> None:
        """Free the place that a job had at ``host``; the next one there may run."""
        waiting = self._waiting.get(host)
        if waiting:
            self._waiting_count -= 1
            self._runnable.append(waiting.popleft())
            if not waiting:
                del self._waiting[host]
        elif self._active[host] > 1:
            self._active[host] -= 1
        else:
            del self._active[host]

    def move(self, job: Job, host: str) -> None:
        """Let a job that left ``host`` go on at the host of its new target."""
        self.leave(host)
        if self._enter(job):
            self._runnable.append(job)

    def _enter(self, job: Job) -> bool:
        host = job.target.host
        active = self._active.get(host, 0)
        if active < self._per_host:
            self._active[host] = active + 1
            return True
        self._waiting[host].append(job)
        self._waiting_count += 1
        return False
