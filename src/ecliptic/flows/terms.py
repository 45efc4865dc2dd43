"""store → select: the tags, authors and languages by which the planet is browsed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ecliptic.flows.archive import faces_of
from ecliptic.model.feed import FeedState
from ecliptic.model.site import Site
from ecliptic.model.terms import OF_PART, Labels, Term, TermName
from ecliptic.render.dates import Dates
from ecliptic.select.filing import RULES, terms_of
from ecliptic.store import Store


def filed(site: Site, store: Store, feeds: Sequence[FeedState]) -> list[Term] | None:
    """Return the terms that have pages; nothing if the planet is not browsed by any."""
    if not site.browse:
        return None
    dates = Dates(site)
    languages = {feed.id: feed.info.language for feed in feeds}

    def of(labels: Labels) -> list[TermName]:
        return terms_of(labels, site.browse, languages[labels.feed_id])

    def year_of(time: datetime) -> int:
        return dates.local(time).year

    rules = repr((RULES, OF_PART, site.browse, site.timezone))
    store.terms().bring_up(rules, faces_of(feeds), of, year_of)
    return store.terms().terms(site.browse_least)
