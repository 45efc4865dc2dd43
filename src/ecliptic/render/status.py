"""``status.json``: what a monitor watches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from ecliptic.model.codes import words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.page import PlanetStatus
from ecliptic.model.ping import Ping
from ecliptic.model.site import Site
from ecliptic.render.dates import rfc3339
from ecliptic.render.health import state_of
from ecliptic.render.naming import web_address
from ecliptic.render.writer import utf8


def status_json(
    site: Site,
    feeds: Sequence[FeedState],
    status: PlanetStatus,
    signs: Mapping[int, Reason] | None = None,
) -> bytes:
    """Write ``status.json``."""
    signs = signs or {}
    states = [(feed, state_of(feed, status.now, signs.get(feed.id))) for feed in feeds]
    troubled = [feed for feed, _ in states if feed.fetch.code and not feed.paused]
    count = Counter(state for _, state in states)
    report: dict[str, object] = {
        "name": site.name,
        "changed_at": rfc3339(status.changed_at) if status.changed_at else None,
        "built_at": rfc3339(status.now),
        "entries": status.entries,
        "feeds": {
            "total": len(feeds),
            "failing": count["failing"],
            "gone": count["gone"],
            "dead": count["dead"],
            "quarantine": count["quarantine"],
            "paused": count["paused"],
        },
        "failing": [_failing(feed) for feed in troubled],
        "quarantine": [_held(feed) for feed in feeds if feed.quarantine and not feed.paused],
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


def _held(feed: FeedState) -> dict[str, object]:
    reason = feed.quarantine
    return {
        "name": feed_name(feed),
        "url": web_address(feed.url),
        "why": words(reason.code, reason.params) if reason else "",
        "since": rfc3339(reason.at) if reason else None,
    }
