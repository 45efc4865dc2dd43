"""The planet as Venus gave it to templates of Genshi: what a feed reader's parser finds.

Titles and texts are plain until a template asks for their markup (``stream``, or
``Markup()`` around them). What is not known is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from markupsafe import Markup

from ecliptic import __version__
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Person
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render.dates import Dates, rfc3339
from ecliptic.render.guarded import Guarded, Moment, released
from ecliptic.render.naming import author_names, feed_iri, feed_link, language_tag, web_address
from ecliptic.render.variables import own_feed
from ecliptic.render.view import title_markup

_FEED_TYPE: Final = "application/atom+xml"


class VenusFeed:
    """Makes the values of one template; ``messages`` say what is wrong with which feed."""

    def __init__(
        self,
        site: Site,
        template: OldTemplate,
        feeds: Sequence[FeedState],
        messages: Mapping[int, str],
    ) -> None:
        self._site = site
        self._feeds = feeds
        self._messages = messages
        self._dates = Dates(msgspec.structs.replace(site, day_format=template.day_format))
        self._known: dict[int, dict[str, Any]] = {}

    def page(self, entries: Sequence[Shown], changed_at: datetime | None) -> dict[str, Any]:
        """Return ``feed``, ``feeds`` and ``entries``."""
        return {
            "feed": self._planet(changed_at),
            "feeds": list(map(self._feed, self._feeds)),
            "entries": list(self._entries(entries)),
        }

    def _planet(self, changed_at: datetime | None) -> dict[str, Any]:
        site, address = self._site, own_feed(self._site)
        kind = f"application/{'rss' if 'rss' in address else 'atom'}+xml"
        return {
            **_text("title", site.name),
            **_person(Person(name=site.owner_name, email=site.owner_email)),
            **self._time("updated", changed_at),
            "id": address or site.link,
            "link": site.link,
            "links": _links(("alternate", site.link, "text/html"), ("self", address, kind)),
            "generator": f"Ecliptic/{__version__}",
            "config": config_of(site),
        }

    def _feed(self, feed: FeedState) -> dict[str, Any]:
        if feed.id not in self._known:
            self._known[feed.id] = self._made(feed)
        return self._known[feed.id]

    def _made(self, feed: FeedState) -> dict[str, Any]:
        """Return a subscription, with the operator's keys by themselves and as ``planet_…``."""
        info, name = feed.info, feed_name(feed)
        link, address = feed_link(feed), web_address(feed.url)
        said = {"message": self._messages.get(feed.id, ""), "format": info.format}
        config = {**feed.extra, "name": name}
        return {
            **_text("title", info.title),
            **_text("subtitle", info.subtitle),
            **_text("rights", info.rights),
            **_person(info.authors[0] if info.authors else Person()),
            **self._time("updated", feed.fetch.changed_at),
            **{f"planet_{key}": value for key, value in {**config, **said}.items() if value},
            "id": feed_iri(feed),
            "link": link,
            "links": _links(("alternate", link, "text/html"), ("self", address, _FEED_TYPE)),
            "icon": web_address(info.icon),
            "logo": web_address(info.image),
            "language": language_tag(info.language),
            "generator": info.generator,
            "planet_bozo": "false",
            "config": config,
        }

    def _entries(self, entries: Sequence[Shown]) -> Iterator[dict[str, Any]]:
        """Yield the entries; a new day begins a new feed too."""
        day = feed = None
        for shown in entries:
            own_day = self._dates.local(shown.entry.shown_at).date()
            is_new_day = own_day != day
            is_new_feed = is_new_day or shown.feed.id != feed
            day, feed = own_day, shown.feed.id
            yield {
                **self._entry(shown),
                "new_date": self._dates.day(shown.entry.shown_at) if is_new_day else None,
                "new_feed": feed_iri(shown.feed) if is_new_feed else None,
            }

    def _entry(self, shown: Shown) -> dict[str, Any]:
        entry, feed = shown.entry, shown.feed
        language = language_tag(entry.language, feed.info.language)
        link = web_address(entry.link)
        author = entry.authors[0] if entry.authors else Person()
        title = "" if is_blank(entry.title) else entry.title
        return {
            **_text("title", title, title_markup(entry), language),
            **_markup("summary", entry.summary, language),
            **_text("rights", entry.rights),
            **_person(msgspec.structs.replace(author, name=author.name or feed_name(feed))),
            **self._time("updated", entry.shown_at),
            **self._time("published", entry.published),
            "authors": [_person(person)["author_detail"] for person in entry.authors],
            "content": [_detail(entry.content, Markup(entry.content), language)]  # noqa: S704 - SafeHTML
            if entry.content
            else [],
            "id": entry.id or link or entry.uid,
            "link": link,
            "links": _links(("alternate", link, "text/html"), *_files(entry)),
            "enclosures": _links(*_files(entry)),
            "comments": web_address(entry.comments),
            "language": language,
            "tags": [
                {"term": tag.term, "scheme": web_address(tag.scheme), "label": tag.label}
                for tag in entry.categories
            ],
            "source": self._feed(feed),
        }

    def _time(self, name: str, time: datetime | None) -> dict[str, Any]:
        """Return a time as Atom writes it, and in its parts."""
        if time is None:
            return {}
        parts = Moment(rfc3339(time), time.astimezone(UTC))
        return {name: Moment(rfc3339(time), self._dates.local(time)), f"{name}_parsed": parts}


def config_of(site: Site) -> dict[str, str]:
    """Return the planet's settings as an older engine names them."""
    return {
        **site.extra,
        "name": site.name,
        "link": site.link,
        "owner_name": site.owner_name,
        "owner_email": site.owner_email,
        "date_format": site.date_format,
        "new_date_format": site.day_format,
    }


def _text(name: str, text: str, markup: Markup | None = None, language: str = "") -> dict[str, Any]:
    """Return a text and its detail; nothing where there is none."""
    if not text:
        return {}
    detail = _detail(text, Markup.escape(text) if markup is None else markup, language)
    return {name: detail["value"], f"{name}_detail": detail}


def _markup(name: str, html: SafeHTML, language: str) -> dict[str, Any]:
    if not html:
        return {}
    detail = _detail(html, Markup(html), language)  # noqa: S704 - SafeHTML
    return {name: detail["value"], f"{name}_detail": detail}


def _detail(text: str, markup: Markup, language: str) -> dict[str, Any]:
    value = Guarded(text, markup)
    said = {"language": language} if language else {}
    return {"value": value, "stream": released(value), "type": "text/html", **said}


def _person(person: Person) -> dict[str, Any]:
    """Return an author; what the feed does not say of one is not there."""
    name = author_names([person])
    parts = {"name": name, "email": person.email, "href": web_address(person.url)}
    known = {key: value for key, value in parts.items() if value}
    return {"author": name or person.email, "author_detail": known}


def _links(*links: tuple[str, str, str]) -> list[dict[str, str]]:
    return [
        {"rel": rel, "href": href, **({"type": kind} if kind else {})}
        for rel, href, kind in links
        if href
    ]


def _files(entry: Entry) -> list[tuple[str, str, str]]:
    return [("enclosure", web_address(file.url), file.type) for file in entry.enclosures]
