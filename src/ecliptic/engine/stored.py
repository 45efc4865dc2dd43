"""A planet as it is stored: its feeds and entries, and what the operator says of them."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from ecliptic.engine.settings import user_agent, wall_clock
from ecliptic.flows.progress import Progress, Silent
from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.results import Results
from ecliptic.model.site import Site
from ecliptic.store import Store, open_store, run_lock

if TYPE_CHECKING:
    from ecliptic.flows.curating import EntryStands
    from ecliptic.flows.filtering import Tried
    from ecliptic.flows.proxied import Served
    from ecliptic.flows.showing import EntryText
    from ecliptic.flows.why import Answer


class StoredPlanet:
    """What is known of a planet, without asking anybody: the part of ``Planet`` on its store."""

    def __init__(self, site: Site, *, now: datetime | None = None, jobs: int = 0) -> None:
        self.site = site
        self._now = now
        self.jobs = jobs

    def now(self) -> datetime:
        """Return the moment at which this planet's flows behave to run."""
        return self._now or wall_clock()

    def store(self) -> Store:
        """Open the planet's state; close it, or use it as a context manager."""
        return open_store(self.site.state)

    def feeds(self) -> list[FeedState]:
        """Return the subscribed feeds with all that is known of them."""
        with self.store() as store:
            store.subscribe(self.site.subscriptions)
            return store.feeds()

    def why(self, text: str) -> Answer:
        """Explain the entries and feeds that an address, id or name stands for."""
        from ecliptic.flows.why import why  # noqa: PLC0415 - a run does not need it

        with self.store() as store:
            store.subscribe(self.site.subscriptions)
            return why(self.site, store, text, now=self.now())

    def hide_entries(self, text: str, *, why: str = "") -> list[EntryStands]:
        """Hide the entries that a link or id stands for, whatever the rules say of them.

        Pages follow when the planet is published. Raises ``UsageError`` when
        no entry is known by it, and ``Busy`` while another run is at work.
        """
        from ecliptic.flows.curating import hide  # noqa: PLC0415 - see `why`

        now = self.now()
        with run_lock(self.site.state, command="entries hide", now=now), self.store() as store:
            return hide(store, text, why=why, now=now)

    def unhide_entries(self, text: str) -> list[EntryStands]:
        """Show the entries that a link or id stands for, whatever the rules say of them.

        Raises what ``hide_entries`` does.
        """
        from ecliptic.flows.curating import unhide  # noqa: PLC0415 - see `why`

        now = self.now()
        with run_lock(self.site.state, command="entries unhide", now=now), self.store() as store:
            return unhide(store, text, now=now)

    def merge_entries(self, into: str, other: str) -> list[EntryStands]:
        """Hide the entry that ``other`` names, as the same as the one that ``into`` names.

        Raises ``UsageError`` when a name is not of one entry, or it is merged already.
        """
        from ecliptic.flows.curating import merge  # noqa: PLC0415 - see `why`

        now = self.now()
        with run_lock(self.site.state, command="entries merge", now=now), self.store() as store:
            return merge(store, into, other, now=now)

    def split_entry(self, text: str) -> list[EntryStands]:
        """Undo that an entry is one with another, by hand or by a rule; raises ``UsageError``."""
        from ecliptic.flows.curating import take_apart  # noqa: PLC0415 - see `why`

        now = self.now()
        with run_lock(self.site.state, command="entries split", now=now), self.store() as store:
            return take_apart(store, text, now=now)

    def show_entry(self, text: str, *, revision: int = 0) -> EntryText:
        """Return the text of an entry, or the ``revision`` before it that is so many edits old.

        Raises ``UsageError`` when that is no entry or several, or no such text is kept.
        """
        from ecliptic.flows.showing import show  # noqa: PLC0415 - see `why`

        with self.store() as store:
            return show(store, text, revision=revision)

    def entries(
        self, *, hidden: bool = False, feed: str = "", expression: str = "", limit: int = 0
    ) -> list[EntryStands]:
        """Return the newest entries shown, or the ``hidden`` ones, of one feed or of all.

        With an ``expression``, those that this filter takes. Raises ``FilterError`` for what
        is no filter, and ``UsageError`` when ``feed`` is the address or name of none.
        """
        from ecliptic.flows.curating import stand  # noqa: PLC0415 - see `why`

        with self.store() as store:
            store.subscribe(self.site.subscriptions)
            return stand(
                store,
                hidden=hidden,
                feed=feed,
                expression=expression,
                limit=limit,
                now=self.now(),
            )

    def find(self, expression: str, *, limit: int = 0) -> list[Entry]:
        """Return the stored entries that a filter takes, newest first, the hidden ones too.

        Raises ``FilterError`` for what is no filter.
        """
        with self.store() as store:
            store.subscribe(self.site.subscriptions)
            return list(islice(store.find(expression, now=self.now()), limit or None))

    def search(self, query: str, *, page: int = 1) -> Results:
        """Return a page of what an expression finds among all that pages show, newest first.

        What is no filter, or takes longer than two seconds, is a problem of the results.
        """
        from ecliptic.flows.searching import search  # noqa: PLC0415 - see `why`

        return search(self.site, query, page=page, now=self.now())

    def results_page(self, results: Results) -> bytes:
        """Return the page of the planet's theme that shows results."""
        from ecliptic.flows.searching import results_page  # noqa: PLC0415 - see `why`

        return results_page(self.site, results)

    def image(self, sign: str, url: str) -> Served:
        """Return an image of another host, for an address that a page of ours signed."""
        from ecliptic.flows.proxied import proxied  # noqa: PLC0415 - see `why`

        return proxied(self.site, sign, url, now=self.now(), user_agent=user_agent(self.site))

    def try_filter(
        self, expression: str, *, feed: str = "", limit: int = 10, progress: Progress | None = None
    ) -> Tried:
        """Return what a filter takes of the stored entries, of one feed or of all, and leaves.

        Raises ``FilterError`` for what is no filter, ``UsageError`` for an unknown feed.
        """
        from ecliptic.flows.filtering import try_filter  # noqa: PLC0415 - see `why`

        with self.store() as store:
            store.subscribe(self.site.subscriptions)
            return try_filter(
                store,
                expression,
                feed=feed,
                limit=limit,
                now=self.now(),
                progress=progress or Silent(),
            )
