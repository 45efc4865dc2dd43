"""Every native setting: its kind, its default and what it does, said once.

Validation, the starter file and ``docs/reference/settings.md`` all read these
tables, so none of them can know a setting that the others do not.
"""

from __future__ import annotations

from typing import Final

from ecliptic.model.site import FetchSettings, PageSettings, Site, TopicSettings
from ecliptic.sources import kinds, secrets
from ecliptic.sources.kinds import choice, number, seconds, whole
from ecliptic.sources.rules import FEED_RULES, PLANET_RULES
from ecliptic.sources.setting import Setting

_SITE: Final = Site(name="")
_PAGES: Final = PageSettings()
_FETCH: Final = FetchSettings()
_TOPICS: Final = TopicSettings()


PLANET: Final = (
    Setting(
        key="name",
        kind=kinds.NAME,
        required=True,
        example="Planet Example",
        words="the name of the planet",
    ),
    Setting(
        key="link",
        kind=kinds.ADDRESS,
        example="https://planet.example/",
        words="where the planet will be seen; output feeds need it for their own addresses",
    ),
    Setting(
        key="hub",
        kind=kinds.PUBLIC_ADDRESS,
        example="https://hub.example/",
        words="the WebSub hub that is told when an output feed changes; it needs link",
    ),
    Setting(
        key="description",
        kind=kinds.TEXT,
        example="What our community writes",
        words="one sentence under the name and in the output feeds",
    ),
    Setting(
        key="language",
        kind=kinds.LANGUAGE,
        default=_SITE.language,
        words="the language of the planet's own texts",
    ),
    Setting(
        key="owner_name",
        kind=kinds.TEXT,
        example="Planet maintainers",
        words="who runs the planet",
    ),
    Setting(
        key="owner_email",
        kind=kinds.EMAIL,
        example="planet@planet.example",
        words="where authors can reach them",
    ),
    Setting(
        key="detect_languages",
        kind=kinds.FLAG,
        default=_SITE.detect_languages,
        example=True,
        words="tell the language of entries that do not declare one, or whose feed declares "
        "another for all; it needs the extra ecliptic[topics]",
    ),
    Setting(
        key="timezone",
        kind=kinds.TIME_ZONE,
        default=_SITE.timezone,
        example="Europe/Berlin",
        words="the zone in which dates are shown and days begin",
    ),
    Setting(
        key="date_format",
        kind=kinds.DATE_FORMAT,
        default=_SITE.date_format,
        words="how the date of an entry is written (strftime)",
    ),
    Setting(
        key="day_format",
        kind=kinds.DATE_FORMAT,
        default=_SITE.day_format,
        words="how the heading of a day is written (strftime)",
    ),
    Setting(
        key="items_per_page",
        kind=whole(0, 10_000),
        default=_PAGES.items_per_page,
        words="entries on the front page and in each output feed; 0 means no limit",
    ),
    Setting(
        key="days_per_page",
        kind=whole(0, 36_500),
        default=_PAGES.days_per_page,
        words="days on the front page, counted back from the newest entry; 0 means no limit",
    ),
    Setting(
        key="feed_items",
        kind=whole(0, 10_000),
        default=_PAGES.feed_items,
        example=5,
        words="entries that one feed may have on the front page at a time; 0 means no limit",
    ),
    *PLANET_RULES,
    Setting(
        key="output",
        kind=kinds.FOLDER,
        default="site",
        words="the folder that is published",
    ),
    Setting(
        key="state",
        kind=kinds.FOLDER,
        default="planet.sqlite",
        words="the file that remembers entries; the default has the name of this file",
    ),
    Setting(
        key="theme",
        kind=kinds.FOLDER,
        default="theme",
        words="a folder whose templates and assets replace ours; the default is used if it exists",
    ),
    Setting(
        key="publish_as",
        kind=choice("auto", "links", "folder"),
        default=_SITE.publish_as,
        words="swap a link at once (links), write into a plain folder (folder), or find out (auto)",
    ),
    Setting(
        key="link_rel",
        kind=kinds.LINK_TYPES,
        default=_SITE.link_rel,
        words="the rel attribute of links inside entries",
    ),
    Setting(
        key="plugins",
        kind=kinds.NAMES,
        default=(),
        example=("preview_image",),
        words="the plugins that new and changed entries go through, in this order; a table "
        "[plugin.NAME] has the parameters of one",
    ),
    Setting(
        key="extra",
        kind=kinds.EXTRA,
        example={"logo": "logo.svg"},
        words="your own texts, for your templates",
    ),
)

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

