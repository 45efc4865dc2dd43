"""Dates as feedparser gives them: the nine numbers of ``time.struct_time``, in UTC."""

from __future__ import annotations

from time import struct_time

from ecliptic.parse.dates import parse_date


def parsed(text: str) -> struct_time | None:
    """Return the time that ``text`` means, or ``None`` if it means none.

    >>> tuple(parsed("Thu, 01 Jan 2004 19:48:21 GMT"))
    (2004, 1, 1, 19, 48, 21, 3, 1, 0)
    """
    moment = parse_date(text)
    return moment.utctimetuple() if moment else None
