"""store → select → render → publish: the site, from what is stored.

A page whose stamp has not moved is not made again; what has to be made is
written as it comes. Nothing here asks the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from time import perf_counter

from ecliptic.decide import duplicates
from ecliptic.flows.archive import archived, posts
from ecliptic.flows.duplicates import fold
from ecliptic.flows.edition import Edition, Plan
from ecliptic.flows.progress import Progress
from ecliptic.flows.rendering import Rendering
from ecliptic.flows.settling import settle
from ecliptic.flows.standing import alarms_of, signs_of
from ecliptic.flows.terms import filed
from ecliptic.flows.words import indexed
from ecliptic.model.codes import words
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.page import Artifact, Page, PlanetStatus
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedTwin, Summary
from ecliptic.publish import open_site
from ecliptic.select import pages, searches
from ecliptic.store import Store


def publish(
    site: Site, store: Store, *, now: datetime, progress: Progress, jobs: int = 0
) -> Summary:
    """Bring the published site up to date with what is stored.

    ``jobs`` is the number of processes that make pages, 0 for one a core. Raises
    ``RenderError`` for a theme that cannot be used and ``PublishError`` when the site
    cannot be written; the old site then stays as it was.
    """
    start = perf_counter()
    store.subscribe(site.subscriptions)
    feeds = _settled(site, store, now)
    twice = duplicates(feeds, store.share_entries, now)
    signs, newest = signs_of(site, store, feeds, now), _newest(site, store)
    listed = indexed(site, store, feeds)
    days, terms = archived(site, store, feeds), filed(site, store, feeds)
    found = store.searches().keep(searches(site), now)
    plan = Plan(
        site=site,
        feeds=tuple(feeds),
        duplicates=tuple(twice),
        newest=newest,
        signs=signs,
        listed=listed,
        days=days if days is None else tuple(days),
        terms=terms if terms is None else tuple(terms),
        status=_status(site, store, now),
    )
    edition = Edition(plan, store)
    wanted = (
        *pages(
            site,
            feeds,
            found,
            days=days,
            indexed=listed,
            terms=terms,
            posts=posts(site, store),
            social=edition.social.path if edition.social else "",
        ),
        *(edition.hosted.pages() if edition.hosted else ()),
        *edition.renderer.asset_pages(),
    )
    summary = Summary(duplicates=[_twin(found) for found in twice], failures=edition.undrawn)
    summary.alarms.extend(alarms_of(feeds))
    edition.renderer.list_pages(wanted)
    progress.begin("publish", len(wanted))
    published = open_site(site.output, site.publish_as)
    rendering = Rendering(plan, edition, jobs=jobs, summary=summary)
    changed = _changed(wanted, published.stamps(), rendering, progress)
    committed = published.commit(changed, [page.path for page in wanted])
    if site.hub:
        # Seen from what stands, so that a run stopped before this line loses nothing.
        _owe(site.hub, store, edition.renderer.topics(wanted, published.fingerprints()), now)
    progress.end("publish")
    summary.feeds.total = len(feeds)
    summary.pages.written = committed.written
    summary.pages.unchanged = committed.unchanged
    summary.pages.removed = committed.removed
    summary.bytes.written = committed.bytes_written
    summary.seconds["publish"] = perf_counter() - start
    return summary


def _settled(site: Site, store: Store, now: datetime) -> list[FeedState]:
    """Let time, settings and copies decide what is shown; return the feeds as they then stand.

    Copies come last: only what may be shown has copies that may not.
    """
    feeds, before = settle(site, store, now), store.revision()
    fold(site, store, now=now)
    return feeds if store.revision() == before else store.feeds()


def _status(site: Site, store: Store, now: datetime) -> PlanetStatus:
    return PlanetStatus(
        changed_at=store.changed_at(),
        now=now,
        entries=store.count(),
        pings=tuple(store.pings()) if site.hub else (),
        checks=store.last_checks(),
    )


def _newest(site: Site, store: Store) -> Mapping[int, datetime]:
    """Return when each feed wrote last, if an old template or the list of pages says it."""
    is_asked = any(template.activity_threshold for template in site.templates)
    if not is_asked and not (site.archive and site.link):
        return {}
    return store.newest_dates()


def _owe(hub: str, store: Store, topics: Mapping[str, str], now: datetime) -> None:
    """Note what the hub is to be told; ``topics`` has address and fingerprint of each feed."""
    from ecliptic.deliver import outbox  # noqa: PLC0415 - most planets have no hub

    known = store.pings()
    pings = outbox(known, hub=hub, topics=topics, now=now)
    if pings != known:
        store.write_pings(pings)


def _twin(found: Duplicate) -> FeedTwin:
    reason = found.reason
    return FeedTwin(url=found.url, other=found.other, why=words(reason.code, reason.params))


def _changed(
    wanted: Iterable[Page], stamps: Mapping[str, str], rendering: Rendering, progress: Progress
) -> Iterator[Artifact]:
    """Yield the pages whose stamp has moved, and those that follow the clock."""
    moved = {}
    for page in wanted:
        stamp = rendering.edition.stamp(page)
        if page.follows_clock or stamps.get(page.path) != stamp:
            moved[page.path] = (page, stamp)
        else:
            progress.page_done(page.path)
    for page, body in rendering.made([page for page, _ in moved.values()]):
        if body is not None:
            _, stamp = moved[page.path]
            yield Artifact(path=page.path, body=body, stamp=stamp, follows_clock=page.follows_clock)
        progress.page_done(page.path)
