"""From any earlier version of the state file to this one.

A migration is ``NNNN_pre_…sql``; its number becomes ``PRAGMA user_version`` in
the same transaction. ``migrations/LATEST`` names the last one, so that two
branches which both add one conflict there.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

from ecliptic.errors import SchemaMismatch, StoreError

APPLICATION_ID: Final = 0x45434C50  # "ECLP", so that `file` and we know our own


@cache
def newest_version() -> int:
    """Return the number of the last migration."""
    return int(Path(__file__).with_name("migrations").joinpath("LATEST").read_text("utf-8")[:4])


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Return number and script of every migration, in order."""
    scripts = sorted(Path(__file__).with_name("migrations").glob("*.sql"))
    return tuple((int(script.name[:4]), script.read_text("utf-8")) for script in scripts)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest version.

    Raises ``SchemaMismatch`` when a newer Ecliptic wrote it, and ``StoreError``
    when it is a database of something else.
    """
    version, owner, tables = connection.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema) "
        "FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    if tables and owner != APPLICATION_ID:
        raise StoreError(
            "store.not_ours",
            f"{path}: this database belongs to another program; name another file with --state",
        )
    newest = newest_version()
    if version == newest:
        return
    if version > newest:
        raise SchemaMismatch(
            "store.newer",
            f"{path}: written by a newer Ecliptic (state version {version}, this one knows "
            f"{newest}). Upgrade Ecliptic, or name another file with --state; nothing was changed",
        )
    for number, script in migrations():
        if number > version:
            connection.executescript(
                f"BEGIN IMMEDIATE; {script}\n"
                f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number}; COMMIT;"
            )
