"""store → select → render: the pages of one publishing run, made from what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from ecliptic.flows.shown import Shortening, newest_shown, with_copies
from ecliptic.flows.social import social_image
from ecliptic.flows.statistics import counting
from ecliptic.flows.words import index_writer
from ecliptic.model.archive import ArchiveDay, Stretch
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.outline import Section
from ecliptic.model.page import Page, PlanetStatus, Selection, Shown
from ecliptic.model.site import Site
from ecliptic.model.terms import NEWEST, Term
from ecliptic.model.words import Indexed
from ecliptic.render import Renderer, Theme
from ecliptic.render.fingerprint import encode
from ecliptic.select import window
from ecliptic.store import Store

if TYPE_CHECKING:
    from ecliptic.flows.hosted import HostedImages

_EXCERPT: Final = 500
"""Characters of an excerpt, where the settings name no other number."""

_MOST_WITHHELD: Final = 50
"""Hidden entries that the page of their feed names; `ecliptic entries list` has them all."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found out before its first page: with what is stored, all that pages are made of.

    ``newest`` has the time of each feed's newest entry, and ``signs`` why a feed is dead,
    silent or inactive, by the feed's id. ``listed`` is how the index of words stands, ``days``
    which days have entries, and ``terms`` by what entries are browsed, where there is any.
    """

    site: Site
    feeds: tuple[FeedState, ...]
    duplicates: tuple[Duplicate, ...]
    newest: Mapping[int, datetime]
    signs: Mapping[int, Reason]
    listed: Indexed | None
    days: tuple[ArchiveDay, ...] | None
    terms: tuple[Term, ...] | None
    status: PlanetStatus


class Edition:
    """Makes the pages of a plan, and stamps them. Raises ``RenderError`` for an unusable theme."""

    def __init__(self, plan: Plan, store: Store) -> None:
        site, feeds = plan.site, plan.feeds
        self.hosted = _hosted(site, store)
        self.social, self.undrawn = social_image(site)
        compiled = Path(f"{site.state}.templates") if site.state else None
        self.theme = Theme.load(site.theme, site.language, compiled)
        self.renderer = Renderer(
            site,
            self.theme,
            feeds,
            duplicates=plan.duplicates,
            newest=plan.newest,
            signs=plan.signs,
            words=index_writer(site, store, feeds, plan.listed),
            count=counting(site, store, plan.days or (), plan.terms or ()),
            picture=store.pictures().body,
            images=self.hosted,
            social=self.social,
        )
        self._store = store
        self._feeds = {feed.id: feed for feed in feeds}
        self._status = plan.status
        self._shortening = Shortening(site)
        self._posting = Shortening(_posting(site))
        self._revision = store.revision()
        self._birth = store.birth()
        self._selected: dict[Selection, tuple[Shown, ...]] = {}
        self._of_part: dict[Selection, tuple[Shown, ...]] = {}
        self._of_day: dict[Stretch, tuple[Shown, ...]] = {}

    def stamp(self, page: Page) -> str:
        """Return what the page's bytes depend on, the clock left aside; it holds for its path."""
        entries: object = self._revision if page.selection or page.kind == "sitemap" else 0
        if page.feed_id:
            entries = self._feeds[page.feed_id].revision
        elif page.mark:
            entries = (page.mark, page.changed_at, page.stretch)
        shortening = self._posting if page.uid else self._shortening
        shortened = shortening.mark if page.selection or page.stretch else ""
        seen = (page.kind, page.path, page.older, page.selection, entries, self._birth, shortened)
        made_of = self.renderer.fingerprint(page, self._status.changed_at)
        return blake2b(encode(seen) + made_of, digest_size=12).hexdigest()

    def stamp_of(self, section: Section) -> str:
        """Return what the stamps of all the pages of a section depend on."""
        seen = (section.name, section.mark, self._birth, self._shortening.mark)
        return blake2b(encode(seen) + self.renderer.of_sections, digest_size=12).hexdigest()

    def render(self, page: Page) -> bytes:
        """Return the bytes of a page; whatever the theme or a page of the operator's raises."""
        entries, withheld = self._entries(page), self._withheld(page)
        return self.renderer.render(page, entries, self._status, withheld=withheld)

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
        if selection.term and selection.limit < NEWEST:  # its feeds show the first of its page
            return self._select(replace(selection, limit=NEWEST))[: selection.limit]
        is_of_part = selection.feed_id or selection.term
        selected = self._of_part if is_of_part else self._selected
        if selection not in selected:
            if is_of_part:  # its pages come one after the other
                selected.clear()
            stream = newest_shown(self._store, self._feeds, selection)
            selected[selection] = self._as_shown(window(stream, selection))
        return selected[selection]


def _hosted(site: Site, store: Store) -> HostedImages | None:
    """Return the images that our host serves, if they do not stay where their authors put them."""
    if site.images == "keep":
        return None
    from ecliptic.flows.hosted import HostedImages  # noqa: PLC0415 - most planets keep them

    return HostedImages(site, store)


def _posting(site: Site) -> Site:
    """Return the settings by which an entry's own page shortens it."""
    return (
        replace(site, excerpt=site.excerpt or _EXCERPT) if site.entry_pages == "excerpt" else site
    )
