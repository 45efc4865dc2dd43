"""store → deliver → fetch → store: the planet's hub is told which of its feeds changed.

What is owed was noted when the site was published; it stays in the outbox until
the hub has taken it, or has failed for days.
"""

from __future__ import annotations

from datetime import datetime
from time import perf_counter

from ecliptic.deliver import after, ping_request
from ecliptic.fetch import Client
from ecliptic.log import get_logger
from ecliptic.model.codes import words
from ecliptic.model.ping import Ping
from ecliptic.model.site import Site
from ecliptic.model.summary import HubSummary, Summary, Untold
from ecliptic.store import Store

log = get_logger(__name__)


async def tell_hub(site: Site, store: Store, *, now: datetime, user_agent: str) -> Summary:
    """Tell the hub what is due, and note what came of it; a hub that fails stops nothing."""
    pings = {ping.topic: ping for ping in store.pings()}
    due = [ping for ping in pings.values() if _is_due(ping, site.hub, now)]
    start, summary = perf_counter(), HubSummary()
    if due:
        async with Client(site.fetch, user_agent=user_agent, now=now) as client:
            requests = {ping_request(ping): ping for ping in due}
            async for answers in client.fetch_all(requests):
                for request, outcome in answers:
                    ping = after(requests[request], outcome, now)
                    pings[ping.topic] = ping
                    _count(summary, ping)
        store.write_pings(pings.values())
    summary.waiting = sum(ping.is_owed for ping in pings.values())
    summary.given_up = sum(ping.is_given_up for ping in pings.values())
    return Summary(hub=summary, seconds={"hub": perf_counter() - start})


def _is_due(ping: Ping, hub: str, now: datetime) -> bool:
    return ping.hub == hub and ping.next_at is not None and ping.next_at <= now


def _count(summary: HubSummary, ping: Ping) -> None:
    log.info("ping_sent topic=%s code=%s detail=%s", ping.topic, ping.code, ping.detail)
    if ping.code:
        why = words(ping.code, {"detail": ping.detail})
        untold = Untold(topic=ping.topic, code=ping.code, why=why, next_at=ping.next_at)
        summary.untold.append(untold)
    elif not ping.is_owed:
        summary.told += 1
