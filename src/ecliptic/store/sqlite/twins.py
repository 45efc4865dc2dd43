"""Finding copies of posts by keys that entries share."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry
from ecliptic.model.twin import AlsoAt, Copy
from ecliptic.store.sqlite import rows, writing
from ecliptic.store.sqlite.queries import queries
from ecliptic.store.twins import TwinKeys, TwinMark

_Transaction: TypeAlias = Callable[[], AbstractContextManager[sqlite3.Connection]]

_MARK = "twins"
_to_mark = msgspec.json.Decoder(TwinMark).decode


class SqliteTwins:
    """The ``TwinIndex`` over SQLite; see ``store.twins`` for what its methods promise."""

    def __init__(self, reading: _Transaction, writing: _Transaction) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def mark(self) -> TwinMark:
        """Return up to where copies were looked for."""
        found = self._meta(_MARK)
        return _to_mark(found) if found else TwinMark()

    def ahead(self, mark: TwinMark) -> tuple[TwinMark, bool]:
        """Return ``mark`` moved to the present; and if entries changed that lie behind it."""
        ((last, is_changed),) = self._ask("twin_last")
        subscriptions = (self._meta("subscriptions") or b"").hex()
        feeds = mark.feeds
        if subscriptions != mark.subscriptions:
            feeds = tuple(number for (number,) in self._ask("twin_feeds"))
        moved = replace(mark, last=last, subscriptions=subscriptions, feeds=feeds)
        return moved, bool(is_changed)

    def resubscribe(self, came: Collection[int], went: Collection[int], last: int) -> None:
        """Have the entries up to ``last`` looked at of feeds shown now, or not any more."""
        sql = self._sql
        with self._writing() as connection:
            connection.execute(sql["twin_feeds_came"], (rows.to_json(list(came)), last))
            connection.execute(sql["twin_feeds_went"], (rows.to_json(list(went)),))
            for (feed_id,) in connection.execute(sql["twin_all_shown_feeds"]).fetchall():
                writing.note_look(connection, feed_id)

    def add(self, keys: TwinKeys, last: int, *, anew: bool) -> None:
        """Make the keys of entries that came after ``last`` or changed; or of all, ``anew``."""
        sql = self._sql
        asked = {"last": 0 if anew else last, "since": rows.to_ticks(keys.since)}
        with self._writing() as connection:
            connection.create_function("twin_link", 1, keys.link, deterministic=True)
            connection.create_function("twin_id", 1, keys.id, deterministic=True)
            connection.execute(sql["twin_fresh_table"])
            connection.execute(sql["twin_forget_fresh"])
            if anew:
                connection.execute(sql["twin_forget_keys"])
            connection.execute(sql["twin_fresh_links"], asked)
            connection.execute(sql["twin_fresh_ids"], asked)
            if keys.text is not None:
                found = connection.execute(sql["twin_fresh_texts"], asked)
                made = _text_keys(found, keys.text)
                connection.executemany(sql["twin_add_fresh"], made)
            connection.execute(sql["twin_add_keys"])

    def suspects(self) -> set[int]:
        """Return which of the entries just added share a key with another one."""
        return self._numbers("twin_suspects")

    def changed(self) -> set[int]:
        """Return the folded entries, and those with others folded into them, that changed."""
        return self._numbers("twin_todo")

    def changed_feeds(self, last: int) -> set[int]:
        """Return the feeds of entries that came after ``last`` or changed."""
        return self._numbers("twin_feeds_todo", last)

    def folded(self) -> set[int]:
        """Return the entries that are folded, and those that others are folded into."""
        return self._numbers("twin_folded")

    def mates(self, rows_asked: Collection[int]) -> set[int]:
        """Return ``rows``, what they are folded into, and what is folded into the same."""
        return self._numbers("twin_mates", rows.to_json(list(rows_asked)))

    def sharing(self, key: int, most: int) -> list[int]:
        """Return the entries that have a key; none when they are more than ``most``."""
        found = [number for (number,) in self._ask("twin_sharing", key, most + 1)]
        return found if len(found) <= most else []

    def copies(self, rows_asked: Collection[int]) -> list[Copy]:
        """Return the entries."""
        found = self._ask("twin_copies", rows.to_json(list(rows_asked)))
        return [rows.to_copy(row) for row in found]

    def text(self, row: int) -> str:
        """Return the markup of an entry's body."""
        ((text,),) = self._ask("twin_text", row)
        return str(text)

    def links(self, feed_id: int) -> list[str]:
        """Return the links of a fair sample of a feed's entries, hidden ones too."""
        return [link for (link,) in self._ask("twin_links", feed_id)]

    def write(
        self,
        looked_at: Collection[int],
        folds: Mapping[int, int],
        amendments: Iterable[Amendment],
        at: datetime,
    ) -> None:
        """Fold exactly these of the entries ``looked_at``, each into another, all at once."""
        sql = self._sql
        shown = rows.to_json(sorted(set(folds.values())))
        with self._writing() as connection:
            connection.execute(sql["twin_unfold"], (rows.to_json(list(looked_at)),))
            connection.executemany(sql["twin_fold"], folds.items())
            writing.amend(connection, amendments, at)
            for (feed_id,) in connection.execute(sql["twin_shown_feeds"], (shown,)).fetchall():
                writing.note_look(connection, feed_id)

    def settle(self, mark: TwinMark, prune_before: datetime | None = None) -> None:
        """Remember up to where copies were looked for; forget the keys of older texts."""
        with self._writing() as connection:
            connection.execute(self._sql["twin_forget_todo"])
            connection.execute(self._sql["set_meta"], (_MARK, rows.to_json(mark)))
            if prune_before is not None:
                connection.execute(self._sql["twin_prune"], (rows.to_ticks(prune_before),))

    def forget(self, mark: TwinMark) -> None:
        """Remember that copies are not looked for, and no keys."""
        with self._writing() as connection:
            connection.execute(self._sql["twin_forget_todo"])
            connection.execute(self._sql["twin_forget_keys"])
            connection.execute(self._sql["set_meta"], (_MARK, rows.to_json(mark)))

    def also_at(self, entries: Iterable[Entry]) -> dict[str, list[AlsoAt]]:
        """Return the copies that are folded into ``entries``, by the uid of these."""
        asked = rows.to_json([(entry.feed_id, entry.key) for entry in entries])
        found: dict[str, list[AlsoAt]] = {}
        for shown, feed_id, link in self._ask("twin_also_at", asked):
            found.setdefault(shown, []).append(AlsoAt(feed_id=feed_id, link=link))
        return found

    def _ask(self, name: str, *values: object) -> list[rows.Row]:
        with self._reading() as connection:
            return connection.execute(self._sql[name], values).fetchall()

    def _numbers(self, name: str, *values: object) -> set[int]:
        return {number for (number,) in self._ask(name, *values)}

    def _meta(self, key: str) -> rows.Cell:
        found = self._ask("get_meta", key)
        return found[0][0] if found else None


def _text_keys(
    found: Iterable[rows.Row], make: Callable[[str, str], list[int]]
) -> Iterator[tuple[int, int]]:
    for number, title, text in found:
        for key in make(title, text):
            yield key, number
