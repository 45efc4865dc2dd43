"""What a feed usually is like, so that a sudden other one is noticed."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Character(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned of a feed from its new entries, ``since`` the first of them.

    ``entries`` counts what was looked at. ``languages``, ``hosts`` (of its own
    pages) and ``linked`` (hosts that its texts point to) count how often each was
    met, ``words`` those of titles, by a hash; all of them fade. ``maker`` is the
    program that makes the feed, or its format. ``familiar`` is the share of a
    title's words that are usually known, from 0 to 1.
    """

    since: datetime | None = None
    entries: int = 0
    languages: dict[str, int] = {}
    hosts: dict[str, int] = {}
    linked: dict[str, int] = {}
    maker: str = ""
    words: dict[str, int] = {}
    familiar: float = 0.0
