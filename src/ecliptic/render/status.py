"""``status.json``: what a monitor watches."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.page import PlanetStatus
from ecliptic.model.ping import Ping
from ecliptic.model.site import Site
from ecliptic.render.dates import rfc3339
from ecliptic.render.health import state_of
from ecliptic.render.naming import web_address
from ecliptic.render.writer import utf8


def status_json(site: Site, feeds: Sequence[FeedState], status: PlanetStatus) -> bytes:
    """Write ``status.json``."""
    states = [(feed, state_of(site, feed, status.now)) for feed in feeds]
    troubled = [feed for feed, state in states if state in {"failing", "gone"}]
    report: dict[str, object] = {
        "name": site.name,
        "changed_at": rfc3339(status.changed_at) if status.changed_at else None,
        "built_at": rfc3339(status.now),
        "entries": status.entries,
        "feeds": {
            "total": len(feeds),
            "failing": sum(state == "failing" for _, state in states),
            "gone": sum(state == "gone" for _, state in states),
            "paused": sum(state == "paused" for _, state in states),
        },
        "failing": [_failing(feed) for feed in troubled],
    }
    if site.hub:
        report["hub"] = _hub(site.hub, status.pings)
    return utf8(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


def _hub(url: str, pings: Sequence[Ping]) -> dict[str, object]:
    untold = [ping for ping in pings if ping.hub == url and ping.code]
    return {
        "url": web_address(url),
        "waiting": sum(ping.hub == url and ping.is_owed for ping in pings),
        "given_up": sum(ping.is_given_up for ping in untold),
        "untold": [
            {
                "topic": web_address(ping.topic),
                "code": ping.code,
                "detail": ping.detail,
                "attempts": ping.attempts,
                "since": rfc3339(ping.owed_at),
                "next_at": rfc3339(ping.next_at) if ping.next_at else None,
            }
            for ping in untold
        ],
    }


def _failing(feed: FeedState) -> dict[str, object]:
    since = feed.fetch.failing_since
    return {
        "name": feed_name(feed),
        "url": web_address(feed.url),
        "code": feed.fetch.code,
        "detail": feed.fetch.detail,
        "failures": feed.fetch.failures,
        "since": rfc3339(since) if since else None,
    }
