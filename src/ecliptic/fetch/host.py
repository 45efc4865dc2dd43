"""What one host is asked: how much at a time, how fast, and when no more.

Rules over values alone. A host is the name or address in a feed's address,
exactly: what ``a.example`` says is nothing to ``b.a.example``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Final, NamedTuple

from ecliptic.fetch.guard import Guard
from ecliptic.fetch.job import Job
from ecliptic.model.outcome import Failed, Outcome
from ecliptic.model.site import FetchSettings

AT_ONCE: Final = 30
"""Requests of a run to one host that need no spacing: fewer than a browser makes for one page."""

FORGIVEN_AFTER: Final = 10
"""Answers after which a host that refused one feed is asked as before."""

GIVEN_UP_AFTER: Final = 3
"""Feeds for which no connection could be made, after which a host is not tried again in a run."""

_REFUSALS: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_SLOWER: Final = 4
_SLOW_AT_LEAST: Final = 1.0
_UNCONNECTED: Final = frozenset({"connection", "name"})


class Manners(NamedTuple):
    """How hosts are treated in a run that began at ``now``; times are in seconds.

    ``rest`` is for a host that wants to be left alone and does not say how
    long, ``longest_rest`` for one that says too long. ``is_own`` says of a host
    that it stands in a network of the operator's, and needs no spacing.
    """

    per_host: int
    spacing: float
    rest: float
    longest_rest: float
    now: datetime
    is_own: Callable[[str], bool] = lambda _host: False


def manners_of(settings: FetchSettings, now: datetime) -> Manners:
    """Return what the settings say about hosts."""
    return Manners(
        per_host=settings.connections_per_host,
        spacing=settings.host_spacing,
        rest=settings.min_interval,
        longest_rest=max(settings.max_interval, settings.min_interval),
        now=now,
        is_own=partial(_is_own, Guard(settings.allow_networks)),
    )


def _is_own(guard: Guard, host: str) -> bool:
    """Judge an address by itself, and of names only the one that every machine gives itself."""
    return guard.is_own("127.0.0.1" if host == "localhost" else host.strip("[]"))


def is_unreached(outcome: Outcome) -> bool:
    """Say whether a request ended before anything was asked of its host."""
    if not isinstance(outcome, Failed):
        return False
    is_late = outcome.code == "fetch.timeout" and outcome.detail in _UNCONNECTED
    return is_late or outcome.code == "fetch.connect"


class Host:
    """How one host stands in a run.

    ``ready_at`` is when the next request may start, by the caller's clock, and
    0.0 when at once. ``rests_until`` is set when nothing more is asked of the
    host in this run: the time at which it may be asked again.

    One refused feed (429, 503) only makes the host slower, and ten good answers
    undo it: a single feed, which may be anybody's at a shared host, keeps no
    other from being asked. When a second feed is refused before that, it is
    the host that wants to be left alone.

    A feed for which no connection can be made says nothing about itself: what it
    asks for was not even told. After three of them, with no other answer between
    them, the others at the same port are spared the wait.
    """

    __slots__ = (
        "_good",
        "_is_own",
        "_refused",
        "_started",
        "_unreached",
        "_wish",
        "active",
        "has_alarm",
        "ready_at",
        "rests_until",
        "waiting",
    )  # fmt: skip

    def __init__(self, *, is_own: bool = False) -> None:
        self._is_own = is_own
        self.active = 0
        self.has_alarm = False
        self.ready_at = 0.0
        self.rests_until: datetime | None = None
        self.waiting: deque[Job] | None = None
        self._started = 0
        self._refused = ""
        self._wish: datetime | None = None
        self._good = 0
        self._unreached: dict[int, set[str]] = {}

    def has_place(self, manners: Manners) -> bool:
        """Say whether a request more may be under way."""
        return self.active < (1 if self._refused else manners.per_host)

    def begin(self, now: float, manners: Manners) -> None:
        """Count a request that starts; ``now`` is of the caller's clock."""
        self.active += 1
        self._started += 1
        if self._refused or (self._started >= AT_ONCE and not self._is_own):
            self.ready_at = now + self._spacing(manners)

    def heed(self, feed: str, outcome: Outcome, now: float, manners: Manners) -> None:
        """Hear what the host answered to one of its own feeds."""
        if not isinstance(outcome, Failed) or outcome.status not in _REFUSALS:
            self._forgive(outcome)
            return
        wish = outcome.retry_at or manners.now + timedelta(seconds=manners.rest)
        if self._refused and self._refused != feed:
            latest = manners.now + timedelta(seconds=manners.longest_rest)
            self.rests_until = min(max(wish, self._wish or wish), latest)
        self._refused, self._wish, self._good = feed, wish, 0
        self._started = max(self._started, AT_ONCE)
        self.ready_at = now + self._spacing(manners)

    def heed_connecting(self, feed: str, port: int, outcome: Outcome) -> None:
        """Hear whether the host could be reached at a port."""
        if is_unreached(outcome):
            self._unreached.setdefault(port, set()).add(feed)
        elif self._unreached:
            self._unreached.pop(port, None)

    def is_given_up(self, port: int) -> bool:
        """Say whether nothing more is asked at a port in this run."""
        return bool(self._unreached) and len(self._unreached.get(port, ())) >= GIVEN_UP_AFTER

    def _forgive(self, outcome: Outcome) -> None:
        if not self._refused or (isinstance(outcome, Failed) and not outcome.status):
            return  # no answer is not a good one
        self._good += 1
        if self._good >= FORGIVEN_AFTER:
            self._refused, self._wish = "", None

    def _spacing(self, manners: Manners) -> float:
        if self._refused:
            return max(_SLOWER * manners.spacing, _SLOW_AT_LEAST)
        return manners.spacing
