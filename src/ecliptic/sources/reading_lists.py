"""Lists of feeds that others keep: from a document to the feeds in it, and into a planet.

Whoever keeps a list may say which feeds there are and what they are called, no more: an
address in it that holds a password loses it, and one of a file of this machine is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from ecliptic.model.access import without_password
from ecliptic.model.reading_list import Listed, ListedFeed, ListKind, ReadingList
from ecliptic.model.site import Site, Subscription
from ecliptic.sources import address, foaf, kinds
from ecliptic.sources.access import with_access, with_file
from ecliptic.sources.opml import read as read_opml
from ecliptic.sources.outlines import parse as outlines_of

FEED_LIMIT: Final = 20_000
"""The most feeds of one list that are taken, with those of the lists that it leads to."""

_FIELDS: Final = frozenset({"url", "name", "link", "filters", "filter"})


def reading_list(values: Mapping[str, Any], config: Path, line: int) -> ReadingList:
    """Return the list of a ``[[list]]`` table."""
    wanted = Subscription(url=values["url"])
    wanted = with_file(wanted, config) if address.is_file(wanted.url) else with_access(wanted)
    return ReadingList(
        url=wanted.url,
        kind=values.get("kind", ""),
        depth=values.get("depth", 0),
        accounts=values.get("accounts", {}),
        line=line,
        access=wanted.access,
    )


def parse(
    data: bytes,
    wanted: ReadingList,
    url: str,
    read_ini: Callable[[bytes], Iterable[Subscription]],
) -> Listed | None:
    """Return the feeds of a list, each once, or ``None`` if the document is none.

    ``url`` is where the document was. ``read_ini`` reads the configuration of an older engine.
    """
    found: Iterable[Subscription] | None
    further: Iterable[str] = ()
    match wanted.kind or _kind_of(data):
        case "opml":
            found = read_opml(data) if outlines_of(data).is_opml else None
        case "foaf":
            people = foaf.read(data, url, wanted.accounts)
            found, further = people or (None, ())
        case "csv":
            found = _csv(data)
        case "ini":
            found = read_ini(data)
        case _:
            found = None
    if found is None:
        return None
    return Listed(feeds=tuple(islice(_safe(found), FEED_LIMIT)), further=tuple(further))


def with_lists(site: Site, listed: Mapping[str, Iterable[ListedFeed]]) -> Site:
    """Return a planet with the feeds of its lists after its own.

    One that the operator lists too stays the operator's, and takes a name, a link and keys for
    templates from the list where it has none. Feeds of lists that were there before are left out.
    """
    found = {
        address.comparable(feed.url): feed for feed in site.subscriptions if not feed.listed_in
    }
    for each in site.lists:
        for feed in listed.get(each.url, ()):
            place = address.comparable(feed.url)
            earlier = found.get(place)
            if earlier is None:
                found[place] = Subscription(
                    url=feed.url,
                    name=feed.name,
                    link=feed.link,
                    extra=feed.extra,
                    line=each.line,
                    listed_in=each.url,
                )
            elif not earlier.listed_in:
                found[place] = replace(
                    earlier,
                    name=earlier.name or feed.name,
                    link=earlier.link or feed.link,
                    extra={**feed.extra, **earlier.extra},
                )
    return replace(site, subscriptions=tuple(found.values()))


def _safe(feeds: Iterable[Subscription]) -> Iterator[ListedFeed]:
    seen = set()
    for feed in feeds:
        url = without_password(feed.url)
        place = address.comparable(url)
        if place not in seen and not address.fault(url):
            seen.add(place)
            link = without_password(feed.link)
            yield ListedFeed(
                url=url,
                name=kinds.one_line(feed.name),
                link="" if address.fault(link) else link,
                extra=feed.extra,
            )


def _kind_of(data: bytes) -> ListKind:
    start = data[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return "foaf" if b"<rdf:RDF" in start or b"rdf-syntax-ns" in start else "opml"
    first = start.partition(b"\n")[0].lower()
    return "ini" if b"[" in start and b"url" not in first.split(b",") else "csv"


def _csv(data: bytes) -> list[Subscription] | None:
    """Return the feeds of a table whose first line names its columns, ``url`` among them."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\0", "")
    found = []
    try:
        rows = csv.DictReader(StringIO(text), skipinitialspace=True)
        if "url" not in (rows.fieldnames or ()):
            return None
        for row in rows:
            values = {
                key: kinds.one_line(value)
                for key, value in row.items()
                if isinstance(key, str) and isinstance(value, str)
            }
            found.append(
                Subscription(
                    url=address.mended(values.get("url", "")),
                    name=values.get("name", ""),
                    link=values.get("link", ""),
                    extra={k: v for k, v in values.items() if k not in _FIELDS and v},
                )
            )
    except csv.Error:
        return None
    return found
