"""One planet's memory in one file: WAL, one writer, a feed written whole in one transaction."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from ecliptic.errors import Busy, StoreError
from ecliptic.model.amendment import Amendment
from ecliptic.model.character import Character
from ecliptic.model.entry import Entry, KnownEntry
from ecliptic.model.feed import Check, FeedChange, FeedState
from ecliptic.model.ping import Ping
from ecliptic.model.push import HubSubscription, Push
from ecliptic.model.site import Subscription
from ecliptic.model.topic import TopicLabel
from ecliptic.store.sqlite import labels, rows, writing
from ecliptic.store.sqlite.migrate import migrate
from ecliptic.store.sqlite.queries import queries
from ecliptic.store.sqlite.reading import character, known
from ecliptic.store.sqlite.renaming import rename_moved

_PRAGMAS: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cache_size = -8000;
PRAGMA wal_autocheckpoint = 8000;
"""

_LEAST_ROOM: Final = 1 << 18
"""Bytes; with less of a disk free, a failed write most likely found it full."""


class SqliteStore:
    """The ``Store`` over SQLite; see ``store.base`` for what its methods promise."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sql = queries()
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=10, isolation_level=None, cached_statements=64
            )
            try:
                self._connection.executescript(_PRAGMAS)
                migrate(self._connection, path)
            except BaseException:
                self._connection.close()
                raise

    def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """Make the stored feeds those the operator lists, in that order; forget none."""
        listed = [
            (
                feed.url,
                position,
                feed.name,
                feed.link,
                feed.paused,
                feed.hidden,
                rows.to_json(feed.extra),
            )
            for position, feed in enumerate(subscriptions)
        ]
        mark = blake2b(rows.to_json(listed).encode(), digest_size=16).digest()
        if self._meta("subscriptions") == mark:
            return
        with self._transaction() as connection:
            rename_moved(connection, [feed.url for feed in subscriptions])
            connection.execute(self._sql["unsubscribe_all"])
            connection.executemany(self._sql["subscribe"], listed)
            connection.execute(self._sql["set_meta"], ("subscriptions", mark))

    def feeds(self) -> list[FeedState]:
        """Return the subscribed feeds in the operator's order."""
        with self._errors():
            return [rows.to_feed(row) for row in self._connection.execute(self._sql["feeds"])]

    def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, KnownEntry]:
        """Return the stored entries of a feed that have one of ``keys``."""
        with self._errors():
            return known(self._connection, feed_id, keys)

    def character(self, feed_id: int) -> Character:
        """Return what a feed usually is like."""
        with self._errors():
            return character(self._connection, feed_id)

    def newest_dates(self) -> Mapping[int, datetime]:
        """Return where the newest shown entry of each subscribed feed stands, if it has any."""
        with self._errors():
            found = self._connection.execute(self._sql["newest_dates"])
            return {number: time for number, at in found if (time := rows.to_time(at))}

    def end_quarantine(self, feed_id: int, character: Character) -> None:
        """Note that a feed is what it is now, and no more suspected."""
        with self._transaction() as connection:
            row = (rows.to_json(character), None, feed_id)
            connection.execute(self._sql["write_character"], row)

    def share_entries(self, feed_id: int, other_id: int) -> bool:
        """Return whether one of the newest entries of a feed is also in another one."""
        with self._errors():
            found = self._connection.execute(self._sql["share_entries"], (feed_id, other_id))
            return found.fetchone() is not None

    def apply(self, *changes: FeedChange) -> None:
        """Write everything that checks brought, one of each feed, in one transaction."""
        if not changes:
            return
        sql = self._sql
        checks = [rows.check_row(change.feed_id, change.check) for change in changes]
        fetches = [rows.fetch_row(change.feed_id, change.fetch) for change in changes]
        with self._transaction() as connection:
            connection.executemany(sql["write_check"], checks)
            connection.executemany(sql["write_fetch"], fetches)
            for change in changes:
                if change.info is not None:
                    info = rows.to_json(change.info)
                    connection.execute(sql["write_info"], (info, change.feed_id))
                writing.write_character(connection, change)
                if change.entries:
                    writing.write_entries(connection, change)
                if change.amendments:
                    writing.amend(connection, change.amendments, change.check.at)

    def amend(self, amendments: Iterable[Amendment], at: datetime) -> None:
        """Write how entries stand from now on, in one transaction; unknown ones are passed over."""
        with self._transaction() as connection:
            writing.amend(connection, amendments, at)

    def waiting(self, now: datetime) -> list[Entry]:
        """Return the hidden entries whose time has come."""
        with self._errors():
            found = self._connection.execute(self._sql["waiting"], (rows.to_ticks(now),))
            return [rows.to_entry(row) for row in found]

    def hidden(self, feed_id: int = 0) -> Iterator[Entry]:
        """Stream hidden entries, newest first, of one feed or (0) of all there ever were."""
        with self._errors():
            if feed_id:
                found = self._connection.execute(self._sql["hidden_of_feed"], (feed_id,))
            else:
                found = self._connection.execute(self._sql["hidden_entries"])
            for row in found:
                yield rows.to_entry(row)

    def newest(self, feed_id: int = 0) -> Iterator[Entry]:
        """Stream shown entries, newest first, of one feed or (0) of all subscribed ones."""
        with self._errors():
            if feed_id:
                found = self._connection.execute(self._sql["newest_of_feed"], (feed_id,))
            else:
                found = self._connection.execute(self._sql["newest"])
            for row in found:
                yield rows.to_entry(row)

    def is_new(self) -> bool:
        """Return whether the planet's first run is still to be finished."""
        return self._meta("settled") is None

    def settle(self) -> None:
        """Note that the planet's first run is finished."""
        with self._transaction() as connection:
            connection.execute(self._sql["set_meta"], ("settled", 1))

    def all_of(self, feed_id: int) -> Iterator[Entry]:
        """Stream all entries of a feed, shown and hidden, newest first."""
        with self._errors():
            for row in self._connection.execute(self._sql["all_of_feed"], (feed_id,)):
                yield rows.to_entry(row)

    def noted(self, code: str) -> Iterator[Entry]:
        """Stream the entries of subscribed feeds with a note whose code begins so, newest first."""
        with self._errors():
            for row in self._connection.execute(self._sql["noted"], (f'"code":"{code}',)):
                yield rows.to_entry(row)

    def topic_labels(self, feed_id: int, keys: Collection[str]) -> Mapping[str, bool]:
        """Return which entries of a feed were labelled, of ``keys``: ``True`` is on topic."""
        with self._errors():
            return labels.of_feed(self._connection, feed_id, keys)

    def write_topic_labels(self, given: Iterable[TopicLabel]) -> None:
        """Keep what the operator said of topics; entries that are not stored are passed over."""
        with self._transaction() as connection:
            labels.write(connection, given)

    def labelled(self) -> Iterator[tuple[Entry, bool]]:
        """Stream the entries that are labelled, or kept or dropped by hand."""
        with self._errors():
            yield from labels.labelled(self._connection)

    def revision(self) -> int:
        """Return a mark that moves whenever an entry is new or changed."""
        return int(self._meta("revision") or 0)

    def birth(self) -> str:
        """Return a name that no other state has, so that revisions of two are never confused."""
        return str(self._meta("birth"))

    def changed_at(self) -> datetime | None:
        """Return when the planet last changed, or ``None`` before its first entry."""
        return rows.to_time(self._meta("changed_at"))

    def count(self) -> int:
        """Return how many entries the subscribed feeds have in store."""
        with self._errors():
            return int(self._connection.execute(self._sql["count"]).fetchone()[0])

    def checks(self, feed_id: int) -> list[Check]:
        """Return the feed's ledger, newest first; the oldest lines are dropped."""
        with self._errors():
            found = self._connection.execute(self._sql["checks"], (feed_id,))
            return [rows.to_check(row) for row in found]

    def look_up(self, text: str) -> list[Entry]:
        """Return entries whose uid, link or own id is ``text`` (at most 20)."""
        with self._errors():
            try:
                found = self._connection.execute(self._sql["look_up"], {"text": text})
            except UnicodeEncodeError:  # a lone surrogate, which no row can hold
                return []
            return [rows.to_entry(row) for row in found]

    def pings(self) -> list[Ping]:
        """Return the outbox: how each of the planet's own feeds stands with its hub."""
        with self._errors():
            return [rows.to_ping(row) for row in self._connection.execute(self._sql["pings"])]

    def write_pings(self, pings: Iterable[Ping]) -> None:
        """Make the outbox hold exactly ``pings``, in one transaction."""
        with self._transaction() as connection:
            connection.execute(self._sql["forget_pings"])
            connection.executemany(self._sql["add_ping"], map(rows.ping_row, pings))

    def hub_subscriptions(self) -> list[HubSubscription]:
        """Return what was asked of the hubs of feeds, secrets and all."""
        with self._errors():
            found = self._connection.execute(self._sql["hub_subscriptions"])
            return [rows.hub_subscription(text) for (text,) in found]

    def write_hub_subscriptions(
        self, subscriptions: Iterable[HubSubscription], pushes: Mapping[int, Push]
    ) -> None:
        """Keep exactly these, and what they change for feeds, in one transaction."""
        kept = [(each.token, rows.to_json(each)) for each in subscriptions]
        states = [(rows.to_json(push), feed_id) for feed_id, push in pushes.items()]
        with self._transaction() as connection:
            connection.execute(self._sql["forget_hub_subscriptions"])
            connection.executemany(self._sql["add_hub_subscription"], kept)
            connection.executemany(self._sql["write_push"], states)

    def close(self) -> None:
        """Close the file; a closed store cannot be used again."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _meta(self, key: str) -> rows.Cell:
        with self._errors():
            row = self._connection.execute(self._sql["get_meta"], (key,)).fetchone()
            return row[0] if row else None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back on a full disk
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
            raise _explain(error, self._path) from error


def _is_full(folder: Path) -> bool:
    """SQLite tells some writes that found no room only as an I/O error."""
    try:
        disk = os.statvfs(folder)
        return disk.f_bavail * disk.f_frsize < _LEAST_ROOM
    except OSError:
        return False


def _explain(error: sqlite3.Error | OSError | msgspec.DecodeError, path: Path) -> StoreError:
    text = error.strerror if isinstance(error, OSError) else str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more, but not to us
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Busy("store.busy", f"{path}: another program is writing to it; try again later")
    refused = getattr(error, "errno", 0) in {errno.ENOSPC, errno.EDQUOT}
    if refused or code == sqlite3.SQLITE_FULL or _is_full(path.parent):
        return StoreError(
            "store.full",
            f"{path}: the disk is full. Free some space and run again; nothing is lost",
        )
    is_garbled = code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
    if is_garbled or isinstance(error, msgspec.DecodeError):
        return StoreError(
            "store.damaged",
            f"{path}: this is not a usable state file ({text}). Move it aside and run again: "
            "it is made anew from the feeds",
        )
    return StoreError("store.unusable", f"{path}: {text}")
