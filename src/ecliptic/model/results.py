"""What a server finds when it is searched."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that was found, as results show it: ``text`` is how it begins, without markup.

    ``home`` is the site of the ``feed``. An entry without a title has ``""``.
    """

    title: str
    link: str
    feed: str
    home: str
    author: str
    time: datetime
    text: str


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what an expression finds, newest first; ``more`` says that there are others.

    One that cannot be asked has a ``problem``, and the ``column`` where it is, counted from
    1, if that is known.
    """

    query: str
    page: int = 1
    more: bool = False
    hits: tuple[Hit, ...] = ()
    problem: str = ""
    column: int = 0
