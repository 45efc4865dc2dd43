"""The settings of a feed; see ``sources.settings``."""

from __future__ import annotations

from typing import Final

from ecliptic.sources import kinds, secrets
from ecliptic.sources.kinds import whole
from ecliptic.sources.rules import FEED_RULES
from ecliptic.sources.setting import Setting

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
    Setting(
        key="filter",
        kind=kinds.FILTER,
        example="lang:en",
        words="what its entries must be to be shown, besides what the planet's filter asks",
    ),
    Setting(
        key="excerpt",
        kind=whole(0, 1_000_000),
        default=None,
        example=500,
        words="as in [planet], for this feed; 0 shows all of its texts",
    ),
    Setting(
        key="strip_ads",
        kind=kinds.FLAG,
        default=None,
        example=True,
        words="as in [planet], for this feed",
    ),
    Setting(
        key="face",
        kind=kinds.FACE,
        example="faces/ada.png",
        words="the picture beside its name: an address, or the path of a file here; without it, "
        "the one that the feed or its site names; none for none",
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
        example={"twitter": "ada"},
        words="your own texts, for your templates",
    ),
)
