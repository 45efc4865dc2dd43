"""The composition root: settings in, wired flows out.

Everything below takes the time as an argument; only here is a clock read.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from ecliptic import __version__
from ecliptic.errors import ConfigError, EclipticError, UsageError
from ecliptic.flows.progress import Progress, Silent
from ecliptic.flows.running import run
from ecliptic.model.access import without_password
from ecliptic.model.feed import FeedState
from ecliptic.model.finding import Checked, Finding
from ecliptic.model.parsed import ParsedFeed
from ecliptic.model.site import FetchSettings, Site
from ecliptic.model.summary import Summary, together
from ecliptic.store import Store, open_store, run_lock

if TYPE_CHECKING:
    from ecliptic.flows.adding import Added
    from ecliptic.flows.listed import Listed, Moved
    from ecliptic.flows.why import Answer

_LAST_YEAR = 9900  # feeds may ask us to wait for years, and a century is before the end of time


def wall_clock() -> datetime:
    """Return the present time; everything else is given it."""
    return datetime.now(UTC)


def user_agent(site: Site | None = None) -> str:
    """Return how we introduce ourselves: the engine, and whose planet asks."""
    if site is None:
        return f"Ecliptic/{__version__}"
    if site.fetch.user_agent:
        return site.fetch.user_agent
    about = f"+{site.link}; {site.name}" if site.link else site.name
    plain = about.encode("ascii", "ignore").decode()
    return f"Ecliptic/{__version__} ({plain.translate({40: None, 41: None})})"


def load_site(config: str | Path) -> Site:
    """Read a configuration of any kind we know.

    Raises ``ConfigError`` naming file, line and remedy.
    """
    from ecliptic import sources  # noqa: PLC0415 - commands that read no settings need none

    path = Path(config)
    if sources.detect(path) == "ini":
        from ecliptic import legacy  # noqa: PLC0415 - most planets have no old settings

        return legacy.load(path)
    return sources.load(path)


class Planet:
    """One planet: its settings, and the flows that refresh and publish it.

    Its methods are plain calls that return when the work is done; beside a
    running event loop, give them a thread.

    >>> from ecliptic import Planet
    >>> planet = Planet.open("examples/planet.toml", offline=True)
    >>> planet.site.name
    'Planet Example'
    """

    def __init__(self, site: Site, *, now: datetime | None = None, jobs: int = 0) -> None:
        self.site = site
        self._now = now
        self._jobs = jobs

    @classmethod
    def open(
        cls,
        config: str | Path,
        *,
        now: datetime | None = None,
        state: str | Path | None = None,
        output: str | Path | None = None,
        allow_networks: Sequence[str] = (),
        offline: bool = False,
        every: bool = False,
        only: str = "",
        jobs: int = 0,
    ) -> Self:
        """Read ``config`` and return its planet; nothing is fetched or written yet.

        ``now`` makes every flow behave as at that moment. ``state`` and
        ``output`` take the place of the settings of that name.
        ``allow_networks`` are CIDR blocks that may be connected to although
        they are not public. ``every`` asks feeds that are not due too, ``only``
        those that it matches. ``jobs`` is the number of processes that read and
        clean documents, 0 for one a core. Raises ``ConfigError``.
        """
        site = load_site(config)
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
        return cls(site, now=now, jobs=jobs)

    def now(self) -> datetime:
        """Return the moment at which this planet's flows behave to run."""
        return self._now or wall_clock()

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
            written = [move for move in self.moved() if not move.subscribed]
            for move in written:
                edit.set_url(self.site.config, move.url, move.to)
            if written:
                with self.store() as store:
                    store.subscribe(load_site(self.site.config).subscriptions)
        return written

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

        return run(
            refresh(
                self.site,
                store,
                now=now,
                user_agent=user_agent(self.site),
                jobs=self._jobs,
                progress=progress,
            )
        )

    def _publish(self, store: Store, now: datetime, progress: Progress) -> Summary:
        from ecliptic.flows.publish import publish  # noqa: PLC0415 - `refresh` needs no templates

        return publish(self.site, store, now=now, progress=progress)

    def _tell_hub(self, store: Store, now: datetime) -> Summary:
        if not self.site.hub or self.site.fetch.offline:
            return Summary()
        from ecliptic.flows.hub import tell_hub  # noqa: PLC0415 - most planets have no hub

        return run(tell_hub(self.site, store, now=now, user_agent=user_agent(self.site)))


