"""Finding copies of posts by keys that entries share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

import msgspec
from msgspec.structs import replace

from ecliptic.model.entry import Entry
from ecliptic.model.feed import FeedState
from ecliptic.model.twin import AlsoAt, Copy
from ecliptic.store.sqlite import meta, rows, writing
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.queries import queries
from ecliptic.store.twins import Folding, TwinKeys, TwinMark

_MARK = "twins"
_to_mark = msgspec.json.Decoder(TwinMark).decode


class SqliteTwins:
    """The ``TwinIndex`` over SQLite; see ``store.twins`` for what its methods promise."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()
        self._one_feed = self._sql["feeds"].rpartition("WHERE")[0] + "WHERE id = ?"
        self._functions: tuple[object, object] | None = None

    def mark(self) -> TwinMark:
        """Return up to where copies were looked for."""
        found = self._fact(_MARK)
        return _to_mark(found) if found else TwinMark()

    def ahead(self, mark: TwinMark) -> tuple[TwinMark, bool]:
        """Return ``mark`` moved to the present; and if entries changed that lie behind it."""
        ((last, is_changed),) = self._ask("twin_last")
        subscriptions = (self._fact("subscriptions") or b"").hex()
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
            connection.execute(sql["revise_folded_into"])

    def add(self, keys: TwinKeys, last: int, *, anew: bool) -> None:
        """Make the keys of entries that came after ``last`` or changed; or of all, ``anew``."""
        sql = self._sql
        asked = {"last": 0 if anew else last, "since": rows.to_ticks(keys.since)}
        with self._writing() as connection:
            if self._functions != (keys.link, keys.id):  # making one makes all statements anew
                self._functions = (keys.link, keys.id)
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
        """Return which of those that changed are folded, have folds, or are shown by hand."""
        return self._numbers("twin_todo")

    def changed_feeds(self, last: int) -> set[int]:
        """Return the feeds of entries that came after ``last`` or changed."""
        return self._numbers("twin_feeds_todo", last)

    def folded(self) -> set[int]:
        """Return the entries that are folded, and those that others are folded into."""
        return self._numbers("twin_folded")

    def mates(self, rows_asked: Collection[int]) -> set[int]:
        """Return ``rows``, what they are folded into, and what is folded into the same."""
        shown = self._numbers("twin_folded_into", rows.to_json(list(rows_asked)))
        heads = shown.union(rows_asked)
        return heads | self._numbers("twin_folded_in", rows.to_json(list(heads)))

    def sharing(self, keys: Collection[int], most: int) -> dict[int, list[int]]:
        """Return at most ``most`` of the entries that have each of the keys."""
        found = self._ask("twin_sharing", most, rows.to_json(list(keys)))
        return {key: rows.numbers(entries) for key, entries in found}

    def copies(self, rows_asked: Collection[int]) -> list[Copy]:
        """Return the entries."""
        found = self._ask("twin_copies", rows.to_json(list(rows_asked)))
        return [rows.to_copy(row) for row in found]

    def text(self, row: int) -> str:
        """Return the markup of an entry's body."""
        ((text,),) = self._ask("twin_text", row)
        return str(text)

    def feed(self, feed_id: int) -> FeedState:
        """Return a subscribed feed."""
        with self._reading() as connection:
            return rows.to_feed(connection.execute(self._one_feed, (feed_id,)).fetchone())

    def links(self, feed_id: int) -> list[str]:
        """Return the links of a fair sample of a feed's entries, hidden ones too."""
        return [link for (link,) in self._ask("twin_links", feed_id)]

    def settle(self, mark: TwinMark, folding: Folding) -> None:
        """Remember up to where copies were looked for, and write what was found, all at once."""
        sql = self._sql
        with self._writing() as connection:
            if folding.looked_at:
                looked_at = rows.to_json(list(folding.looked_at))
                before = connection.execute(sql["twin_unfold"], (looked_at,))
                heads = {into for (into,) in before}.union(folding.folds.values())
                shown = rows.to_json(sorted(heads))
                connection.executemany(sql["twin_fold"], folding.folds.items())
                writing.amend(connection, folding.amendments, folding.at)
                for (feed_id,) in connection.execute(sql["twin_shown_feeds"], (shown,)).fetchall():
                    writing.note_look(connection, feed_id)
                writing.note_looks(connection, folding.looked_at)
            connection.execute(sql["twin_forget_todo"])
            meta.write(connection, _MARK, rows.to_json(mark))

    def forget_keys(self, before: datetime | None = None) -> None:
        """Forget by what copies are found: all, or the texts shown ``before`` a time."""
        with self._writing() as connection:
            if before is None:
                connection.execute(self._sql["twin_forget_keys"])
            else:
                connection.execute(self._sql["twin_prune"], (rows.to_ticks(before),))

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

    def _fact(self, key: str) -> rows.Cell:
        with self._reading() as connection:
            return meta.read(connection, key)


def _text_keys(
    found: Iterable[rows.Row], make: Callable[[str, str], list[int]]
) -> Iterator[tuple[int, int]]:
    for number, title, text in found:
        for key in make(title, text):
            yield key, number
