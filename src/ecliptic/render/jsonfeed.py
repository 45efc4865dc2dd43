"""The planet as JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from mimetypes import guess_type

from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import PlanetStatus, Shown
from ecliptic.model.parsed import Enclosure
from ecliptic.model.site import Site
from ecliptic.render.dates import published, rfc3339, updated
from ecliptic.render.naming import (
    entry_ids,
    feed_link,
    language_tag,
    web_address,
)
from ecliptic.render.publication import Publication
from ecliptic.render.writer import utf8

_VERSION = "https://jsonfeed.org/version/1.1"


def jsonfeed(
    site: Site, entries: Sequence[Shown], status: PlanetStatus, about: Publication
) -> bytes:
    """Write ``feed.json``."""
    feed: dict[str, object] = {
        "version": _VERSION,
        "title": about.title,
        "home_page_url": web_address(about.iri),
        "feed_url": about.address,
        "description": about.description,
        "language": language_tag(site.language),
        "authors": [{"name": site.owner_name}] if site.owner_name else [],
        "hubs": [{"type": "WebSub", "url": about.hub}] if about.hub else [],
    }
    items = [
        _item(name, shown, status) for name, shown in zip(entry_ids(entries), entries, strict=True)
    ]
    return utf8(json.dumps({**_said(feed), "items": items}, ensure_ascii=False) + "\n")


def _item(name: str, shown: Shown, status: PlanetStatus) -> dict[str, object]:
    entry, feed = shown.entry, shown.feed
    item: dict[str, object] = {
        "url": web_address(entry.link),
        "title": entry.title,
        "image": web_address(entry.image),
        "date_published": rfc3339(published(entry)),
        "date_modified": rfc3339(updated(entry, status)) if entry.updated else "",
        "authors": [
            _said({"name": person.name, "url": web_address(person.url)})
            for person in entry.authors
            if not is_blank(person.name) or web_address(person.url)
        ],
        "tags": [tag.label or tag.term for tag in entry.categories if tag.label or tag.term],
        "language": language_tag(entry.language, feed.info.language),
        "attachments": [_attachment(file) for file in entry.enclosures if web_address(file.url)],
        "_source": _said(
            {"title": feed_name(feed), "url": feed_link(feed), "feed_url": web_address(feed.url)}
        ),
    }
    # An item needs a body (JSON Feed 1.1, "Items"), be it an empty one.
    return {"id": name, "content_html": entry.content or entry.summary, **_said(item)}


def _attachment(file: Enclosure) -> dict[str, object]:
    guessed = file.type or guess_type(file.url)[0] or "application/octet-stream"
    return {
        "url": file.url,
        "mime_type": guessed,
        **_said(
            {
                "title": file.title,
                "size_in_bytes": max(file.length, 0),
                "duration_in_seconds": max(file.duration, 0),
            }
        ),
    }


def _said(members: Mapping[str, object]) -> dict[str, object]:
    """Leave out what was not said."""
    return {name: value for name, value in members.items() if value}
