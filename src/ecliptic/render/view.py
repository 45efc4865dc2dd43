"""What templates see: entries and feeds, ready to be shown.

Here, and nowhere else, markup is marked as safe for templates: the three
fields of an entry that ``clean`` made. All other text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Protocol
from zlib import crc32

import msgspec
from markupsafe import Markup

from ecliptic.model.codes import words
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import Also, Shown, Stream
from ecliptic.model.paths import FACES, feed_page_path, post_path
from ecliptic.model.picture import Picture
from ecliptic.model.text import SafeHTML
from ecliptic.render.dates import Dates, rfc3339
from ecliptic.render.naming import author_names, feed_link, language_tag, web_address
from ecliptic.render.unmade import when_asked

_HUES = 12
_LARGEST_FACE = 48
"""Pixels of the longer side, where no style sheet says more."""

_UNNAMED = frozenset(
    {"decide.dated_later", "decide.dated_never", "decide.hidden_by_hand", "decide.quarantine"}
)
"""What is hidden for these reasons is not to be read even as a title."""


class FaceView(msgspec.Struct, frozen=True, kw_only=True):
    """The picture of a feed: its place, seen from the page, and the pixels that it takes."""

    path: str
    width: int
    height: int


class FeedView(msgspec.Struct, frozen=True, kw_only=True):
    """A feed. ``path`` is its own page; ``home`` its site, or that page while none is known.

    ``hue`` is a number from 0 to 11 that stays with the feed, for colours. ``face`` is the
    picture beside its name, where there is one and the page shows it.
    """

    name: str
    home: str
    link: str
    url: str
    path: str
    subtitle: str
    language: str
    icon: str
    hue: int
    extra: dict[str, str]
    face: FaceView | None = None


class Medium(msgspec.Struct, frozen=True, kw_only=True):
    """A sound, film or picture that belongs to an entry: ``kind`` names the element."""

    kind: str
    url: str
    type: str


class AlsoView(msgspec.Struct, frozen=True, kw_only=True):
    """Another feed that carries an entry, and where: its own copy of it, else its site."""

    feed: FeedView
    link: str


class EntryView:
    """An entry. ``body`` is its content, else its summary; ``permalink`` is never empty.

    ``page`` is its own page on this site, if it has one.
    ``title``, ``body``, ``content`` and ``summary`` are markup; the rest is text. What a list
    of titles does not ask for is not made.
    """

    def __init__(self, shown: Shown, views: Views) -> None:
        """Take an entry, and by what it is seen."""
        entry = shown.entry
        self.feed = feed = views.feed(shown.feed)
        self.uid = entry.uid
        self.title = title_markup(entry)
        self.title_text = entry.title
        self.link = web_address(entry.link)
        self.permalink = self.link or f"{feed.path}#{entry.uid}"
        self.language = language_tag(entry.language) or feed.language
        self.author = author_names(entry.authors)
        self.date, self.datetime = views.time(entry.shown_at)
        self.page = views.page(entry)
        self.categories = entry.categories
        self.rights = entry.rights
        self._shown = shown
        self._views = views

    def __repr__(self) -> str:
        return f"<entry {self.uid}>"

    @when_asked
    def body(self) -> Markup:
        """Return the content, or what stands for it."""
        return self.content if self._shown.entry.content else self.summary

    @when_asked
    def content(self) -> Markup:
        """Return all that the author wrote, where the feed has it."""
        return self._views.markup(self._shown.entry.content)

    @when_asked
    def summary(self) -> Markup:
        """Return what the author says the entry is about."""
        return self._views.markup(self._shown.entry.summary)

    @when_asked
    def day(self) -> str:
        """Return the heading of its day."""
        return self._views.heading(self._shown.entry)

    @when_asked
    def media(self) -> tuple[Medium, ...]:
        """Return sounds, films and pictures that the body does not show already."""
        return tuple(self._views.media(self._shown.entry))

    @when_asked
    def also(self) -> tuple[AlsoView, ...]:
        """Return who else carries it."""
        return tuple(self._views.also(copy) for copy in self._shown.also)

    @when_asked
    def comments(self) -> str:
        """Return where readers answer."""
        return web_address(self._shown.entry.comments)


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that no page shows; ``why`` says so in words, and how it can be shown.

    ``title`` is ``""`` where not even that is to be seen.
    """

    uid: str
    title: str
    language: str
    date: str
    datetime: str
    why: str


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of one feed, with no other's between them."""

    feed: FeedView
    entries: tuple[EntryView, ...]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the planet's timezone, and what was published in it."""

    heading: str
    date: str
    runs: tuple[Run, ...]


class StreamView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a stream, and its output feeds, seen from the page that is made."""

    name: str
    path: str
    atom: str
    rss: str
    json: str


def stream_view(stream: Stream, root: str) -> StreamView:
    """Return the view of a stream; ``root`` leads to the site's top."""
    folder = f"{root}{stream.folder}/"
    return StreamView(
        name=stream.name,
        path=root + stream.home,
        atom=f"{folder}atom.xml",
        rss=f"{folder}rss20.xml",
        json=f"{folder}feed.json",
    )


class Images(Protocol):
    """Where images of entries stand, if not where their authors put them."""

    def html(self, html: SafeHTML, root: str) -> SafeHTML:
        """Return markup with images of our host."""
        ...

    def address(self, url: str, root: str) -> str:
        """Return the place of an image, or ``""`` where we have none."""
        ...


