"""How a site is brought up to date: a plan, the pages that have moved, and one commit.

A page whose stamp has not moved is not made again; what has to be made is
written as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from ecliptic.decide import duplicates
from ecliptic.flows.archive import archived, posts
from ecliptic.flows.duplicates import fold
from ecliptic.flows.edition import Edition, Plan
from ecliptic.flows.progress import Progress
from ecliptic.flows.renderers import Renderers
from ecliptic.flows.rendering import Rendering
from ecliptic.flows.settling import settle
from ecliptic.flows.standing import alarms_of, signs_of
from ecliptic.flows.state import state_of
from ecliptic.flows.terms import filed
from ecliptic.flows.words import indexed
from ecliptic.model.codes import words
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.outline import Outline
from ecliptic.model.page import Artifact, Page, PlanetStatus
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedTwin, Summary
from ecliptic.publish import Origin, PublishedSite, open_site
from ecliptic.select import pages, searches
from ecliptic.store import Store


def brought_up(
    site: Site, store: Store, renderers: Renderers, *, now: datetime, progress: Progress
) -> Summary:
    """Bring the published site up to date; ``flows.publish`` says what is raised."""
    published = open_site(site.output, site.publish_as)
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
    hosted = edition.hosted.pages() if edition.hosted else ()
    wanted = (
        pages(
            site,
            feeds,
            found,
            days=days,
            indexed=listed,
            terms=terms,
            posts=posts(site, store),
            social=edition.social.path if edition.social else "",
        )
        + hosted
        + edition.renderer.asset_pages()
    )
    summary = Summary(duplicates=[_twin(found) for found in twice], failures=edition.undrawn)
    summary.alarms.extend(alarms_of(feeds))
    edition.renderer.list_pages(wanted)
    paths = tuple(wanted.paths)
    progress.begin("publish", len(paths))
    rendering = Rendering(plan, edition, renderers=renderers, summary=summary)
    sections = {section.name: edition.stamp_of(section) for section in wanted.sections}
    moved = _moved(wanted, sections, published, edition)
    for path in paths:
        if path not in moved:
            progress.page_done(path)
    # As pages are made, sections of which one fails leave ``sections``; what is kept is the rest.
    changed = _changed(moved, sections, rendering, progress)
    committed = published.commit(changed, paths, Origin(state_of(store), sections))
    if site.hub:
        # Seen from what stands, so that a run stopped before this line loses nothing.
        _owe(site.hub, store, edition.renderer.topics(wanted, published.fingerprints()), now)
    progress.end("publish")
    summary.feeds.total = len(feeds)
    summary.pages.written = committed.written
    summary.pages.unchanged = committed.unchanged
    summary.pages.removed = committed.removed
    summary.bytes.written = committed.bytes_written
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


class _Moved(msgspec.Struct, frozen=True):
    """A page that is to be made, its new stamp, and the section that it is of."""

    page: Page
    stamp: str
    section: str = ""


def _moved(
    wanted: Outline,
    sections: Mapping[str, str],
    published: PublishedSite,
    edition: Edition,
) -> dict[str, _Moved]:
    """Return the pages that are to be made, by path.

    They are those whose stamp has moved, and those that follow the clock. Pages of a section are
    listed where its own stamp has moved, or one of them does not stand. Where nothing but the
    clock has moved, there is time to look at every file.
    """
    single = [_Moved(page, edition.stamp(page)) for page in wanted.single]
    folded = tuple(wanted.sections)

    def against(stamps: Mapping[str, str]) -> dict[str, _Moved]:
        unsure = [
            _Moved(page, edition.stamp(page), section.name)
            for section in folded
            if published.origin.sections.get(section.name) != sections[section.name]
            or not all(map(stamps.__contains__, section.paths))
            for page in section.pages()
        ]
        return {
            each.page.path: each
            for each in (*single, *unsure)
            if each.page.follows_clock or stamps.get(each.page.path) != each.stamp
        }

    moved = against(published.stamps())
    if all(each.page.follows_clock for each in moved.values()) and published.look():
        moved = against(published.stamps())
    return moved


def _changed(
    moved: Mapping[str, _Moved], sections: dict[str, str], rendering: Rendering, progress: Progress
) -> Iterator[Artifact]:
    """Yield the pages that have been made; one that could not be stays as it was.

    Its section is looked into again by the next run: it leaves ``sections``.
    """
    for page, body in rendering.made([each.page for each in moved.values()]):
        made = moved[page.path]
        if body is None:
            sections.pop(made.section, None)
        else:
            yield Artifact(
                path=page.path, body=body, stamp=made.stamp, follows_clock=page.follows_clock
            )
        progress.page_done(page.path)
