"""Single facts of the whole planet, by name: the table ``meta``."""

from __future__ import annotations

import sqlite3

from ecliptic.store.sqlite.queries import queries
from ecliptic.store.sqlite.rows import Cell


def read(connection: sqlite3.Connection, key: str) -> Cell:
    """Return a fact, or ``None`` when it was never written."""
    row = connection.execute(queries()["get_meta"], (key,)).fetchone()
    return row[0] if row else None


def write(connection: sqlite3.Connection, key: str, value: Cell) -> None:
    """Write a fact, inside the transaction that makes it true."""
    connection.execute(queries()["set_meta"], (key, value))