class Views:
    """Makes views for pages at one depth: ``root`` leads from the page to the site's top.

    Without ``faces``, no feed has a picture; with ``images``, those of entries are ours; with
    ``posts``, each entry has a page of its own.
    """

    def __init__(
        self,
        dates: Dates,
        root: str,
        *,
        faces: bool = True,
        images: Images | None = None,
        posts: bool = False,
    ) -> None:
        self._posts = posts
        self._faces = faces
        self._images = images
        self._dates = dates
        self._root = root
        self._feeds: dict[int, FeedView] = {}

    def feed(self, feed: FeedState) -> FeedView:
        """Return the view of a feed."""
        if feed.id not in self._feeds:
            path = self._root + feed_page_path(feed)
            self._feeds[feed.id] = FeedView(
                name=feed_name(feed),
                home=feed_link(feed) or path,
                link=feed_link(feed),
                url=web_address(feed.url),
                path=path,
                subtitle=feed.info.subtitle,
                language=language_tag(feed.info.language),
                icon=web_address(feed.info.icon),
                hue=crc32(feed.url.encode("utf-8", "replace")) % _HUES,
                extra=feed.extra,
                face=self._face(feed.face) if feed.face and self._faces else None,
            )
        return self._feeds[feed.id]

    def _face(self, face: Picture) -> FaceView:
        shrunk = max(1.0, max(face.width, face.height) / _LARGEST_FACE)
        return FaceView(
            path=self._root + face.path(FACES),
            width=max(1, round(face.width / shrunk)),
            height=max(1, round(face.height / shrunk)),
        )

    def entry(self, shown: Shown) -> EntryView:
        """Return the view of an entry."""
        return EntryView(shown, self)

    def markup(self, html: SafeHTML) -> Markup:
        """Return markup of an entry as templates take it, with images of our host."""
        if self._images is not None:
            html = self._images.html(html, self._root)
        return Markup(html)  # noqa: S704 - SafeHTML; see the module's docstring

    def media(self, entry: Entry) -> Iterator[Medium]:
        """Yield the media of an entry that its body does not show already."""
        for medium in _media(entry, entry.content or entry.summary):
            if medium.kind != "img" or self._images is None:
                yield medium
            elif place := self._images.address(medium.url, self._root):
                yield msgspec.structs.replace(medium, url=place)

    def page(self, entry: Entry) -> str:
        """Return the place of an entry's own page, if it has one."""
        return self._root + post_path(self._day_of(entry), entry.uid) if self._posts else ""

    def heading(self, entry: Entry) -> str:
        """Return the heading of an entry's day."""
        return self._dates.of_day(self._day_of(entry))

    def _day_of(self, entry: Entry) -> date:
        return self._dates.local(entry.shown_at).date()

    def withheld(self, entry: Entry, reason: Reason) -> Withheld:
        """Return the view of a hidden entry."""
        return Withheld(
            uid=entry.uid,
            title="" if reason.code in _UNNAMED else entry.title,
            language=language_tag(entry.language),
            date=self._dates.long(entry.shown_at),
            datetime=rfc3339(entry.shown_at),
            why=words(reason.code, reason.params),
        )

    def also(self, copy: Also) -> AlsoView:
        """Return the view of another feed that carries an entry."""
        feed = self.feed(copy.feed)
        return AlsoView(feed=feed, link=web_address(copy.link) or feed.home)

    def days(self, entries: Sequence[Shown]) -> tuple[Day, ...]:
        """Group entries: by day, and within a day by runs of one feed."""
        days = groupby(entries, key=lambda shown: self._day_of(shown.entry))
        return tuple(self._day(day, tuple(shown)) for day, shown in days)

    def _day(self, day: date, entries: Sequence[Shown]) -> Day:
        runs = groupby(entries, key=lambda shown: shown.feed.id)
        return Day(
            heading=self._dates.day(entries[0].entry.shown_at),
            date=day.isoformat(),
            runs=tuple(self._run(shown) for _, shown in runs),
        )

    def _run(self, entries: Iterable[Shown]) -> Run:
        views = tuple(self.entry(shown) for shown in entries)
        return Run(feed=views[0].feed, entries=views)

    def time(self, time: datetime | None) -> tuple[str, str]:
        """Return a time as people and as programs read it."""
        return (self._dates.long(time), rfc3339(time)) if time else ("", "")

    def in_english(self, time: datetime | None) -> str:
        """Return a time as it stands in an English sentence."""
        return self._dates.english.long(time) if time else ""


def title_markup(entry: Entry) -> Markup:
    """Return the title's markup; one with a link of its own cannot stand inside a link."""
    html: SafeHTML = entry.title_html
    if is_blank(entry.title):
        return Markup("")
    if not html.strip() or "<a" in html.lower():
        return Markup.escape(entry.title.strip())
    return Markup(html)  # noqa: S704 - SafeHTML


def _media(entry: Entry, body: str) -> Iterator[Medium]:
    """Yield what the body does not show already."""
    seen = set()
    for file in entry.enclosures:
        kind = _KINDS.get(file.type.partition("/")[0].lower(), "")
        if kind and web_address(file.url) and file.url not in seen and not _is_in(file.url, body):
            seen.add(file.url)
            yield Medium(kind=kind, url=file.url, type=file.type)
    has_picture = "<img" in body or any(medium in body for medium in ("<video", "<iframe"))
    if web_address(entry.image) and not has_picture and entry.image not in seen:
        yield Medium(kind="img", url=entry.image, type="")


_KINDS = {"audio": "audio", "video": "video", "image": "img"}


def _is_in(url: str, body: str) -> bool:
    return url in body or url.replace("&", "&amp;") in body
