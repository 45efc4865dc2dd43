"""How each feed stands, in words: the one page that moves with the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from ecliptic.model.codes import due_words, words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import Check, FeedState, FetchState
from ecliptic.model.move import Duplicate
from ecliptic.model.page import PlanetStatus, Shown
from ecliptic.model.site import Site, unchecked
from ecliptic.render.interface import noted_many
from ecliptic.render.view import FeedView, Views

State: TypeAlias = Literal[
    "quarantine", "dead", "gone", "failing", "waiting", "inactive", "well", "new", "paused"
]

_GONE = 410
_INACTIVE = "decide.inactive"
_LABELS: dict[State, str] = {
    "quarantine": noted_many("In quarantine"),
    "dead": noted_many("Dead"),
    "gone": noted_many("Gone"),
    "failing": noted_many("Failing"),
    "waiting": noted_many("Waiting"),
    "inactive": noted_many("Quiet"),
    "new": noted_many("Not asked yet"),
    "paused": noted_many("Paused"),
    "well": noted_many("Well"),
}


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """One feed. Times are as people read them, and ``""`` where there is none.

    The certificate of an ``insecure`` one is not checked. ``checks`` has a line
    for each of its last ones: when and why it was asked, what came, when next.
    """

    feed: FeedView
    state: State
    label: str
    problem: str
    failing_since: str
    failures: int
    last_success: str
    last_success_datetime: str
    last_check: str
    next_check: str
    alarm: str
    quiet_since: str
    stored: int
    shown: int
    hidden: tuple[str, ...]
    moved: str
    duplicate: str
    insecure: bool
    checks: tuple[str, ...]


class Census(msgspec.Struct, frozen=True, kw_only=True):
    """All feeds: those in trouble first, then in the operator's order; and how many of each.

    Labels are English; ``_()`` and ``ngettext()`` have those of the planet's language.
    """

    feeds: tuple[Health, ...]
    counts: tuple[tuple[State, str, int], ...]


def census(
    site: Site,
    feeds: Sequence[FeedState],
    front: Sequence[Shown],
    status: PlanetStatus,
    views: Views,
    *,
    duplicates: Sequence[Duplicate] = (),
    signs: Mapping[int, Reason],
) -> Census:
    """Say how all feeds stand; ``front`` is what the front page shows.

    ``signs`` has the feeds that are dead, silent or inactive, each with the reason.
    """
    twice = {found.feed_id: found.reason for found in duplicates}
    shown = Counter(entry.feed.id for entry in front)
    insecure = {feed.url for feed in unchecked(site.subscriptions)}
    found = [
        _health(
            feed,
            status.now,
            views,
            shown=shown[feed.id],
            duplicate=twice.get(feed.id),
            sign=signs.get(feed.id),
            insecure=feed.url in insecure,
            checks=status.checks.get(feed.id, ()),
        )
        for feed in feeds
    ]
    order = list(_LABELS)
    found.sort(key=lambda health: order.index(health.state))
    states = Counter(health.state for health in found)
    counts = tuple((state, _LABELS[state], states[state]) for state in order if states[state])
    return Census(feeds=tuple(found), counts=counts)


def state_of(feed: FeedState, now: datetime, sign: Reason | None = None) -> State:
    """Say in one word how a feed stands; ``sign`` is that it is dead, silent or inactive."""
    fetch = feed.fetch
    if feed.paused:
        return "paused"
    if feed.quarantine is not None:
        return "quarantine"
    if fetch.checked_at is None:
        return "new"
    return _of_asked(fetch, now, sign)


def _of_asked(fetch: FetchState, now: datetime, sign: Reason | None) -> State:
    if sign is not None and sign.code != _INACTIVE:
        return "dead"
    if fetch.code:
        return "gone" if fetch.status == _GONE else "failing"
    if fetch.retry_at and fetch.retry_at > now:
        return "waiting"
    return "inactive" if sign is not None else "well"


def _health(
    feed: FeedState,
    now: datetime,
    views: Views,
    *,
    shown: int,
    duplicate: Reason | None,
    sign: Reason | None,
    insecure: bool,
    checks: Sequence[Check],
) -> Health:
    fetch, state = feed.fetch, state_of(feed, now, sign)
    last_success, last_success_datetime = views.time(fetch.succeeded_at)
    return Health(
        feed=views.feed(feed),
        state=state,
        label=_LABELS[state],
        problem=words(fetch.code, {"detail": fetch.detail}) if fetch.code else "",
        failing_since=views.time(fetch.failing_since)[0],
        failures=fetch.failures,
        last_success=last_success,
        last_success_datetime=last_success_datetime,
        last_check=views.time(fetch.checked_at)[0],
        next_check=_next_check(feed, now, views),
        alarm=_told(feed.quarantine) or (_told(sign) if state == "dead" else ""),
        quiet_since=views.time(sign.at)[0] if sign and state == "inactive" else "",
        stored=feed.entries,
        shown=shown,
        hidden=hidden_words(feed),
        moved=_told(fetch.move.told()),
        duplicate=_told(duplicate),
        insecure=insecure,
        checks=tuple(_line(check, views) for check in checks),
    )


def _line(check: Check, views: Views) -> str:
    time, again = views.in_english(check.at), views.in_english(check.next_at)
    why, what = due_words(check.why), words(check.code, {"detail": check.detail})
    said = [f"{time}, {why}: {what}" if why else f"{time}: {what}"]
    if check.detail and check.detail not in what:
        said.append(check.detail)
    if check.status and str(check.status) not in what:
        said.append(str(check.status))
    if check.received:
        said.append(f"{_size(check.received)} in {check.seconds:.2f} s")
    if check.new or check.changed:
        said.append(f"{check.new} new, {check.changed} changed")
    line = ", ".join(said)
    return f"{line}; next {again}" if again else line


def _size(count: int) -> str:
    if count < 10_000:  # noqa: PLR2004 - so many are still read at a glance
        return f"{count:,} bytes"
    return f"{count / 1000:,.0f} kB"


def _told(reason: Reason | None) -> str:
    return words(reason.code, reason.params) if reason else ""


def hidden_words(feed: FeedState) -> tuple[str, ...]:
    """Say how many entries no page shows, and why."""
    return tuple(
        _count_words(code, count) for code, count in sorted(feed.hidden.items()) if count > 0
    )


def _count_words(code: str, count: int) -> str:
    counted = words(f"{code}.count", {"count": count})
    return counted if counted != f"{code}.count" else f"{count}: {words(code)}"


def _next_check(feed: FeedState, now: datetime, views: Views) -> str:
    fetch = feed.fetch
    if feed.paused:
        return words("decide.paused")
    if fetch.next_reason is None or fetch.next_at is None or fetch.next_at <= now:
        return words("decide.next_run")
    until = views.in_english(fetch.next_at)
    return words(fetch.next_reason.code, {**fetch.next_reason.params, "until": until})
