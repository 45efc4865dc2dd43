"""What a run did, in the shape that ``--json`` prints."""

from __future__ import annotations

from datetime import datetime

import msgspec


class FeedCounts(msgspec.Struct, kw_only=True):
    """Feeds by what came of them in this run."""

    total: int = 0
    fetched: int = 0
    not_modified: int = 0
    failed: int = 0
    skipped: int = 0


class EntryCounts(msgspec.Struct, kw_only=True):
    """Entries by what was decided; ``hidden`` are those of this run that no page shows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    hidden: int = 0


class PageCounts(msgspec.Struct, kw_only=True):
    """Files of the site."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


class ByteCounts(msgspec.Struct, kw_only=True):
    """Bytes received from feeds, and written to the site."""

    received: int = 0
    written: int = 0


class FeedFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, entry or page that failed, for the list at the end of a run."""

    where: str
    code: str
    detail: str = ""


class FeedMove(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that is asked at another address from this run on; ``why`` in words."""

    url: str
    to: str
    code: str
    why: str


class FeedTwin(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription that is the same feed as an ``other`` one; ``why`` in words."""

    url: str
    other: str
    why: str


class FeedAlarm(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that may have been taken over, or that is back after long; ``why`` in words."""

    url: str
    code: str
    why: str


class Untold(msgspec.Struct, frozen=True, kw_only=True):
    """A feed of ours whose change the hub would not hear of in this run; ``why`` in words.

    ``next_at`` is when it is tried again, ``None`` if it was given up.
    """

    topic: str
    code: str
    why: str
    next_at: datetime | None = None


class HubSummary(msgspec.Struct, kw_only=True):
    """What the planet's hub was told in this run, and what it has still not been told."""

    told: int = 0
    waiting: int = 0
    given_up: int = 0
    untold: list[Untold] = msgspec.field(default_factory=list)


class Summary(msgspec.Struct, kw_only=True):
    """Counts of one run; ``seconds`` is wall time by stage."""

    feeds: FeedCounts = msgspec.field(default_factory=FeedCounts)
    entries: EntryCounts = msgspec.field(default_factory=EntryCounts)
    pages: PageCounts = msgspec.field(default_factory=PageCounts)
    bytes: ByteCounts = msgspec.field(default_factory=ByteCounts)
    seconds: dict[str, float] = msgspec.field(default_factory=dict)
    failures: list[FeedFailure] = msgspec.field(default_factory=list)
    moves: list[FeedMove] = msgspec.field(default_factory=list)
    duplicates: list[FeedTwin] = msgspec.field(default_factory=list)
    alarms: list[FeedAlarm] = msgspec.field(default_factory=list)
    hub: HubSummary = msgspec.field(default_factory=HubSummary)

    def spend(self, stage: str, seconds: float) -> None:
        """Add to the time of a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds


def together(refreshed: Summary, published: Summary, told: Summary) -> Summary:
    """Return what all parts of a build did, as one."""
    return Summary(
        feeds=refreshed.feeds,
        entries=refreshed.entries,
        pages=published.pages,
        bytes=ByteCounts(received=refreshed.bytes.received, written=published.bytes.written),
        seconds={**refreshed.seconds, **published.seconds, **told.seconds},
        failures=[*refreshed.failures, *published.failures],
        moves=refreshed.moves,
        duplicates=published.duplicates,
        alarms=_once(refreshed.alarms, published.alarms),
        hub=told.hub,
    )


def _once(now: list[FeedAlarm], standing: list[FeedAlarm]) -> list[FeedAlarm]:
    told = {(alarm.url, alarm.code) for alarm in now}
    return [*now, *(alarm for alarm in standing if (alarm.url, alarm.code) not in told)]
