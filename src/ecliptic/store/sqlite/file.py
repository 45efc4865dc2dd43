"""The state file: how it is opened, written in transactions, and what its failures mean."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeAlias

import msgspec

from ecliptic.errors import Busy, StoreError
from ecliptic.store.sqlite.migrate import migrate

_PRAGMAS: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cache_size = -8000;
PRAGMA wal_autocheckpoint = 8000;
"""

Access: TypeAlias = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""A way to the file, to read from it or to write in one transaction."""

_LEAST_ROOM: Final = 1 << 18
"""Bytes; with less of a disk free, a failed write most likely found it full."""


class StateFile:
    """A state file open for reading and writing, brought to the newest version."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make_private(path)
            self._connection = sqlite3.connect(
                path, timeout=10, isolation_level=None, cached_statements=128
            )
            try:
                self._connection.executescript(_PRAGMAS)
                migrate(self._connection, path)
            except BaseException:
                self._connection.close()
                raise

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
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._errors():
            yield self._connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
            raise _explain(error, self._path) from error


def _make_private(path: Path) -> None:
    """Make a new state file for its owner alone: it may come to hold the secrets of hubs.

    SQLite gives its journals the mode of the file itself.
    """
    with suppress(FileExistsError):
        made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(made, 0o600)  # whatever the umask takes away
        finally:
            os.close(made)


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
