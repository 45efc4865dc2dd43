"""A feed that the configuration calls by its new address is still the same feed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ecliptic.model.move import Move
from ecliptic.store.sqlite import rows
from ecliptic.store.sqlite.queries import queries


def rename_moved(connection: sqlite3.Connection, urls: Sequence[str]) -> None:
    """Rename feeds that ``urls`` lists by another of their addresses in place of their own.

    Runs inside the transaction that subscribes to ``urls``, before it.
    """
    listed = set(urls)
    for feed_id, url, move_json in connection.execute(queries()["moving"]).fetchall():
        if url in listed:
            continue
        names = [name for name in rows.move(move_json).names() if name in listed]
        if names:
            _rename(connection, feed_id, url, names[0])


def _rename(connection: sqlite3.Connection, feed_id: int, old: str, new: str) -> None:
    """Give a feed the address ``new``, unless a subscribed one has it: two are never merged."""
    sql = queries()
    place = connection.execute(sql["place"], (new,)).fetchone()
    if place is not None:
        other_id, position = place
        if position is not None:
            return
        # The row of an earlier subscription gives up its name, and keeps what it holds.
        connection.execute(sql["rename"], (f"{old}#was:{feed_id}", "{}", feed_id))
        connection.execute(sql["rename"], (old, "{}", other_id))
    move = rows.to_json(Move(former=old))
    connection.execute(sql["rename"], (new, move, feed_id))
