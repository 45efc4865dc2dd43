"""When a feed is asked again, and why then: the latest of all that ask us to wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from operator import attrgetter
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.decide.rhythm import hours_to_wait, rate_of
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState, FetchState, Hints, Pace
from ecliptic.model.outcome import Held

_BUSY: Final = "decide.host_busy"
_UNREACHED: Final = "decide.host_unreached"
_PUSHED: Final = "decide.next_pushed"
_GONE: Final = 410
_REFUSED: Final = frozenset({401, 403, 404, _GONE})
_HOUR: Final = 3_600.0
_DAY: Final = 24 * _HOUR
_LONGEST_FRESH: Final = 7 * _DAY
"""A server or feed may say that it changes rarely, but not by mistake for ever."""

_LONGEST_BACKOFF: Final = 7 * _DAY
_AT_LEAST_WHEN_REFUSED: Final = 6 * _HOUR
_SAFETY: Final = _DAY
"""A feed whose hub sends us what is new is asked that rarely, to see that the hub does."""

_UNKNOWN_NAME: Final = timedelta(days=30)
_REST: Final = 30 * _DAY
_SLACK: Final = 300.0
"""Seconds by which our own estimate, and only that, may be early: cron is never quite on time."""

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Wish(NamedTuple):
    at: datetime
    code: str
    params: dict[str, str | int]


_time: Final = attrgetter("at")


def skip_reason(feed: FeedState, now: datetime, *, force: bool = False) -> Reason | None:
    """Return why a feed is not to be asked now, or ``None`` when it is due.

    ``force`` passes over all but what the operator (paused) and the server
    (Retry-After, 410) said themselves.
    """
    if feed.paused:
        return Reason(code="decide.paused", at=now)
    fetch = feed.fetch
    if force:
        is_asked_to_wait = fetch.retry_at is not None and fetch.retry_at > now
        return Reason(code=_waiting_code(fetch), at=now) if is_asked_to_wait else None
    if fetch.next_at is not None and fetch.next_at > now:
        return fetch.next_reason
    # A run may begin later than the time that was chosen, and in such an hour.
    asleep = _outside_skipped(_Wish(now, "", {}), fetch.hints)
    return Reason(code=asleep.code, at=now) if asleep.code else None


def scheduled(state: FetchState, pace: Pace, now: datetime, *, url: str) -> FetchState:
    """Return ``state`` with the time of the next check; ``url`` spreads those of one moment."""
    wish = _after_failure(state, pace, now, url) if state.code else _after_success(state, pace, now)
    if state.retry_at is not None and state.retry_at > wish.at:
        wish = _Wish(state.retry_at, _waiting_code(state), {})
    wish = _outside_skipped(wish, state.hints)
    return replace(
        state,
        next_at=wish.at,
        next_reason=Reason(code=wish.code, at=now, params=wish.params),
    )


def resumed(feed: FeedState, pace: Pace, now: datetime) -> FeedState:
    """Return a feed as polling sees it: asked in its rhythm again when its hub sends no more."""
    fetch = feed.fetch
    waits_for_hub = fetch.next_reason is not None and fetch.next_reason.code == _PUSHED
    if not waits_for_hub or fetch.checked_at is None or fetch.push.is_relied_upon(now):
        return feed
    alone = replace(fetch, push=replace(fetch.push, until=None))
    return replace(feed, fetch=scheduled(alone, pace, fetch.checked_at, url=feed.url))


def held_back(state: FetchState, held: Held, now: datetime) -> FetchState:
    """Return ``state`` of a feed that was not asked for a reason of its host."""
    code = _UNREACHED if held.is_unreached else _BUSY
    wish = _outside_skipped(_Wish(held.until, code, {}), state.hints)
    return replace(state, next_at=wish.at, next_reason=Reason(code=code, at=now))


def was_held(state: FetchState) -> bool:
    """Say whether a feed waits only because it was held back."""
    return state.next_reason is not None and state.next_reason.code in {_BUSY, _UNREACHED}


def _after_success(state: FetchState, pace: Pace, now: datetime) -> _Wish:
    """Return the latest of what our own estimate, the server and the feed say."""
    wish = _own(state, pace, now)
    if state.push.is_relied_upon(now):
        wish = max(wish, _later(now, max(_SAFETY, pace.max_interval), _PUSHED), key=_time)
    if state.fresh_seconds:
        fresh = _later(now, min(state.fresh_seconds, _LONGEST_FRESH), "decide.next_fresh")
        wish = max(wish, fresh, key=_time)
    asked = max(state.hints.ttl_minutes * 60, state.hints.update_seconds)
    if asked:
        params: dict[str, str | int] = {"minutes": asked // 60}
        wish = max(
            wish, _later(now, min(asked, _LONGEST_FRESH), "decide.next_asked", params), key=_time
        )
    return wish


def _waiting_code(state: FetchState) -> str:
    return "decide.gone" if state.status == _GONE else "decide.wait"


def _own(state: FetchState, pace: Pace, now: datetime) -> _Wish:
    """Return when we would ask ourselves: as the feed's rhythm and the budget say."""
    floor, most = pace.min_interval, max(pace.max_interval, pace.min_interval)
    mean = rate_of(state.rhythm)
    hours = hours_to_wait(
        state.rhythm, pace.price, now, floor=floor / _HOUR, most=most / _HOUR, mean=mean
    )
    wait = hours * _HOUR
    early = min(_SLACK, wait / 10)
    if wait <= floor:
        return _later(now, wait - early, "decide.next_floor")
    code = "decide.next_ceiling" if wait >= most else "decide.next_rhythm"
    per_week = mean * 168
    rate = f"{per_week:.1f}" if per_week < 10 else f"{per_week:.0f}"  # noqa: PLR2004 - digits
    return _later(now, wait - early, code, {"rate": rate})


def _after_failure(state: FetchState, pace: Pace, now: datetime, url: str) -> _Wish:
    """Ask less and less often, but never stop: feeds come back."""
    params: dict[str, str | int] = {"failures": state.failures}
    since = state.failing_since or now
    if state.code == "fetch.dns" and now - since >= _UNKNOWN_NAME:
        return _later(now, _REST, "decide.suspended", params)
    base = pace.min_interval
    if state.status in _REFUSED:
        base = max(base, _AT_LEAST_WHEN_REFUSED)
    wait = min(base * 2.0 ** min(state.failures - 1, 20), max(_LONGEST_BACKOFF, base))
    if state.failures == 1:
        return _later(now, wait - min(_SLACK, wait / 10), "decide.next_backoff", params)
    return _later(now, wait * (1 + _jitter(url, state.failures)), "decide.next_backoff", params)


def _jitter(url: str, number: int) -> float:
    """Return a share from 0 to 0.1, the same for the same feed and number."""
    return blake2b(f"{url} {number}".encode("utf-8", "replace"), digest_size=1).digest()[0] / 2550


def _outside_skipped(wish: _Wish, hints: Hints) -> _Wish:
    """Move a time to the first hour at which the feed may be read (RSS 2.0, skipHours)."""
    if not hints.skip_hours and not hints.skip_days:
        return wish
    at = wish.at
    for _ in range(8 * 24):
        if at.hour not in hints.skip_hours and _DAYS[at.weekday()] not in hints.skip_days:
            break
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    else:
        return wish  # a feed that is never to be read does not mean it
    return wish if at == wish.at else _Wish(at, "decide.next_skipped", {})


def _later(
    now: datetime, seconds: float, code: str, params: dict[str, str | int] | None = None
) -> _Wish:
    return _Wish(now + timedelta(seconds=seconds), code, params or {})