def check(
    what: str,
    *,
    now: datetime | None = None,
    allow_networks: Sequence[str] = (),
    config: str | Path = "",
) -> Checked:
    """Check a configuration file, a feed in a file, or the feed at an http(s) address.

    An address is asked as the planet of ``config`` would ask it, if that is given.
    """
    now = now or wall_clock()
    if _is_address(what):
        return _check_address(what, now, allow_networks, load_site(config) if config else None)
    from ecliptic.flows.check import check_file  # noqa: PLC0415 - see `Planet.why`

    return check_file(Path(what), now) or _check_configuration(Path(what), now)


def _check_configuration(path: Path, now: datetime) -> Checked:
    from ecliptic import legacy, sources  # noqa: PLC0415 - see `load_site`

    look = legacy.check if sources.detect(path) == "ini" else sources.check
    found = tuple(look(path))
    errors = sum(finding.severity == "error" for finding in found)
    if not errors:
        from ecliptic.flows.listed import stored_findings  # noqa: PLC0415 - see `Planet.why`

        stored = stored_findings(load_site(path), now)
        found = tuple(sorted((*found, *stored), key=lambda finding: finding.line))
    verdict = f"cannot be used: {_number(errors, 'error')}" if errors else "can be used"
    return Checked(what=str(path), verdict=verdict, status=2 if errors else 0, findings=found)


def _check_address(
    address: str, now: datetime, allow_networks: Sequence[str], site: Site | None
) -> Checked:
    from ecliptic.flows.adding import access_of  # noqa: PLC0415 - see `Planet.why`
    from ecliptic.flows.check import check_found  # noqa: PLC0415 - see `Planet.why`
    from ecliptic.flows.library import find_feed  # noqa: PLC0415 - see `Planet.why`

    settings = site.fetch if site else FetchSettings()
    settings = replace(settings, allow_networks=(*settings.allow_networks, *allow_networks))
    access = access_of(site, address) if site else None
    shown, agent = without_password(address), user_agent(site)
    try:
        found = run(find_feed(address, settings, user_agent=agent, now=now, access=access))
    except EclipticError as error:
        message = error.message.removesuffix(f" [{error.code}]")
        finding = Finding(severity="error", code=error.code, message=message)
        return Checked(what=shown, verdict="no feed", status=1, findings=(finding,))
    return check_found(address, found, now)


def read_document(
    source: str,
    *,
    url: str = "",
    content_type: str = "",
    now: datetime | None = None,
    allow_networks: Sequence[str] = (),
) -> ParsedFeed:
    """Parse the document in a file, at an address, or (``-``) on stdin.

    Raises ``UsageError`` when the file cannot be read and ``EclipticError``
    when the address gives no document.
    """
    from ecliptic.documents import parse  # noqa: PLC0415 - see `Planet.why`

    if _is_address(source):
        from ecliptic.flows.library import fetch_one  # noqa: PLC0415 - files need no client

        settings = FetchSettings(allow_networks=tuple(allow_networks))
        fetched = run(fetch_one(source, settings, user_agent=user_agent(), now=now or wall_clock()))
        body, url = fetched.body, url or fetched.url
        content_type = content_type or fetched.content_type
    else:
        body = _read(source)
    return parse(body, url=url, headers={"content-type": content_type})


def _read(source: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError("parse.unreadable", f"{source}: {error.strerror}") from error


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
