"""store → select → render → publish: the site, from what is stored.

Nothing here asks the network. Where a large site is to be changed, another process that makes
pages is started first of all, so that it is ready by the time the plan is.
"""

from __future__ import annotations

from datetime import datetime
from time import perf_counter
from typing import Final

from ecliptic.flows.progress import Progress
from ecliptic.flows.renderers import Renderers
from ecliptic.flows.state import state_of
from ecliptic.model.site import Site
from ecliptic.model.summary import Summary
from ecliptic.publish import glimpse
from ecliptic.store import Store

_MANY: Final = 8_000
"""Files of a site from which on the plan of a run takes as long as a renderer's start."""


def publish(
    site: Site, store: Store, *, now: datetime, progress: Progress, jobs: int = 0
) -> Summary:
    """Bring the published site up to date with what is stored.

    ``jobs`` is the number of processes that make pages, 0 for one a core. Raises
    ``RenderError`` for a theme that cannot be used and ``PublishError`` when the site
    cannot be written; the old site then stays as it was.
    """
    start = perf_counter()
    store.subscribe(site.subscriptions)
    with Renderers(jobs if site.state else 1) as renderers:
        files, made_from = glimpse(site.output)
        if files >= _MANY and made_from != state_of(store):
            renderers.start(1)
        from ecliptic.flows.bringing_up import brought_up  # noqa: PLC0415 - while that one starts

        summary = brought_up(site, store, renderers, now=now, progress=progress)
    summary.seconds["publish"] = perf_counter() - start
    return summary
