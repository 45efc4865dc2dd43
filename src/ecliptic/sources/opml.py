"""Lists of feeds in OPML, as feed readers and other planets write them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ecliptic.model.site import Site, Subscription
from ecliptic.sources import address, files, findings, paths
from ecliptic.sources.access import with_access
from ecliptic.sources.outlines import Outline, parse

FEED_LIMIT = 100_000


def read(data: bytes) -> tuple[Subscription, ...]:
    """Return the feeds of an OPML document, each once, in document order.

    A feed whose address is not http or https is there, but paused.
    """
    return _subscriptions(parse(data).outlines)


def load(path: Path) -> Site:
    """Read an OPML document as the configuration of a planet."""
    document = parse(files.read(path))
    if not document.is_opml:
        raise findings.single(path, "sources.not_opml", "this is not an OPML list of feeds")
    subscriptions = _subscriptions(document.outlines)
    return Site(
        name=document.head.get("title") or path.stem,
        owner_name=document.head.get("ownername", ""),
        owner_email=document.head.get("owneremail", ""),
        subscriptions=subscriptions,
        config=str(path),
        state=paths.beside(path, f"{path.stem}.sqlite"),
        output=paths.beside(path, "site"),
        dialect="opml",
        notices=_notices(subscriptions),
    )


def _subscriptions(outlines: Iterable[Outline]) -> tuple[Subscription, ...]:
    found: dict[str, Subscription] = {}
    for outline in outlines:
        if outline.attributes.get("xmlurl", "").strip():
            subscription = _subscription(outline)
            found.setdefault(address.comparable(subscription.url), subscription)
        if len(found) == FEED_LIMIT:
            break
    return tuple(found.values())


def _subscription(outline: Outline) -> Subscription:
    """Return the feed of an outline. OPML 2.0 asks for ``text``; some have only ``title``."""
    attributes = outline.attributes
    url = address.mended(attributes["xmlurl"])
    link = attributes.get("htmlurl", "").strip()
    name = attributes.get("text", "").strip() or attributes.get("title", "").strip()
    subscription = Subscription(
        url=url,
        name=" ".join(name.split()),
        link="" if address.fault(link) else link,
        paused=bool(address.fault(url)),
        line=outline.line,
    )
    return with_access(subscription)


def _notices(subscriptions: tuple[Subscription, ...]) -> tuple[str, ...]:
    odd = [f"{feed.url} (line {feed.line})" for feed in subscriptions if feed.paused]
    if not odd:
        return ()
    return (f"Not http or https addresses, therefore paused: {', '.join(odd)}.",)
