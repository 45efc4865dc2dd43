"""sources → fetch → parse → sources: a feed that is read once, and then subscribed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from ecliptic.errors import UsageError
from ecliptic.flows.library import Found, find_feed, findings
from ecliptic.flows.running import run
from ecliptic.model.access import Access, without_password
from ecliptic.model.finding import Finding
from ecliptic.model.site import Site
from ecliptic.sources import access_to, edit
from ecliptic.sources.access import identity


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """A new subscription, and what was found when its feed was read."""

    url: str
    source: str
    name: str
    entries: int
    findings: tuple[Finding, ...]


def add_feed(
    site: Site,
    address: str,
    *,
    name: str,
    link: str,
    settings: Mapping[str, object],
    user_agent: str,
    now: datetime,
) -> Added:
    """Find the feed at ``address`` and write it into the configuration.

    ``settings`` are those of a feed that let it be read, as they are to stand in
    the file. Raises ``ConfigError`` when the file cannot take it, ``UsageError``
    when what lets it be read was meant for another place, and ``EclipticError``
    when there is no feed to be had.
    """
    access = access_to(site.config, address, settings) if settings else None
    found = run(find_feed(address, site.fetch, user_agent=user_agent, now=now, access=access))
    if access is not None:
        _require_home(found, access)
    name = name or found.title
    edit.add_feed(
        site.config, found.url, name=name, link=link, source=found.source, access=settings
    )
    return Added(
        url=without_password(found.url),
        source=found.source,
        name=name,
        entries=len(found.feed.entries),
        findings=tuple(findings(found)),
    )


def access_of(site: Site, address: str) -> Access | None:
    """Return what a configuration says of how a feed is reached, if it lists the feed."""
    config = Path(site.config)
    wanted = identity(address, config)
    for each in site.subscriptions:
        if each.access is not None and identity(each.url, config) == wanted:
            return each.access
    return None


def _require_home(found: Found, access: Access) -> None:
    """Refuse to write secrets beside an address that they were not given for."""
    home, there = (urlsplit(without_password(url)) for url in (access.home, found.url))
    is_bound = access.has_secrets or access.insecure
    if is_bound and (home.scheme, home.netloc) != (there.scheme, there.netloc):
        raise UsageError(
            "feeds.other_place",
            f"{without_password(access.home)} leads to {without_password(found.url)}, which is "
            "another server: if that one shall get the password, add its address itself",
        )