TOPICS: Final = (
    Setting(
        key="drop_below",
        kind=number(0, 1),
        default=None,
        example=0.2,
        words="hide entries that are on topic with less than this probability; without it "
        "nothing is hidden",
    ),
    Setting(
        key="review_below",
        kind=number(0, 1),
        default=None,
        example=0.5,
        words="put entries below this probability up for review (ecliptic topics review)",
    ),
    Setting(
        key="grey",
        kind=choice("show", "hold"),
        default=_TOPICS.grey,
        words="show entries that are up for review, or hold them back until you labelled them",
    ),
)

FEED: Final = (
    Setting(
        key="url",
        kind=kinds.FEED_ADDRESS,
        required=True,
        example="https://blog.example/feed.xml",
        words="the address of the feed, or file: and the path of a file here",
    ),
    Setting(
        key="name",
        kind=kinds.TEXT,
        example="Ada",
        words="what the planet calls it; without it, the title that the feed gives itself",
    ),
    Setting(
        key="link",
        kind=kinds.ADDRESS,
        example="https://blog.example/",
        words="the page it belongs to; without it, the one that the feed names",
    ),
    Setting(
        key="source",
        kind=kinds.TEXT,
        example="github",
        words="the plugin that reads it; without it, ours read the addresses they know",
    ),
    Setting(
        key="plugins",
        kind=kinds.NAMES,
        default=None,
        example=(),
        words="the plugins that its entries go through, in place of the planet's; [] for none",
    ),
    Setting(
        key="paused",
        kind=kinds.FLAG,
        default=False,
        example=True,
        words="stop asking for it and keep what it published",
    ),
    Setting(
        key="hidden",
        kind=kinds.FLAG,
        default=False,
        example=True,
        words="ask for it and show nothing of it",
    ),
    *FEED_RULES,
    Setting(
        key="username",
        kind=secrets.USERNAME,
        example="planet",
        words="the name that the feed's server asks for; sent to its own host only",
    ),
    Setting(
        key="password",
        kind=secrets.PASSWORD,
        example={"env": "FEED_PASSWORD"},
        words="the password that goes with it",
    ),
    Setting(
        key="headers",
        kind=secrets.HEADERS,
        example={"X-Token": {"file": "token.txt"}},
        words="header fields that the feed's server asks for; sent to its own host only",
    ),
    Setting(
        key="proxy",
        kind=secrets.FEED_PROXY,
        example="none",
        words="the proxy that it is read through, in place of the planet's; "
        "none to ask it directly",
    ),
    Setting(
        key="insecure",
        kind=kinds.FLAG,
        default=False,
        example=True,
        words="do not check the certificate of its server; every run warns of it",
    ),
    Setting(
        key="extra",
        kind=kinds.EXTRA,
        example={"face": "ada.png"},
        words="your own texts, for your templates",
    ),
)

PLUGIN: Final = (
    Setting(
        key="use",
        kind=kinds.NAME,
        example="executables",
        words="the plugin that is meant, where NAME is a name of your own",
    ),
)
"""What every table ``[plugin.NAME]`` may hold; all its other keys are the plugin's parameters."""

TABLES: Final = {"planet": PLANET, "fetch": FETCH, "topics": TOPICS, "feed": FEED}
