"""The settings of a list of feeds that somebody else keeps; see ``sources.settings``."""

from __future__ import annotations

from typing import Final

from ecliptic.sources import kinds
from ecliptic.sources.kinds import choice
from ecliptic.sources.setting import Setting

LIST: Final = (
    Setting(
        key="url",
        kind=kinds.FEED_ADDRESS,
        required=True,
        example="https://blogroll.example/feeds.opml",
        words="where the list is, or file: and the path of a file here; it is asked for once a "
        "day, or as seldom as its server says",
    ),
    Setting(
        key="kind",
        kind=choice("opml", "foaf", "csv", "ini"),
        example="opml",
        words="its form; without it, it is found out",
    ),
)
