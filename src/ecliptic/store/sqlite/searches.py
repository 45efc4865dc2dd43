"""Answers to filters, kept from run to run.

A list holds the entries that a filter takes among all that are shown since its horizon.
What is new or changed is asked by its revision; where too few are left, the search goes
on below the horizon. A frequent filter never reads far down, a rare one once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import msgspec

from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.page import Selection
from ecliptic.model.search import Found
from ecliptic.store.sqlite import meta, rows
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.queries import CONDITION, queries

if TYPE_CHECKING:
    from ecliptic.store.sqlite.finding import Condition


"""Stands in ``queries.sql`` where the condition of a filter goes."""

_EVERY: Final = -(1 << 63)
"""The horizon below which there is nothing."""

_NOTHING: Final = (1 << 63) - 1
"""The horizon of a search that has not begun."""

_DAY: Final = 86_400_000_000
_MOST_KEPT: Final = 8
"""How many times what a page shows may be listed before the oldest are dropped."""


class _Search(msgspec.Struct, kw_only=True):
    """A row of ``search``: what was asked, of how many, and what came of it."""

    number: int
    condition: bytes = b""
    horizon: int = _NOTHING
    revision: int = 0
    news: bytes = b""
    changed_at: int | None = None


class _Listed(msgspec.Struct, frozen=True):
    """An entry of a list: its number, how it stands, and where."""

    number: int
    revision: int
    fingerprint: bytes
    shown_at: int


class SqliteSearches:
    """The ``SearchIndex`` over SQLite; see ``store.searches`` for what its methods promise."""

    def __init__(
        self, feeds: Callable[[], Collection[FeedState]], reading: Access, writing: Access
    ) -> None:
        self._feeds = feeds
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def keep(self, asked: Collection[Selection], now: datetime) -> Mapping[Selection, Found]:
        """Bring the answers to these questions up to date, and forget all others."""
        with self._reading() as connection:
            known = dict(connection.execute(self._sql["searches"]).fetchall())
        if not asked and not known:
            return {}
        from ecliptic.store.sqlite import finding  # noqa: PLC0415 - most runs have no filter

        self._forget([known[name] for name in known.keys() - set(map(_name, asked))])
        feeds = self._feeds()
        with self._reading() as connection:
            finding.teach(connection)
        return {
            selection: self._keep(selection, finding.condition(selection.filter, feeds, now))
            for selection in asked
        }

    def newest(self, selection: Selection) -> Iterator[Entry]:
        """Stream the answer to a question that is kept, newest first."""
        with self._reading() as connection:
            for row in connection.execute(self._sql["found"], (_name(selection),)):
                yield rows.to_entry(row)

    def _forget(self, numbers: Collection[int]) -> None:
        if not numbers:
            return
        with self._writing() as connection:
            for number in numbers:
                connection.execute(self._sql["forget_found"], (number,))
                connection.execute(self._sql["forget_search"], (number,))

    def _keep(self, selection: Selection, asked: Condition) -> Found:
        with self._reading() as connection:
            search, revision = self._look(connection, selection), _revision(connection)
            listed = self._listed(connection, search.number)
            is_whole = _is_enough(listed, selection, search.horizon)
            is_current = search.condition == _digest(asked) and search.revision == revision
            news = _news(listed, selection)
        if not (search.number and is_current and is_whole and news == search.news):
            with self._writing() as connection:
                listed = self._bring_up(connection, selection, search, asked)
        mark = _digest([(each.number, each.revision) for each in _shown(listed, selection)])
        return Found(mark=mark.hex(), changed_at=rows.to_time(search.changed_at))

    def _bring_up(
        self,
        connection: sqlite3.Connection,
        selection: Selection,
        search: _Search,
        asked: Condition,
    ) -> list[_Listed]:
        """Ask what is new, and what is older if there is too little of it; return the list."""
        if not search.number:
            begun = connection.execute(self._sql["begin_search"], (_name(selection),))
            search.number = begun.lastrowid or 0
        if search.condition != _digest(asked):
            connection.execute(self._sql["forget_found"], (search.number,))
            search.condition, search.horizon = _digest(asked), _NOTHING
        else:
            self._ask_revised(connection, search, asked)
        search.revision = _revision(connection)
        listed = self._listed(connection, search.number)
        if not _is_enough(listed, selection, search.horizon):
            self._ask_older(connection, selection, search, asked)
            listed = self._listed(connection, search.number)
        self._prune(connection, selection, search, listed)
        news = _news(listed, selection)
        if news != search.news:
            search.news, search.changed_at = news, meta.read(connection, "changed_at")
        values = (search.condition, search.horizon, search.revision, search.news)
        written = (*values, search.changed_at, search.number)
        connection.execute(self._sql["write_search"], written)
        return listed

    def _ask_revised(
        self, connection: sqlite3.Connection, search: _Search, asked: Condition
    ) -> None:
        """Ask the entries that are new, or stand otherwise, since the last time."""
        connection.execute(self._sql["forget_revised"], (search.number, search.revision))
        statement = self._sql["search_revised"].replace(CONDITION, asked.sql)
        values = (search.revision, search.horizon, *asked.values)
        self._add(connection, search, connection.execute(statement, values).fetchall())

    def _ask_older(
        self,
        connection: sqlite3.Connection,
        selection: Selection,
        search: _Search,
        asked: Condition,
    ) -> None:
        """Ask the entries below the horizon, the newest first, until there are enough."""
        shown = set(connection.execute(self._sql["shown_feeds"]).fetchall())
        listed = self._listed(connection, search.number)
        statement = self._sql["search_older"].replace(CONDITION, asked.sql)
        values = (search.horizon, *asked.values)
        found = []
        search.horizon = _EVERY
        for number, shown_at, feed_id in connection.execute(statement, values):
            found.append((number,))
            if (feed_id,) in shown:
                listed.append(_Listed(number, 0, b"", shown_at))
                if _is_enough(listed, selection, shown_at):
                    search.horizon = shown_at
                    break
        self._add(connection, search, found)
        if search.horizon != _EVERY:  # others may stand at the same moment
            statement = self._sql["search_moment"].replace(CONDITION, asked.sql)
            moment = connection.execute(statement, (search.horizon, *asked.values)).fetchall()
            self._add(connection, search, moment)

    def _prune(
        self,
        connection: sqlite3.Connection,
        selection: Selection,
        search: _Search,
        listed: list[_Listed],
    ) -> None:
        """Drop the oldest of a list that has grown far beyond what pages show of it."""
        if selection.limit and len(listed) > selection.limit * _MOST_KEPT:
            search.horizon = listed[selection.limit * 2].shown_at
            connection.execute(self._sql["drop_found"], (search.number, search.horizon))

    def _add(
        self, connection: sqlite3.Connection, search: _Search, found: Collection[tuple[int]]
    ) -> None:
        pairs = ((search.number, number) for (number,) in found)
        connection.executemany(self._sql["add_found"], pairs)

    def _look(self, connection: sqlite3.Connection, selection: Selection) -> _Search:
        row = connection.execute(self._sql["search"], (_name(selection),)).fetchone()
        if not row:
            return _Search(number=0)
        return _Search(**dict(zip(_Search.__struct_fields__, row, strict=True)))

    def _listed(self, connection: sqlite3.Connection, number: int) -> list[_Listed]:
        found = connection.execute(self._sql["listed_found"], (number,))
        return [_Listed(*row) for row in found]


def _revision(connection: sqlite3.Connection) -> int:
    return int(meta.read(connection, "revision") or 0)


def _name(selection: Selection) -> str:
    return f"{selection.limit} {selection.days} {selection.filter}"


def _is_enough(listed: Sequence[_Listed], selection: Selection, horizon: int) -> bool:
    """Whether a page has all it may show, when entries down to ``horizon`` were asked."""
    if horizon == _EVERY or (selection.limit and len(listed) >= selection.limit):
        return True
    return bool(selection.days and listed) and horizon < _first_day(listed, selection)


def _first_day(listed: Sequence[_Listed], selection: Selection) -> int:
    return listed[0].shown_at - selection.days * _DAY


def _shown(listed: Sequence[_Listed], selection: Selection) -> Sequence[_Listed]:
    """Return what of a list a page shows (see ``select.window``)."""
    chosen = listed[: selection.limit or None]
    if not selection.days or not chosen:
        return chosen
    return [each for each in chosen if each.shown_at >= _first_day(chosen, selection)]


def _news(listed: Sequence[_Listed], selection: Selection) -> bytes:
    shown = _shown(listed, selection)
    return _digest([(each.number, each.fingerprint, each.shown_at) for each in shown])


def _digest(value: object) -> bytes:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=12).digest()
