"""A page and its entries in, bytes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, assert_never

import msgspec
from markupsafe import Markup

from ecliptic import __version__
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.naming import feed_name
from ecliptic.model.outline import Outline
from ecliptic.model.page import Page, PlanetStatus, Shown, channel_stream
from ecliptic.model.results import Results
from ecliptic.model.site import Site
from ecliptic.model.statistics import Statistics
from ecliptic.model.words import IndexPart
from ecliptic.render.archive import archive_context
from ecliptic.render.atom import atom
from ecliptic.render.dates import Dates
from ecliptic.render.fingerprint import code_fingerprint, face_of, hash_of, shown_of, told_of
from ecliptic.render.health import census, hidden_words
from ecliptic.render.jsonfeed import jsonfeed
from ecliptic.render.lists import foafroll, opml
from ecliptic.render.naming import hub_address, language_tag, page_address, sorting_key
from ecliptic.render.publication import changed_at_of, is_pushed, publication
from ecliptic.render.rss10 import rss10
from ecliptic.render.rss20 import rss20
from ecliptic.render.sitemap import sitemap
from ecliptic.render.social_image import SocialImage, named_by_pages
from ecliptic.render.statistics import statistics_context
from ecliptic.render.status import status_json
from ecliptic.render.terms import browse_links, terms_context
from ecliptic.render.theme import ASSETS, TEMPLATES, Assets, Theme
from ecliptic.render.view import Images, Views, stream_view
from ecliptic.render.word_index import WordIndexWriter
from ecliptic.render.writer import html_bytes

if TYPE_CHECKING:
    from ecliptic.render.old_pages import OldPages

_NAMING_THE_HUB: Final = frozenset({"atom", "rss20", "jsonfeed"})

_OF_ALL: Final = frozenset(
    {"archive", "month", "day", "post", "terms", "term", "term_year", "search"}
)


def _nothing(page: Page) -> Statistics:
    del page
    return Statistics(months=())


class Renderer:
    """Makes the pages of one planet, in one run.

    Equal arguments give equal bytes. Only pages that follow the clock look at
    the time now.
    """

    def __init__(
        self,
        site: Site,
        theme: Theme,
        feeds: Sequence[FeedState],
        *,
        duplicates: Sequence[Duplicate] = (),
        newest: Mapping[int, datetime] | None = None,
        signs: Mapping[int, Reason] | None = None,
        words: WordIndexWriter | None = None,
        count: Callable[[Page], Statistics] = _nothing,
        picture: Callable[[str], bytes] | None = None,
        images: Images | None = None,
        social: SocialImage | None = None,
    ) -> None:
        """Take what all pages have in common; ``feeds`` come in the operator's order.

        ``newest`` has the time of each feed's newest entry, where old templates
        say which feeds are silent; ``signs`` has the feeds that are dead, silent
        or inactive, each with the reason; ``words`` makes the files of the index of words,
        ``count`` counts for the page of statistics, and ``picture`` has the bytes of those that
        the site serves itself; ``images`` says where those of entries stand, if our host
        serves them, and ``social`` is the picture that pages name for others to show.
        """
        self._social = social
        self._images = images
        self._count = count
        self._picture = picture
        self._words = words
        self._signs = signs or {}
        self._duplicates = duplicates
        self._newest = newest or {}
        self._listed = Outline(())
        self._site = site
        self._theme = theme
        self._feeds = {feed.id: feed for feed in feeds if not feed.hidden_feed}
        self._dates = Dates(site, theme.words)
        self._shared: dict[str, dict[str, Any]] = {}
        self._navigation: dict[str, Markup] = {}

    def asset_pages(self) -> tuple[Page, ...]:
        """Return the files that the theme brings along, as pages."""
        taken = {copied.path for copied in self._site.copies}
        unused = set() if self._site.search else {"search.js"}
        paths = (ASSETS + name for name in self._theme.assets.keys() - unused)
        return tuple(Page(path=path, kind="asset") for path in sorted(paths) if path not in taken)

    def render(
        self,
        page: Page,
        entries: Sequence[Shown],
        status: PlanetStatus,
        *,
        withheld: Sequence[Entry] = (),
    ) -> bytes:
        """Return the bytes of a page that shows ``entries``, and names those ``withheld``."""
        site, feeds = self._site, tuple(self._feeds.values())
        if page.stream or page.stretch:
            changed_at = changed_at_of(page, entries, status.changed_at)
            status = msgspec.structs.replace(status, changed_at=changed_at)
        match page.kind:
            case "index" | "titles" | "feed_page" | "feeds" | "channel":
                body = self._html(page, entries, status, withheld)
            case (
                "archive"
                | "month"
                | "day"
                | "search"
                | "search_part"
                | "terms"
                | "term"
                | "term_year"
                | "statistics"
                | "blogroll"
                | "post"
            ):
                body = self._of_all(page, entries)
            case "sitemap":
                body = sitemap(site, self._listed, status, self._newest)
            case "atom" | "rss20" | "rss10" | "jsonfeed":
                body = self._feed(page, entries, status)
            case "opml":
                body = opml(site, feeds)
            case "foafroll":
                body = foafroll(site, feeds)
            case "status":
                body = status_json(site, feeds, status, self._signs)
            case "asset" | "picture" | "social_image" | "copied" | "old_template":
                body = self._operators(page, entries, status)
            case _ as unreachable:
                assert_never(unreachable)
        return body

    def _feed(self, page: Page, entries: Sequence[Shown], status: PlanetStatus) -> bytes:
        """Return an output feed: the planet's, or that of one of its filters."""
        about = publication(self._site, page)
        if page.stretch:  # which is read from its oldest entry on
            entries = tuple(reversed(entries))
        match page.kind:
            case "atom":
                return atom(self._site, entries, status, about)
            case "rss20":
                return rss20(self._site, entries, status, about)
            case "jsonfeed":
                return jsonfeed(self._site, entries, status, about)
            case _:
                return rss10(self._site, entries, status)

    def _operators(self, page: Page, entries: Sequence[Shown], status: PlanetStatus) -> bytes:
        """Return what the operator's own files make, or a picture."""
        if page.kind == "asset":
            return self._theme.asset(page.path.removeprefix(ASSETS))
        if page.kind == "picture" and self._picture is not None:
            return self._picture(page.picture)
        if page.kind == "social_image" and self._social is not None:
            return self._social.make()
        return self._old.render(page, entries, status.changed_at)

    def list_pages(self, pages: Outline) -> None:
        """Take the pages that the site has, for the list of them."""
        self._listed = pages

    def topics(self, wanted: Outline, marks: Mapping[str, str]) -> dict[str, str]:
        """Return the public address of each page that names the hub, with its mark."""
        if not hub_address(self._site):
            return {}
        return {
            page_address(self._site, page.path): marks[page.path]
            for page in wanted.single
            if page.kind in _NAMING_THE_HUB and page.path in marks and is_pushed(page)
        }

    def fingerprint(self, page: Page, changed_at: datetime | None = None) -> bytes:
        """Return in few bytes what the page's bytes depend on beside itself and its entries."""
        if page.kind == "asset":
            return self._theme.asset_mark(page.path.removeprefix(ASSETS)).encode()
        if page.kind == "picture":
            return page.picture.encode()
        if page.kind == "social_image" and self._social is not None:
            return self._social.stamp.encode()
        if page.part is not None and self._words is not None:
            return repr(self._words.depends_on(page.part)).encode()
        return self._settings + self._parts(page, changed_at)

    @cached_property
    def of_sections(self) -> bytes:
        """Return what the pages of any section depend on beside its mark."""
        words = self._words
        index = words.depends_on(IndexPart(kind="entries")) if words else ""
        return self._settings + hash_of(self._theme.fingerprint, repr(index))

    def _parts(self, page: Page, changed_at: datetime | None) -> bytes:
        """Return what a page's bytes depend on beside the settings."""
        theme = self._theme.fingerprint.encode()
        match page.kind:
            case "feed_page":
                feed = self._feeds[page.feed_id]
                parts = theme + hash_of(face_of(feed), feed.entries, feed.hidden)
            case "statistics":
                counts = [(feed.entries, feed.hidden) for feed in self._feeds.values()]
                parts = theme + self._faces + hash_of(counts)
            case "index" | "titles" | "feeds" | "channel" | "blogroll":
                parts = theme + self._faces
            case "sitemap":
                parts = hash_of(told_of(self._listed))
            case "old_template" | "copied":
                parts = self._faces + hash_of(self._old.fingerprint(page, changed_at))
            case "atom" if page.stretch:
                parts = b""
            case "atom" | "rss20" | "jsonfeed" if page.feed_id:
                parts = hash_of(face_of(self._feeds[page.feed_id]))
            case _ if page.kind in _OF_ALL or page.term:  # which feeds it names, its mark knows
                parts = theme
            case _:
                parts = self._faces
        return parts

    @cached_property
    def _old(self) -> OldPages:
        """Return what older engines' templates make; few planets have any."""
        from ecliptic.render.old_pages import OldPages  # noqa: PLC0415 - see above

        return OldPages(self._site, tuple(self._feeds.values()), self._duplicates, self._newest)

    @cached_property
    def _settings(self) -> bytes:
        """Return what all pages depend on: the settings that they show, and the program."""
        social = self._social.mark if self._social else ""
        return hash_of(shown_of(self._site), social, code_fingerprint())

    @cached_property
    def _faces(self) -> bytes:
        """Return what pages show of all the feeds."""
        return hash_of([face_of(feed) for feed in self._feeds.values()])

    def _html(
        self,
        page: Page,
        entries: Sequence[Shown],
        status: PlanetStatus,
        withheld: Sequence[Entry],
    ) -> bytes:
        root = "../" * page.path.count("/")
        shared = self._share(root)
        views: Views = shared["views"]
        context = {**shared, "page": page, "canonical": page_address(self._site, page.path)}
        match page.kind:
            case "feed_page":
                context |= self._of_feed(self._feeds[page.feed_id], entries, views)
                context["withheld"] = [
                    views.withheld(entry, entry.hidden) for entry in withheld if entry.hidden
                ]
            case "feeds":
                feeds = tuple(self._feeds.values())
                context["census"] = census(
                    self._site,
                    feeds,
                    entries,
                    status,
                    views,
                    duplicates=self._duplicates,
                    signs=self._signs,
                )
                context["built"], context["built_datetime"] = views.time(status.now)
            case _:
                context["days"] = views.days(entries)
                context["updated"], context["updated_datetime"] = views.time(status.changed_at)
        context["channel"] = stream_view(page.stream, root) if page.stream else None
        if page.kind in {"index", "titles", "channel"}:
            context["subscriptions"] = self._subscriptions(root)
        return html_bytes(self._theme.render(TEMPLATES[page.kind], context))

    def _of_archive(self, page: Page, entries: Sequence[Shown]) -> bytes:
        root = "../" * page.path.count("/")
        shared = self._share(root)
        make = terms_context if page.taxonomy else archive_context
        context = {
            **shared,
            **make(page, entries, shared["plain_views"], self._dates, root),
            "page": page,
            "channel": stream_view(page.stream, root) if page.stream else None,
            "canonical": page_address(self._site, page.path),
        }
        return html_bytes(self._theme.render(TEMPLATES[page.kind], context))

    def _of_all(self, page: Page, entries: Sequence[Shown]) -> bytes:
        """Return what shows all entries, or helps to find them."""
        if page.part is not None and self._words is not None:
            return self._words.body(page.part)
        if page.kind == "search":
            return self.search_page(page)
        if page.kind in {"statistics", "blogroll"}:
            return self._of_feeds(page)
        if page.kind == "post":
            return self._of_post(page, entries[0])
        return self._of_archive(page, entries)

    def _of_post(self, page: Page, shown: Shown) -> bytes:
        """Return an entry's own page; the author's is the one that counts."""
        root = "../" * page.path.count("/")
        context = {**self._share(root), "page": page, "channel": None}
        context["entry"] = entry = self._share(root)["plain_views"].entry(shown)
        context["is_excerpt"] = self._site.entry_pages == "excerpt"
        context["noindex"] = not self._site.entry_index
        context["canonical"] = entry.link or page_address(self._site, page.path)
        return html_bytes(self._theme.render(TEMPLATES[page.kind], context))

    def _of_feeds(self, page: Page) -> bytes:
        """Return a page that lists all feeds: how much they write, or what they are."""
        shared, feeds = self._share(""), tuple(self._feeds.values())
        context = {**shared, "page": page, "channel": None}
        context["canonical"] = page_address(self._site, page.path)
        views: Views = shared["views"]
        if page.kind == "statistics":
            context |= statistics_context(self._count(page), feeds, views, self._dates, "")
        else:
            listed = sorted(feeds, key=lambda feed: sorting_key(feed_name(feed)))
            context["blogs"] = [views.feed(feed) for feed in listed]
        return html_bytes(self._theme.render(TEMPLATES[page.kind], context))

    def search_page(self, page: Page, results: Results | None = None) -> bytes:
        """Return the page that searches: by itself, or with the ``results`` of a server."""
        context = {**self._share(""), "page": page, "channel": None, "results": results}
        context["canonical"] = page_address(self._site, page.path)
        return html_bytes(self._theme.render("search.html", context))

    def _of_feed(
        self, feed: FeedState, entries: Sequence[Shown], views: Views
    ) -> dict[str, object]:
        return {
            "feed": views.feed(feed),
            "entries": [views.entry(shown) for shown in entries],
            "stored": feed.entries,
            "hidden": hidden_words(feed),
        }

    def _views(self, root: str, *, faces: bool) -> Views:
        posts = self._site.archive and self._site.entry_pages != "off"
        return Views(self._dates, root, faces=faces, images=self._images, posts=posts)

    def _share(self, root: str) -> dict[str, Any]:
        """Return what all pages at one depth have in common."""
        if root not in self._shared:
            site = self._site
            self._shared[root] = {
                "planet": site,
                "language": language_tag(site.language),
                "direction": self._theme.words.direction,
                "root": root,
                "views": self._views(root, faces=self._site.faces),
                # The archive shows no faces, which come and go.
                "plain_views": self._views(root, faces=False),
                "asset": Assets(self._theme, root),
                "social": named_by_pages(site, self._social),
                "hot_linked": site.images == "keep",
                "feed_count": len(self._feeds),
                "archive": f"{root}archive/index.html" if site.archive else "",
                "search": f"{root}search.html" if site.search else "",
                "channels": [stream_view(channel_stream(each), root) for each in site.channels],
                "browse": browse_links(site, root),
                "version": __version__,
            }
        return self._shared[root]

    def _subscriptions(self, root: str) -> Markup:
        """Return the list of all feeds, made once a run."""
        if root not in self._navigation:
            shared = self._share(root)
            views: Views = shared["views"]
            listed = sorted(self._feeds.values(), key=lambda feed: sorting_key(feed_name(feed)))
            context = {**shared, "feeds": [views.feed(feed) for feed in listed]}
            made = self._theme.render("subscriptions.html", context)
            self._navigation[root] = Markup(made)  # noqa: S704 - made by an escaping template
        return self._navigation[root]
