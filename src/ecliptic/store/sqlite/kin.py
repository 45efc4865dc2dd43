"""By which keys entries are known, which texts they had, and what a feed's last document was."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from ecliptic.model.entry import Entry, KnownEntry
from ecliptic.model.feed import FeedChange
from ecliptic.model.kin import Alias, Memory, Relative, Relatives, Revision
from ecliptic.store.sqlite import rows
from ecliptic.store.sqlite.queries import queries

_LATEST: Final = 150
"""Entries of a feed that are compared beside those of its last document."""

_OPENING: Final = 3_000
"""Characters that are compared of a text."""

_MOST_ALIASES: Final = 4_000
"""Of a feed, twice as many as a document can have entries; the oldest are dropped."""

_MOST_REVISIONS: Final = 5
_MOST_HOPS: Final = 5

_memory: Final = msgspec.json.Decoder(Memory).decode


def known(
    connection: sqlite3.Connection, feed_id: int, keys: Collection[str]
) -> dict[str, KnownEntry]:
    """Return the stored entries of a feed that are known by one of ``keys``, their own or others.

    An entry that was merged into another by hand is that other one.
    """
    asked = rows.to_json(list(keys))
    found = connection.execute(queries()["known"], (feed_id, asked))
    entries = {row[0]: rows.to_known(row) for row in found}
    aliases = _aliases(connection, feed_id, asked) if _has_aliases(connection, feed_id) else {}
    for _ in range(_MOST_HOPS):
        if not aliases:
            break
        for key, entry in aliases.items():
            if entry.alias == "hand" or key not in entries:
                entries[key] = entry
        further = _aliases(connection, feed_id, rows.to_json([e.key for e in aliases.values()]))
        aliases = {
            key: further[entry.key]
            for key, entry in aliases.items()
            if entry.key in further and further[entry.key].alias == "hand"
        }
    return entries


def _has_aliases(connection: sqlite3.Connection, feed_id: int) -> bool:
    """Whether any entry of a feed has another key: of most feeds none has."""
    ((has_aliases,),) = connection.execute(queries()["has_aliases"], (feed_id,))
    return bool(has_aliases)


def _aliases(connection: sqlite3.Connection, feed_id: int, asked: str) -> dict[str, KnownEntry]:
    found = connection.execute(queries()["known_aliases"], (feed_id, asked))
    return {
        row[0]: replace(rows.to_known(row[2:]), alias="hand" if row[1] else "rule") for row in found
    }


def relatives(
    connection: sqlite3.Connection, feed_id: int, keys: Collection[str], recent: Collection[str]
) -> Relatives:
    """Return what entries of ``keys`` may be: those of keys that are ``recent``, and the latest."""
    asked = {"feed_id": feed_id, "limit": _LATEST, "recent": rows.to_json(list(recent))}
    apart: Iterable[rows.Row] = ()
    if _has_aliases(connection, feed_id):
        apart = connection.execute(queries()["apart"], (feed_id, rows.to_json(list(keys))))
    return Relatives(
        apart=frozenset(key for (key,) in apart),
        entries=tuple(
            Relative(key=key, id=author_id, link=link, title=title, published=rows.to_time(ticks))
            for key, author_id, link, title, ticks in connection.execute(
                queries()["relatives"], asked
            )
        ),
    )


def openings(connection: sqlite3.Connection, feed_id: int, keys: Collection[str]) -> dict[str, str]:
    """Return how the texts of entries begin, as markup."""
    values = (_OPENING, feed_id, rows.to_json(list(keys)))
    return dict(connection.execute(queries()["openings"], values).fetchall())


def memory(connection: sqlite3.Connection, feed_id: int) -> Memory:
    """Return what is remembered of a feed's last document."""
    row = connection.execute(queries()["memory"], (feed_id,)).fetchone()
    return Memory() if row is None else _memory(row[0])


def write_kin(connection: sqlite3.Connection, change: FeedChange) -> None:
    """Write by which keys a document's entries are known, and what is remembered of it."""
    if change.memory is not None:
        values = (change.feed_id, rows.to_json(change.memory))
        connection.execute(queries()["write_memory"], values)
    if change.aliases or change.wrong_aliases:
        write_aliases(connection, change.feed_id, change.aliases, change.wrong_aliases)


def write_aliases(
    connection: sqlite3.Connection, feed_id: int, aliases: Iterable[Alias], wrong: Iterable[str]
) -> None:
    """Write keys of entries, and forget wrong ones."""
    sql = queries()
    connection.executemany(sql["drop_alias"], [(feed_id, key) for key in wrong])
    for alias in aliases:
        told = (alias.id, alias.by_hand, rows.to_ticks(alias.reason.at), rows.to_json(alias.reason))
        if alias.entry_key:
            where = (feed_id, alias.entry_key)
            connection.execute(sql["add_alias"], (alias.key, *told, *where))
        else:
            connection.execute(sql["add_stranger"], (feed_id, alias.key, *told))
    connection.execute(sql["drop_old_aliases"], {"feed_id": feed_id, "most": _MOST_ALIASES})


def aliases_of(connection: sqlite3.Connection, feed_id: int, key: str) -> list[Alias]:
    """Return the other keys of an entry, oldest first."""
    return [
        Alias(
            key=alias,
            entry_key=entry_key,
            reason=rows.reason(reason),
            id=author_id,
            by_hand=bool(by_hand),
        )
        for alias, entry_key, reason, author_id, by_hand in connection.execute(
            queries()["aliases_of"], (feed_id, key)
        )
    ]


def keep_revisions(
    connection: sqlite3.Connection, kept: Sequence[tuple[Entry, int]], at: datetime
) -> None:
    """Keep the texts that authors' edits are about to replace, of each entry the last few."""
    sql = queries()
    until = rows.to_ticks(at)
    connection.executemany(
        sql["add_revision"],
        [
            {
                "until": until,
                "entry_id": entry_id,
                "fingerprint": entry.fingerprint,
                "title": entry.title_html,
                "summary": entry.summary,
                "content": entry.content,
            }
            for entry, entry_id in kept
        ],
    )
    numbers = [{"entry_id": entry_id, "most": _MOST_REVISIONS} for _, entry_id in kept]
    connection.executemany(sql["drop_old_revisions"], numbers)


def revisions(connection: sqlite3.Connection, feed_id: int, key: str) -> list[Revision]:
    """Return the earlier texts of an entry that are kept, the latest first."""
    found = connection.execute(queries()["revisions"], (feed_id, key)).fetchall()
    times = [rows.to_time(row[0]) for row in found]
    return [
        Revision(until=until, title=row[1], summary=row[2], content=row[3])
        for until, row in zip(times, found, strict=True)
        if until is not None
    ]
