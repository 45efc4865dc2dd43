"""What the templates of Planet 2.0 and Venus see, by the names those engines give it.

Text is plain and escaped where it is written; only what ``clean`` made is markup.
Where the two engines differ, the one a template was written for decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import md5
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urljoin

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
from ecliptic.render.dates import Dates
from ecliptic.render.htmltmpl import Scope, Value
from ecliptic.render.naming import (
    author_names,
    feed_iri,
    feed_link,
    hub_address,
    is_like_markup,
    language_tag,
    web_address,
)
from ecliptic.render.view import title_markup

_ISO: Final = "%Y-%m-%dT%H:%M:%S+00:00"
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


class Variables:
    """The values of one template's page; ``messages`` say what is wrong with which feed.

    Of the two lists those are made that ``names`` holds: what the template looks at.
    """

    def __init__(
        self,
        site: Site,
        template: OldTemplate,
        feeds: Sequence[FeedState],
        messages: Mapping[int, str],
        names: Collection[str] = ("Items", "Channels"),
    ) -> None:
        self._lists = {name.lower() for name in names}
        formats = {"date_format": template.date_format, "day_format": template.day_format}
        self._site = site
        self._template = template
        self._messages = messages
        self._dates = Dates(msgspec.structs.replace(site, **formats))
        self._channels: dict[int, dict[str, Value]] = {}
        self._prefixed: dict[int, dict[str, Value]] = {}
        # Capitals, then small letters, then accents, as both engines sort.
        self._feeds = sorted(feeds, key=lambda feed: (feed_name(feed), feed.position))

    def page(self, entries: Sequence[Shown], changed_at: datetime | None) -> Scope:
        """Return what the template sees at its top."""
        site, feed = self._site, own_feed(self._site)
        return {
            **site.extra,
            **self._time("date", changed_at),
            "Items": tuple(self._items(entries)) if "items" in self._lists else (),
            "Channels": tuple(map(self._channel, self._feeds)) if "channels" in self._lists else (),
            "generator": f"Ecliptic/{__version__}",
            "name": site.name,
            "link": site.link,
            "owner_name": site.owner_name,
            "owner_email": site.owner_email,
            "url": self._url(),
            "fullurl": urljoin(site.link, self._template.path),
            "feed": feed,
            "feedtype": ("rss" if "rss" in feed else "atom") if feed else "",
            "pubsubhubbub_hub": hub_address(site),
        }

    def _url(self) -> str:
        """Return the page's address: Venus gives it without its ending, which is ``fullurl``."""
        link, path = self._site.link, self._template.path
        if self._template.engine == "venus":
            return urljoin(link, path.rpartition(".")[0] or path)
        return f"{link.rstrip('/')}/{path}" if link else path

    def _items(self, entries: Sequence[Shown]) -> Iterator[Scope]:
        """Yield the entries; a new day begins a new channel too."""
        day = channel = None
        for shown in entries:
            item = self._item(shown)
            own_day = self._dates.local(shown.entry.shown_at).date()
            if own_day != day:
                day, channel = own_day, None
                item["new_date"] = self._dates.day(shown.entry.shown_at)
            if shown.feed.id != channel:
                channel = shown.feed.id
                item["new_channel"] = web_address(shown.feed.url) or feed_iri(shown.feed)
            yield item

    def _item(self, shown: Shown) -> dict[str, Value]:
        entry, feed = shown.entry, shown.feed
        link, identifier = web_address(entry.link), _identifier(entry)
        author = entry.authors[0] if entry.authors else Person()
        names = author_names(entry.authors)
        tag = entry.categories[0] if entry.categories else None
        content = Markup(entry.content or entry.summary)  # noqa: S704 - SafeHTML
        return {
            **self._of_channel(feed),
            **self._time("date", entry.shown_at),
            **self._time("updated", entry.updated or entry.published),
            **self._time("published", entry.published),
            **self._languages(shown),
            "id": identifier,
            "id_hash": _hash(identifier),
            "link": link,
            "guid_isPermaLink": "true" if identifier == link else "false",
            "title": _title(entry),
            "title_plain": "" if is_blank(entry.title) else entry.title,
            "content": content,
            "summary": Markup(entry.summary) or content,  # noqa: S704 - SafeHTML
            "author": names or author.email,
            "author_name": names or self._fallback(feed),
            "author_email": author.email,
            "author_uri": web_address(author.url),
            "creator": names or author.email,
            "category": (tag.label or tag.term) if tag else "",
            "comments": web_address(entry.comments),
            "rights": entry.rights,
            **_enclosure(entry),
        }

    def _fallback(self, feed: FeedState) -> str:
        """Return who wrote an entry that does not say it: Venus names the subscription."""
        return feed.name if self._template.engine == "venus" else ""

    def _languages(self, shown: Shown) -> dict[str, Value]:
        """Return an entry's language; Planet 2.0 says it only where the feed has another."""
        language = language_tag(shown.entry.language)
        if self._template.engine != "venus" and language == language_tag(shown.feed.info.language):
            language = ""
        return {f"{part}_language": language for part in ("title", "summary", "content")}

    def _of_channel(self, feed: FeedState) -> dict[str, Value]:
        if feed.id not in self._prefixed:
            channel = self._channel(feed)
            self._prefixed[feed.id] = {f"channel_{key}": value for key, value in channel.items()}
        return self._prefixed[feed.id]

    def _channel(self, feed: FeedState) -> dict[str, Value]:
        if feed.id not in self._channels:
            self._channels[feed.id] = self._make_channel(feed)
        return self._channels[feed.id]

    def _make_channel(self, feed: FeedState) -> dict[str, Value]:
        info = feed.info
        author = info.authors[0] if info.authors else Person()
        names = author_names(info.authors)
        inherited = self._site.extra if self._template.engine == "venus" else {}
        return {
            **self._time("updated", feed.fetch.changed_at),
            **self._time("last_updated", feed.fetch.changed_at),
            "author": names or author.email,
            "author_name": names,
            "author_email": author.email,
            "generator": info.generator,
            "id": feed_iri(feed),
            "icon": web_address(info.icon),
            "logo": web_address(info.image),
            "image_url": web_address(info.image),
            "link": feed_link(feed),
            "url": web_address(feed.url),
            "name": feed_name(feed),
            "title": info.title,
            "title_plain": info.title,
            "subtitle": info.subtitle,
            "tagline": info.subtitle,
            "rights": info.rights,
            "language": language_tag(info.language),
            "format": info.format,
            "message": self._messages.get(feed.id, ""),
            **inherited,
            **feed.extra,
        }

    def _time(self, name: str, time: datetime | None) -> dict[str, Value]:
        """Return a time in the three ways that templates write it."""
        if time is None:
            return {}
        utc = time.astimezone(UTC)
        return {
            name: self._dates.long(time),
            f"{name}_iso": utc.strftime(_ISO),
            f"{name}_822": f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]}"
            f" {utc.year:04} {utc.hour:02}:{utc.minute:02}:{utc.second:02} +0000",
        }


def own_feed(site: Site) -> str:
    """Return the planet's own feed: as its settings say, else the first that has a template."""
    if site.extra.get("feed"):
        return site.extra["feed"]
    for template in site.templates:
        name = PurePosixPath(template.path).name
        if site.link and ("atom" in name or "rss" in name):
            return urljoin(site.link, template.path)
    return ""


def _hash(identifier: str) -> str:
    return md5(identifier.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _identifier(entry: Entry) -> str:
    return entry.id or web_address(entry.link) or entry.uid


def _title(entry: Entry) -> str:
    """Return the title: markup, or plain text that nobody could take for it."""
    if "<" in entry.title_html or is_like_markup(entry.title):
        return title_markup(entry)
    return "" if is_blank(entry.title) else entry.title


def _enclosure(entry: Entry) -> dict[str, Value]:
    for file in entry.enclosures:
        if url := web_address(file.url):
            length = str(file.length) if file.length > 0 else ""
            return {
                "enclosure_href": url, "enclosure_length": length, "enclosure_type": file.type,
            }  # fmt: skip
    return {}
