"""What to tell the operator of a configuration: its errors, or what looks unwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from ecliptic.errors import ConfigError
from ecliptic.model.access import without_password
from ecliptic.model.finding import Finding
from ecliptic.model.site import Site, Subscription, unchecked
from ecliptic.sources import address
from ecliptic.sources.findings import of_error


def examine(path: Path, load: Callable[[Path], Site]) -> tuple[Finding, ...]:
    """Return what is wrong with a configuration or, if it loads, what looks unwise in it."""
    try:
        site = load(path)
    except ConfigError as problem:
        return of_error(problem)
    found = (msgspec.structs.replace(finding, where=site.config) for finding in warnings(site))
    return tuple(sorted(found, key=lambda finding: finding.line))


def warnings(site: Site) -> Iterator[Finding]:
    """Yield what looks unwise in settings that can be used."""
    for notice in site.notices:
        yield Finding(severity="note", code="sources.notice", message=notice)
    if not site.link:
        yield _warning(
            "sources.no_link",
            "the planet has no link, so its output feeds cannot give their own address",
        )
        if site.hub:
            message = "the hub is not told of anything: the planet has no link"
            yield _warning("sources.no_topic", message)
    if not site.subscriptions and not site.lists:
        yield _warning("sources.no_feeds", "there is no feed in it yet")
    if site.entry_pages != "off" and not site.archive:
        message = f'entry_pages = "{site.entry_pages}" has no effect: the archive is off'
        yield _warning("sources.no_archive", message)
    yield from _same_names(site.subscriptions)
    yield from _near_duplicates(site.subscriptions)
    yield from _unchecked(site.subscriptions)
    yield from _overheard(site.subscriptions)
    yield from _insecure(site.subscriptions)


def _same_names(feeds: tuple[Subscription, ...]) -> Iterator[Finding]:
    first: dict[str, Subscription] = {}
    for feed in feeds:
        if not feed.name:
            continue
        earlier = first.setdefault(feed.name.casefold(), feed)
        if earlier is not feed:
            message = f'"{feed.name}" is also the name of the feed on line {earlier.line}'
            yield _warning("sources.same_name", message, feed.line)


def _near_duplicates(feeds: tuple[Subscription, ...]) -> Iterator[Finding]:
    kin: dict[str, list[Subscription]] = defaultdict(list)
    for feed in feeds:
        earlier = kin[address.kinship(feed.url)]
        if earlier:
            urls = [without_password(each.url) for each in (feed, earlier[0])]
            message = f"{urls[0]} may be the feed on line {earlier[0].line}, {urls[1]}"
            yield _warning("sources.near_duplicate", message, feed.line)
        earlier.append(feed)


def _unchecked(feeds: tuple[Subscription, ...]) -> Iterator[Finding]:
    for feed in unchecked(feeds):
        message = f"the certificate of {feed.url} is not checked (insecure)"
        yield _warning("sources.unchecked", message, feed.line)


def _overheard(feeds: tuple[Subscription, ...]) -> Iterator[Finding]:
    for feed in feeds:
        has_secrets = feed.access is not None and feed.access.has_secrets
        if has_secrets and feed.url.startswith("http:") and not feed.paused:
            message = f"what {feed.url} asks for is sent over http, where anyone can read it"
            yield _warning("sources.overheard", message, feed.line)


def _insecure(feeds: tuple[Subscription, ...]) -> Iterator[Finding]:
    plain = [feed for feed in feeds if feed.url.startswith("http:") and not feed.paused]
    if plain:
        count = "1 feed is" if len(plain) == 1 else f"{len(plain)} feeds are"
        message = f"{count} read over http; try https, beginning here"
        yield _warning("sources.insecure", message, plain[0].line)


def _warning(code: str, message: str, line: int = 0) -> Finding:
    return Finding(severity="warning", code=code, message=message, line=line)
