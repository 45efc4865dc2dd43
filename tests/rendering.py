"""What tests of selecting and rendering need: feeds, entries as shown, whole sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
from lxml import etree
from msgspec.structs import replace

from ecliptic.model.archive import ArchiveDay
from ecliptic.model.entry import Entry, FeedInfo
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.page import Page, PlanetStatus, Shown
from ecliptic.model.site import Site
from ecliptic.model.terms import NEWEST, Labels, Term, TermName, TermPart
from ecliptic.model.words import BLOCK, Indexed
from ecliptic.render import Renderer, SocialImage, Theme, WordIndexWriter
from ecliptic.select import pages, window
from ecliptic.select.filing import terms_of
from making import NOON, make_entry

SITE = Site(name="Planet Test", link="https://planet.example/", owner_name="Ann Owner")


def make_feed(number: int = 1, **fields: Any) -> FeedState:
    """Return the feed at place ``number`` of the operator's list, in good health."""
    values: dict[str, Any] = {
        "id": number,
        "url": f"https://blog{number}.example/feed",
        "position": number,
        "name": "",
        "link": "",
        "paused": False,
        "hidden_feed": False,
        "extra": {},
        "info": FeedInfo(title=f"Blog {number}", link=f"https://blog{number}.example/"),
        "fetch": FetchState(checked_at=NOON, succeeded_at=NOON, changed_at=NOON, status=200),
        "entries": 3,
        "hidden": {},
        "revision": 1,
    }
    return FeedState(**{**values, **fields})


def make_shown(number: int = 1, feed: FeedState | None = None, **fields: Any) -> Shown:
    """Return entry ``number`` of a feed, as a page shows it."""
    feed = feed or make_feed()
    return Shown(entry=make_entry(number, feed_id=feed.id, **fields), feed=feed)


def make_status(changed_at: datetime | None = NOON, **fields: Any) -> PlanetStatus:
    """Return the state of a planet an hour after it changed."""
    return PlanetStatus(
        **{"changed_at": changed_at, "now": NOON + timedelta(hours=1), "entries": 7, **fields}
    )


def render_site(
    site: Site = SITE,
    feeds: Sequence[FeedState] = (),
    shown: Iterable[Shown] = (),
    *,
    status: PlanetStatus | None = None,
    theme: str | Path = "",
) -> dict[str, bytes]:
    """Return every file of a site by its path."""
    newest = sorted(shown, key=lambda one: one.entry.shown_at, reverse=True)
    days = archive_days(newest) if site.archive else None
    indexed = index_of(newest) if site.search else None
    words = word_index(newest, feeds, indexed) if indexed else None
    renderer = Renderer(site, Theme.load(str(theme), site.language), feeds, words=words)
    terms = terms_among(site, newest) if site.browse else None
    wanted = pages(site, feeds, days=days, indexed=indexed, terms=terms)
    made = wanted + renderer.asset_pages()
    renderer.list_pages(made)
    return {
        page.path: renderer.render(page, selected(page, newest), status or make_status())
        for page in made
    }


def render_page(
    path: str,
    shown: Sequence[Shown] = (),
    *,
    site: Site = SITE,
    feeds: Sequence[FeedState] | None = None,
    status: PlanetStatus | None = None,
    theme: Theme | None = None,
    withheld: Sequence[Entry] = (),
    social: SocialImage | None = None,
) -> bytes:
    """Return one file of a site; its feeds are those of ``shown`` unless given."""
    known = feeds if feeds is not None else list({one.feed.id: one.feed for one in shown}.values())
    file = social.path if social else ""
    page = next(page for page in pages(site, known, social=file) if page.path == path)
    newest = sorted(shown, key=lambda one: one.entry.shown_at, reverse=True)
    renderer = Renderer(site, theme or default_theme(), known, social=social)
    return renderer.render(page, selected(page, newest), status or make_status(), withheld=withheld)


@cache
def default_theme() -> Theme:
    """Return the default theme, its templates compiled once for all tests."""
    return Theme.load()


