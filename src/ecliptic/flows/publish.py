"""store → select → render → publish: the site, from what is stored.

A page whose stamp has not moved is not made again; what has to be made is
written as it comes. Nothing here asks the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from time import perf_counter

from ecliptic.errors import EclipticError
from ecliptic.flows.progress import Progress
from ecliptic.log import get_logger
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Artifact, Page, PlanetStatus, Selection, Shown
from ecliptic.model.site import Site
from ecliptic.model.summary import FeedFailure, Summary
from ecliptic.publish import open_site
from ecliptic.render import Renderer, Theme
from ecliptic.select import pages, window
from ecliptic.store import Store

log = get_logger(__name__)


def publish(site: Site, store: Store, *, now: datetime, progress: Progress) -> Summary:
    """Bring the published site up to date with what is stored.

    Raises ``RenderError`` for a theme that cannot be used and ``PublishError``
    when the site cannot be written; the old site then stays as it was.
    """
    start = perf_counter()
    store.subscribe(site.subscriptions)
    feeds = store.feeds()
    renderer = Renderer(site, Theme.load(site.theme), feeds)
    wanted = (*pages(site, feeds), *renderer.asset_pages())
    summary = Summary()
    progress.begin("publish", len(wanted))
    published = open_site(site.output, site.publish_as)
    edition = _Edition(store, feeds, renderer, now=now, summary=summary, progress=progress)
    changed = edition.changed(wanted, published.stamps())
    committed = published.commit(changed, [page.path for page in wanted])
    progress.end("publish")
    summary.feeds.total = len(feeds)
    summary.pages.written = committed.written
    summary.pages.unchanged = committed.unchanged
    summary.pages.removed = committed.removed
    summary.bytes.written = committed.bytes_written
    summary.seconds["publish"] = perf_counter() - start
    return summary
