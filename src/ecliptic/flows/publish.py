"""store → select → render → publish: the site, from what is stored.

A page whose stamp has not moved is not made again; what has to be made is
written as it comes. Nothing here asks the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from ecliptic.decide import duplicates
from ecliptic.errors import EclipticError
from ecliptic.flows.archive import archived, posts
from ecliptic.flows.duplicates import fold
from ecliptic.flows.progress import Progress
from ecliptic.flows.settling import settle
from ecliptic.flows.shown import Shortening, newest_shown, with_copies
from ecliptic.flows.social import social_image
from ecliptic.flows.standing import alarms_of, signs_of
from ecliptic.flows.statistics import counting
from ecliptic.flows.terms import filed
from ecliptic.flows.words import index_writer, indexed
from ecliptic.log import get_logger
from ecliptic.model.archive import Stretch
from ecliptic.model.codes import words
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.page import Artifact, Page, PlanetStatus, Selection, Shown
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedFailure, FeedTwin, Summary
from ecliptic.publish import open_site
from ecliptic.render import Renderer, Theme
from ecliptic.render.fingerprint import encode
from ecliptic.select import pages, searches, window
from ecliptic.store import Store

if TYPE_CHECKING:
    from ecliptic.flows.hosted import HostedImages

log = get_logger(__name__)

_EXCERPT: Final = 500
"""Characters of an excerpt, where the settings name no other number."""

_MOST_WITHHELD: Final = 50
"""Hidden entries that the page of their feed names; `ecliptic entries list` has them all."""


def publish(site: Site, store: Store, *, now: datetime, progress: Progress) -> Summary:
    """Bring the published site up to date with what is stored.

    Raises ``RenderError`` for a theme that cannot be used and ``PublishError``
    when the site cannot be written; the old site then stays as it was.
    """
    start = perf_counter()
    store.subscribe(site.subscriptions)
    feeds = _settled(site, store, now)
    twice = duplicates(feeds, store.share_entries, now)
    signs = signs_of(site, store, feeds, now)
    newest = _newest(site, store)
    listed = indexed(site, store, feeds)
    hosted = _hosted(site, store)
    days = archived(site, store, feeds)
    terms = filed(site, store, feeds)
    social, undrawn = social_image(site)
    renderer = Renderer(
        site,
        Theme.load(site.theme, site.language),
        feeds,
        duplicates=twice,
        newest=newest,
        signs=signs,
        words=index_writer(site, store, feeds, listed),
        count=counting(site, store, days or (), terms or ()),
        picture=store.pictures().body,
        images=hosted,
        social=social,
    )
    found = store.searches().keep(searches(site), now)
    wanted = (
        *pages(
            site,
            feeds,
            found,
            days=days,
            indexed=listed,
            terms=terms,
            posts=posts(site, store),
            social=social.path if social else "",
        ),
        *(hosted.pages() if hosted else ()),
        *renderer.asset_pages(),
    )
    summary = Summary(duplicates=[_twin(found) for found in twice], failures=undrawn)
    summary.alarms.extend(alarms_of(feeds))
    renderer.list_pages(wanted)
    progress.begin("publish", len(wanted))
    published = open_site(site.output, site.publish_as)
    status = _status(site, store, now)
    edition = _Edition(
        store,
        feeds,
        renderer,
        Shortening(site),
        Shortening(_posting(site)),
        status=status,
        summary=summary,
        progress=progress,
    )
    changed = edition.changed(wanted, published.stamps())
    committed = published.commit(changed, [page.path for page in wanted])
    if site.hub:
        # Seen from what stands, so that a run stopped before this line loses nothing.
        _owe(site.hub, store, renderer.topics(wanted, published.fingerprints()), now)
    progress.end("publish")
    summary.feeds.total = len(feeds)
    summary.pages.written = committed.written
    summary.pages.unchanged = committed.unchanged
    summary.pages.removed = committed.removed
    summary.bytes.written = committed.bytes_written
    summary.seconds["publish"] = perf_counter() - start
    return summary


def _hosted(site: Site, store: Store) -> HostedImages | None:
    """Return the images that our host serves, if they do not stay where their authors put them."""
    if site.images == "keep":
        return None
    from ecliptic.flows.hosted import HostedImages  # noqa: PLC0415 - most planets keep them

    return HostedImages(site, store)


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


def _posting(site: Site) -> Site:
    """Return the settings by which an entry's own page shortens it."""
    return (
        replace(site, excerpt=site.excerpt or _EXCERPT) if site.entry_pages == "excerpt" else site
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


class _Edition:
    """The pages of one publishing run, made only where they may differ from what stands."""

    def __init__(
        self,
        store: Store,
        feeds: Sequence[FeedState],
        renderer: Renderer,
        shortening: Shortening,
        posting: Shortening,
        *,
        status: PlanetStatus,
        summary: Summary,
        progress: Progress,
    ) -> None:
        self._store = store
        self._feeds = {feed.id: feed for feed in feeds}
        self._renderer = renderer
        self._summary = summary
        self._progress = progress
        self._shortening = shortening
        self._posting = posting
        self._revision = store.revision()
        self._birth = store.birth()
        self._status = status
        self._selected: dict[Selection, tuple[Shown, ...]] = {}
        self._of_part: dict[Selection, tuple[Shown, ...]] = {}
        self._of_day: dict[Stretch, tuple[Shown, ...]] = {}

    def changed(self, wanted: Iterable[Page], stamps: Mapping[str, str]) -> Iterator[Artifact]:
        """Yield the pages whose stamp has moved, and those that follow the clock."""
        for page in wanted:
            stamp = self._stamp(page)
            if page.follows_clock or stamps.get(page.path) != stamp:
                body = self._render(page)
                if body is not None:
                    yield Artifact(
                        path=page.path, body=body, stamp=stamp, follows_clock=page.follows_clock
                    )
            self._progress.page_done(page.path)

    def _stamp(self, page: Page) -> str:
        """Return what the page's bytes depend on, the clock left aside."""
        entries: object = self._revision if page.selection or page.kind == "sitemap" else 0
        if page.feed_id:
            entries = self._feeds[page.feed_id].revision
        elif page.mark:
            entries = (page.mark, page.changed_at, page.stretch)
        shortened = self._shortening.mark if page.selection or page.stretch else ""
        seen = (page.kind, page.path, page.older, page.selection, entries, self._birth, shortened)
        made_of = self._renderer.fingerprint(page, self._status.changed_at)
        return blake2b(encode(seen) + made_of, digest_size=12).hexdigest()

    def _render(self, page: Page) -> bytes | None:
        """Render one page; a fault in one, unless it is the theme's, leaves it as it was."""
        start = perf_counter()
        try:
            return self._renderer.render(
                page, self._entries(page), self._status, withheld=self._withheld(page)
            )
        except EclipticError:
            raise
        except Exception as error:
            log.exception("page_failed page=%s", page.path)
            self._summary.failures.append(
                FeedFailure(where=page.path, code="render.failed", detail=repr(error)[:200])
            )
            return None
        finally:
            self._summary.spend("render", perf_counter() - start)

    def _withheld(self, page: Page) -> tuple[Entry, ...]:
        """Return the newest hidden entries of a feed's own page, for authors who miss them."""
        if page.kind != "feed_page" or not self._feeds[page.feed_id].hidden:
            return ()
        return tuple(islice(self._store.hidden(page.feed_id), _MOST_WITHHELD))

    def _entries(self, page: Page) -> tuple[Shown, ...]:
        if page.stretch is None:
            return self._select(page.selection)
        if page.uid:
            return self._post(page.stretch, page.uid)
        if page.term is None:
            found = self._store.archive().entries(page.stretch)
        else:
            found = self._store.terms().entries(page.term.row, page.stretch)
        return self._as_shown(self._of(found))

    def _of(self, found: Iterable[Entry]) -> tuple[Shown, ...]:
        return tuple(Shown(entry=entry, feed=self._feeds[entry.feed_id]) for entry in found)

    def _post(self, day: Stretch, uid: str) -> tuple[Shown, ...]:
        """Return one entry of a day, whose pages come one after the other."""
        if day not in self._of_day:
            found = self._of(self._store.archive().entries(day))
            self._of_day = {day: with_copies(self._store, self._feeds, found)}
        return self._posting.of(tuple(one for one in self._of_day[day] if one.entry.uid == uid))

    def _as_shown(self, chosen: tuple[Shown, ...]) -> tuple[Shown, ...]:
        return self._shortening.of(with_copies(self._store, self._feeds, chosen))

    def _select(self, selection: Selection | None) -> tuple[Shown, ...]:
        if selection is None:
            return ()
        is_of_part = selection.feed_id or selection.term
        selected = self._of_part if is_of_part else self._selected
        if selection not in selected:
            if is_of_part:  # its pages come one after the other
                selected.clear()
            stream = newest_shown(self._store, self._feeds, selection)
            selected[selection] = self._as_shown(window(stream, selection))
        return selected[selection]
