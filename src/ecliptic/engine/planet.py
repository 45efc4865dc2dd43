"""A planet and its flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from ecliptic.engine.lists import with_asked, with_stored
from ecliptic.engine.settings import load_site, user_agent
from ecliptic.engine.stored import StoredPlanet
from ecliptic.errors import ConfigError, UsageError
from ecliptic.flows.progress import Progress, Silent
from ecliptic.flows.running import run
from ecliptic.model.summary import Summary, together
from ecliptic.store import Store, run_lock

if TYPE_CHECKING:
    from ecliptic.flows.adding import Added
    from ecliptic.flows.listed import DeadFeed, Listed, Moved
    from ecliptic.flows.releasing import Released

_LAST_YEAR = 9900  # feeds may ask us to wait for years, and a century is before the end of time


class Planet(StoredPlanet):
    """One planet: its settings, and the flows that refresh and publish it.

    Its methods are plain calls that return when the work is done; beside a
    running event loop, give them a thread.

    >>> from ecliptic import Planet
    >>> planet = Planet.open("examples/planet.toml", offline=True)
    >>> planet.site.name
    'Planet Example'
    """

    @classmethod
    def open(
        cls,
        config: str | Path | Sequence[str | Path],
        *,
        now: datetime | None = None,
        state: str | Path | None = None,
        output: str | Path | None = None,
        allow_networks: Sequence[str] = (),
        offline: bool = False,
        every: bool = False,
        only: str = "",
        jobs: int = 0,
        dialect: str = "",
    ) -> Self:
        """Read ``config`` and return its planet; nothing is fetched or written yet.

        Several files are read as one, the later over the earlier, as Venus does.
        ``now`` makes every flow behave as at that moment. ``state`` and
        ``output`` take the place of the settings of that name.
        ``allow_networks`` are CIDR blocks that may be connected to although
        they are not public. ``every`` asks feeds that are not due too, ``only``
        those that it matches. ``jobs`` is the number of processes that read and
        clean documents, and of those that make pages, 0 for one a core. ``dialect`` is the
        engine that an ini file was written for (``planet``, ``venus``, ``pluto``). Raises
        ``ConfigError``.
        """
        site = load_site(config, dialect=dialect)
        fetch = replace(
            site.fetch,
            allow_networks=(*site.fetch.allow_networks, *allow_networks),
            offline=offline or site.fetch.offline,
            every=every,
            only=only,
        )
        site = replace(
            site,
            fetch=fetch,
            state=str(Path(state).absolute()) if state else site.state,
            output=str(Path(output).absolute()) if output else site.output,
        )
        if now is not None and now.tzinfo is None:
            raise ConfigError("config.now", "the time given has no time zone: add Z or an offset")
        if now is not None and now.year > _LAST_YEAR:
            raise ConfigError("config.now", f"the time given is after the year {_LAST_YEAR}")
        return cls(with_stored(site), now=now, jobs=jobs)

    def refresh(self, progress: Progress | None = None) -> Summary:
        """Ask the feeds that are due and store what is new.

        Raises ``Busy`` while another run is at work and ``StoreError`` when the
        state cannot be written. Feeds that fail are counted and named, not raised.
        """
        now = self.now()
        with run_lock(self.site.state, command="refresh", now=now), self.store() as store:
            return self._refresh(store, now, progress or Silent())

    def publish(self, progress: Progress | None = None) -> Summary:
        """Bring the published site up to date with what is stored; asks no network.

        What the planet's hub is to be told is noted, for ``build`` and ``ping``.
        Raises ``PublishError`` when it cannot be written; the old site stays.
        """
        now = self.now()
        with run_lock(self.site.state, command="publish", now=now), self.store() as store:
            return self._publish(store, now, progress or Silent())

    def build(self, progress: Progress | None = None) -> Summary:
        """Refresh, publish, and tell the planet's hub if it has one: the main job."""
        now = self.now()
        watcher = progress or Silent()
        with run_lock(self.site.state, command="build", now=now), self.store() as store:
            refreshed = self._refresh(store, now, watcher)
            published = self._publish(store, now, watcher)
            told = self._tell_hub(store, now)
        return together(refreshed, published, told)

    def ping(self, progress: Progress | None = None) -> Summary:
        """Tell the planet's hub which of its feeds changed, as far as it was not told yet.

        Raises ``UsageError`` when the planet has none. A hub that fails is
        counted and named, not raised.
        """
        del progress  # it takes no time that a bar could show
        if not self.site.hub:
            raise UsageError("ping.no_hub", f"{self.site.config}: no hub is named in [planet]")
        now = self.now()
        with run_lock(self.site.state, command="ping", now=now), self.store() as store:
            return self._tell_hub(store, now)

    def listed(self) -> list[Listed]:
        """Return the subscriptions in order, each with how it stands in words."""
        from ecliptic.flows.listed import listed  # noqa: PLC0415 - see `why`

        if not Path(self.site.state).exists():
            return listed(self.site, None, self.now())
        with self.store() as store:
            return listed(self.site, store, self.now())

    def moved(self) -> list[Moved]:
        """Return the feeds that are asked at another address than the configuration gives."""
        from ecliptic.flows.listed import moved  # noqa: PLC0415 - see `why`

        if not Path(self.site.state).exists():
            return []
        with self.store() as store:
            return moved(self.site, store)

    def write_moves(self) -> list[Moved]:
        """Write the new addresses into the configuration, and return those written.

        An address that is subscribed already is left out. Raises
        ``ConfigError`` when the configuration is no planet.toml.
        """
        from ecliptic.sources import edit  # noqa: PLC0415 - see `why`

        with run_lock(self.site.state, command="feeds moved --write", now=self.now()):
            written = [move for move in self.moved() if not (move.subscribed or move.listed_in)]
            for move in written:
                edit.set_url(self.site.config, move.url, move.to)
            if written:
                self.site = with_stored(replace(load_site(self.site.config), state=self.site.state))
                with self.store() as store:
                    store.subscribe(self.site.subscriptions)
        return written

    def release(self, feed: str = "", *, every: bool = False) -> list[Released]:
        """Let out what rules hold of a feed, or of all: the newest few, or ``every`` one.

        A quarantine ends. Pages follow when the planet is published. Raises
        ``UsageError`` when there is no such feed, and ``Busy`` while another run is at work.
        """
        from ecliptic.flows.releasing import release  # noqa: PLC0415 - see `why`

        now = self.now()
        with run_lock(self.site.state, command="feeds release", now=now), self.store() as store:
            store.subscribe(self.site.subscriptions)
            return release(self.site, store, feed, every=every, now=now)

    def dead_feeds(self) -> list[DeadFeed]:
        """Return the feeds that fail, or are silent, longer than the settings allow."""
        from ecliptic.flows.listed import dead_feeds  # noqa: PLC0415 - see `why`

        if not Path(self.site.state).exists():
            return []
        with self.store() as store:
            store.subscribe(self.site.subscriptions)
            return dead_feeds(self.site, store, self.now())

    def pause_dead_feeds(self) -> list[DeadFeed]:
        """Pause the dead feeds in the configuration, the reason as a comment; return them.

        Raises ``ConfigError`` when the configuration is no planet.toml.
        """
        from ecliptic.sources import edit  # noqa: PLC0415 - see `why`

        listed = {feed.url for feed in self.site.subscriptions if feed.listed_in}
        found = [feed for feed in self.dead_feeds() if feed.url not in listed]
        for feed in found:
            edit.set_paused(self.site.config, feed.url, paused=True, why=feed.why)
        return found

    def add_feed(
        self,
        address: str,
        *,
        name: str = "",
        link: str = "",
        settings: Mapping[str, object] | None = None,
    ) -> Added:
        """Find the feed at ``address`` and write it into the configuration.

        ``settings`` are more of its settings, as they are to stand there: what
        lets it be read. Raises ``ConfigError`` when the configuration is no
        planet.toml or has the feed already, and ``EclipticError`` when there is
        no feed to be had.
        """
        from ecliptic.flows.adding import add_feed  # noqa: PLC0415 - see `why`

        return add_feed(
            self.site,
            address,
            name=name,
            link=link,
            settings=settings or {},
            user_agent=user_agent(self.site),
            now=self.now(),
        )

    def remove_feed(self, url: str) -> None:
        """Take a feed out of the configuration; raises ``ConfigError`` when it is not in it."""
        from ecliptic.sources import edit  # noqa: PLC0415 - see `why`

        edit.remove_feed(self.site.config, url)

    def pause_feed(self, url: str, *, paused: bool) -> None:
        """Pause or resume a feed; raises ``ConfigError`` when it is not in the configuration."""
        from ecliptic.sources import edit  # noqa: PLC0415 - see `why`

        edit.set_paused(self.site.config, url, paused=paused)

    def _refresh(self, store: Store, now: datetime, progress: Progress) -> Summary:
        from ecliptic.flows.refresh import refresh  # noqa: PLC0415 - `publish` needs no client

        self.site, failures = with_asked(self.site, store, now)
        summary = run(
            refresh(
                self.site,
                store,
                now=now,
                user_agent=user_agent(self.site),
                jobs=self.jobs,
                progress=progress,
            )
        )
        summary.failures += failures
        return summary

    def _publish(self, store: Store, now: datetime, progress: Progress) -> Summary:
        from ecliptic.flows.publish import publish  # noqa: PLC0415 - `refresh` needs no templates

        return publish(self.site, store, now=now, progress=progress, jobs=self.jobs)

    def _tell_hub(self, store: Store, now: datetime) -> Summary:
        if not self.site.hub or self.site.fetch.offline:
            return Summary()
        from ecliptic.flows.hub import tell_hub  # noqa: PLC0415 - most planets have no hub

        return run(tell_hub(self.site, store, now=now, user_agent=user_agent(self.site)))
