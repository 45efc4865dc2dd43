"""The settings of a list of feeds that somebody else keeps; see ``sources.settings``."""

from __future__ import annotations

from typing import Final

from ecliptic.model.reading_list import DEEPEST
from ecliptic.sources import kinds
from ecliptic.sources.kinds import choice, whole
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
    Setting(
        key="depth",
        kind=whole(0, DEEPEST),
        default=0,
        example=1,
        words="of people in a FOAF document: how far away those may be whom they know, and whose "
        "feeds are read too",
    ),
    Setting(
        key="accounts",
        kind=kinds.ACCOUNTS,
        example={"https://photos.example/": "https://photos.example/feed?id={foaf:accountName}"},
        words="of people in a FOAF document: by the page of a service, the feed of an account",
    ),
)
