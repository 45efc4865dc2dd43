"""The Atom document that Venus gives to its XSLT templates: entries, and all subscriptions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from ecliptic import __version__
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Person
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render.dates import Dates, rfc3339
from ecliptic.render.naming import (
    entry_iris,
    feed_iri,
    feed_link,
    language_tag,
    web_address,
)
from ecliptic.render.variables import own_feed
from ecliptic.render.writer import Writer
from ecliptic.render.xhtml import xhtml

_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_NOT_A_WORD: Final = re.compile(r"\W+")


class VenusAtom:
    """Writes the document of one template; ``messages`` say what is wrong with which feed."""

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
        self._dates = Dates(msgspec.structs.replace(site, date_format=template.date_format))

    def document(self, entries: Sequence[Shown], changed_at: datetime | None) -> bytes:
        """Return the document, as ``planet/reconstitute`` describes its form."""
        site, out = self._site, Writer()
        out.start(
            "feed",
            xmlns="http://www.w3.org/2005/Atom",
            xmlns__planet="http://planet.intertwingly.net/",
            xmlns__xhtml="http://www.w3.org/1999/xhtml",
        )
        out.text("title", site.name)
        self._date(out, "updated", changed_at)
        out.text("generator", "Ecliptic", version=__version__)
        out.start("author").text("name", site.owner_name).some("email", site.owner_email).end()
        if feed := own_feed(site):
            kind = "rss" if "rss" in feed else "atom"
            out.text("id", feed)
            out.empty("link", rel="self", href=feed, type=f"application/{kind}+xml")
        _link(out, "alternate", site.link)
        for subscription in self._feeds:
            out.start("planet:source")
            self._source(out, subscription)
            out.end()
        for iri, shown in zip(entry_iris(entries), entries, strict=True):
            self._entry(out, iri, shown)
        return out.to_bytes()

    def _entry(self, out: Writer, iri: str, shown: Shown) -> None:
        entry = shown.entry
        out.start("entry", xml__lang=language_tag(entry.language, shown.feed.info.language))
        out.text("id", iri)
        _link(out, "alternate", web_address(entry.link), "text/html")
        for file in entry.enclosures:
            length = str(file.length) if file.length > 0 else ""
            _link(out, "enclosure", web_address(file.url), file.type, length=length)
        _link(out, "replies", web_address(entry.comments), "text/html")
        _content(out, "title", entry.title_html)
        _content(out, "summary", entry.summary)
        _content(out, "content", entry.content)
        out.some("rights", entry.rights)
        self._date(out, "updated", entry.shown_at)
        self._date(out, "published", entry.published)
        for tag in entry.categories:
            if not is_blank(tag.term):
                out.empty("category", term=tag.term, scheme=tag.scheme, label=tag.label)
        for person in entry.authors[:1]:
            _author(out, person, feed_name(shown.feed))
        out.start("source")
        self._source(out, shown.feed)
        out.end().end()

    def _source(self, out: Writer, feed: FeedState) -> None:
        """Write what is known of a feed, and the operator's keys in the planet's namespace."""
        info = feed.info
        out.text("id", feed_iri(feed))
        out.some("icon", web_address(info.icon)).some("logo", web_address(info.image))
        for person in info.authors[:1] or (Person(),):
            _author(out, person, feed_name(feed))
        _link(out, "self", web_address(feed.url))
        _link(out, "alternate", feed_link(feed), "text/html")
        out.some("rights", info.rights).some("subtitle", info.subtitle)
        out.text("title", info.title)
        name = feed_name(feed)
        keys = {
            **self._site.extra,
            "format": info.format,
            "css-id": _NOT_A_WORD.sub("-", name).lower().strip("-"),
            **feed.extra,
            "name": name,
            "message": self._messages.get(feed.id, ""),
        }
        for key, value in keys.items():
            if _KEY.fullmatch(key):
                out.some(f"planet:{key}", value)

    def _date(self, out: Writer, name: str, time: datetime | None) -> None:
        if time is not None:
            out.text(name, rfc3339(time), planet__format=self._dates.long(time))


def _content(out: Writer, name: str, html: SafeHTML) -> None:
    """Write markup as XHTML, or as text if no element is in it."""
    if "<" not in html:
        marked_up = xhtml(html)
        if marked_up or name == "title":
            out.marked_up(name, marked_up)
        return
    out.marked_up(
        name, f'<div xmlns="http://www.w3.org/1999/xhtml">{xhtml(html)}</div>', type="xhtml"
    )


def _author(out: Writer, person: Person, fallback: str) -> None:
    name = fallback if is_blank(person.name) else person.name
    out.start("author").text("name", name).some("email", person.email)
    out.some("uri", web_address(person.url)).end()


def _link(out: Writer, rel: str, href: str, media_type: str = "", *, length: str = "") -> None:
    if href:
        out.empty("link", rel=rel, href=href, type=media_type, length=length)