class Rows:
    """Entries by number, as the store gives them to the index of words."""

    def __init__(self, newest: Sequence[Shown]) -> None:
        self._entries = dict(enumerate((one.entry for one in reversed(newest)), 1))

    def entries(self, first: int, last: int, feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream the entries of a stretch."""
        return self.some(range(first, last + 1), feeds)

    def some(self, numbers: Iterable[int], feeds: Collection[int]) -> Iterator[tuple[int, Entry]]:
        """Stream entries by their numbers."""
        found = ((number, self._entries.get(number)) for number in numbers)
        return ((number, one) for number, one in found if one and one.feed_id in feeds)

    def times(
        self, first: int, last: int, feeds: Collection[int]
    ) -> Iterator[tuple[int, datetime]]:
        """Stream where entries stand in time."""
        return ((number, one.shown_at) for number, one in self.entries(first, last, feeds))


def index_of(newest: Sequence[Shown], **fields: Any) -> Indexed:
    """Return how an index stands that has these entries as new ones."""
    blocks = {number // BLOCK: 1 for number in range(1, len(newest) + 1)}
    values: dict[str, Any] = {
        "edition": 1,
        "segments": (),
        "first_new": 1,
        "last": len(newest),
        "late": (),
        "blocks": blocks,
    }
    return Indexed(**{**values, **fields})


def word_index(
    newest: Sequence[Shown], feeds: Sequence[FeedState], indexed: Indexed
) -> WordIndexWriter:
    """Return what makes the files of an index."""
    by_id = {feed.id: feed for feed in feeds if not feed.hidden_feed}
    return WordIndexWriter(Rows(newest), indexed, by_id, {})


def archive_days(newest: Sequence[Shown]) -> list[ArchiveDay]:
    """Return the days of entries, as the store would count them in UTC."""
    counted = Counter(one.entry.shown_at.date() for one in newest)
    return [
        ArchiveDay(day=day, entries=count, edition=1, changed_at=NOON)
        for day, count in sorted(counted.items())
    ]


def terms_among(site: Site, newest: Sequence[Shown]) -> list[Term]:
    """Return the terms of entries, as the store would count them in UTC."""
    filed: dict[TermName, list[Entry]] = {}
    for one in newest:
        for name in _names(one, site):
            filed.setdefault(name, []).append(one.entry)
    ordered = sorted(filed.items(), key=lambda each: (each[0].taxonomy, each[0].key))
    found = [_term(row, name, entries) for row, (name, entries) in enumerate(ordered, 1)]
    return [term for term in found if term.entries >= site.browse_least]


def _term(row: int, name: TermName, entries: Sequence[Entry]) -> Term:
    counted = Counter(entry.shown_at.year for entry in entries)
    parts = tuple(
        TermPart(year=year, part=1, entries=count, edition=1, changed_at=NOON)
        for year, count in sorted(counted.items(), reverse=True)
    )
    count = len(entries)
    return Term(
        row=row, name=name, entries=count, edition=1, changed_at=NOON,
        parts=parts if count > NEWEST else (),
    )  # fmt: skip


def _names(one: Shown, site: Site) -> list[TermName]:
    entry = one.entry
    labels = Labels(
        feed_id=entry.feed_id,
        categories=entry.categories,
        authors=entry.authors,
        language=entry.language,
    )
    return terms_of(labels, site.browse, one.feed.info.language)


def selected(page: Page, newest: Sequence[Shown]) -> tuple[Shown, ...]:
    """Return what a page shows of all entries."""
    if page.term is not None:
        taxonomy = (page.term.name.taxonomy,)
        newest = [
            one for one in newest if page.term.name in _names(one, replace(SITE, browse=taxonomy))
        ]
    if page.stretch is not None:
        first, last = page.stretch.first, page.stretch.last
        of_days = [one for one in reversed(newest) if first <= one.entry.shown_at.date() <= last]
        skip, limit = page.stretch.skip, page.stretch.limit
        return tuple(of_days[skip : skip + limit if limit else None])
    if page.selection is None:
        return ()
    stream = (one for one in newest if page.feed_id in {0, one.feed.id})
    return window(stream, page.selection)


def read_html(data: bytes) -> etree._Element:
    """Read a page as browsers do; any parse error fails."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True)
    root: etree._Element = parser.parse(data, transport_encoding="utf-8").getroot()
    return root


def write_site(folder: Path, files: dict[str, bytes]) -> None:
    """Put a site on the disk."""
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
