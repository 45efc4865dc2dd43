"""What a server answers to a search."""

from __future__ import annotations

import msgspec


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that was found, as results show it; ``date`` is in words, ``time`` in seconds."""

    title: str
    link: str
    feed: str
    home: str
    author: str
    date: str
    time: int
    text: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
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
