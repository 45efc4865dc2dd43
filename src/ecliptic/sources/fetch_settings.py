"""The native settings of fetching: a part of ``sources.settings``."""

from __future__ import annotations

from typing import Final

from ecliptic.model.site import FetchSettings
from ecliptic.sources import kinds, secrets
from ecliptic.sources.kinds import number, seconds, whole
from ecliptic.sources.setting import Setting

_FETCH: Final = FetchSettings()

FETCH: Final = (
    Setting(
        key="timeout",
        kind=seconds(1, 600),
        default=_FETCH.timeout,
        words="seconds that the answer to one request may take",
    ),
    Setting(
        key="connect_timeout",
        kind=seconds(0.1, 120),
        default=_FETCH.connect_timeout,
        words="seconds that connecting may take",
    ),
    Setting(
        key="max_bytes",
        kind=whole(1_000, 1_000_000_000),
        default=_FETCH.max_bytes,
        words="the largest document that is read, in bytes",
    ),
    Setting(
        key="max_redirects",
        kind=whole(0, 50),
        default=_FETCH.max_redirects,
        words="redirects that are followed for one request",
    ),
    Setting(
        key="connections",
        kind=whole(1, 1_000),
        default=_FETCH.connections,
        words="requests under way at a time",
    ),
    Setting(
        key="connections_per_host",
        kind=whole(1, 64),
        default=_FETCH.connections_per_host,
        words="requests under way at a time to one host",
    ),
    Setting(
        key="host_spacing",
        kind=seconds(0, 60),
        default=_FETCH.host_spacing,
        words="seconds from one request to a host to the next, after the first thirty of a run",
    ),
    Setting(
        key="min_interval",
        kind=seconds(60, 2_678_400),
        default=_FETCH.min_interval,
        words="the shortest time between two checks of a feed, in seconds",
    ),
    Setting(
        key="max_interval",
        kind=seconds(60, 2_678_400),
        default=_FETCH.max_interval,
        words="the longest time between two checks that we choose ourselves, in seconds; servers "
        "and feeds may ask for a longer one",
    ),
    Setting(
        key="checks_per_day",
        kind=number(0.1, 1_440),
        default=_FETCH.checks_per_day,
        words="how often a feed is asked on an average day; those that publish much are asked "
        "more often than those that publish little",
    ),
    Setting(
        key="user_agent",
        kind=kinds.TEXT,
        example="PlanetExample (+https://planet.example/)",
        words="how we name ourselves to servers; the default names the planet and its link",
    ),
    Setting(
        key="proxy",
        kind=secrets.PROXY,
        example="http://proxy.example:3128",
        words="the proxy that feeds are read through",
    ),
    Setting(
        key="allow_networks",
        kind=kinds.NETWORKS,
        default=(),
        example=("192.0.2.0/24",),
        words="private networks that may be asked; without them only public addresses are",
    ),
)
