"""Writing entries, and keeping right what is counted of them: inside the store's transaction.

A feed carries how many entries it has and how many are hidden for which reason, so that
no page has to count; the revisions say to pages that they may look different.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count, groupby

from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.feed import FeedChange
from ecliptic.store.sqlite import meta, rows
from ecliptic.store.sqlite.kin import keep_revisions
from ecliptic.store.sqlite.queries import queries


def write_info(connection: sqlite3.Connection, feed_id: int, info: FeedInfo) -> None:
    """Write what a feed says of itself; pages of other feeds may name it, for its copies."""
    sql, given = queries(), {"feed_id": feed_id, "info": rows.to_json(info)}
    naming = connection.execute(sql["named_otherwise"], given).fetchall()
    connection.execute(sql["write_info"], given)
    for (other_id,) in naming:
        note_look(connection, other_id)


def write_entries(connection: sqlite3.Connection, change: FeedChange) -> None:
    """Write the new and changed entries of a feed."""
    sql = queries()
    revision = _next_revision(connection)
    present = _present(connection, change.feed_id, change.entries)
    ((last,),) = connection.execute(sql["last_entry"])
    fresh = [entry for entry in change.entries if entry.key not in present]
    numbered = list(zip(fresh, count(last + 1), strict=False))
    kept = [(e, present[e.key][0]) for e in change.entries if e.key in present]
    added = (rows.add_entry_row(*pair, revision) for pair in numbered)
    connection.executemany(sql["add_entry"], added)
    connection.executemany(sql["add_text"], (rows.text_row(*pair) for pair in numbered))
    if kept:
        keep_revisions(connection, kept, change.check.at)
    changed = (rows.change_entry_row(*pair, revision) for pair in kept)
    connection.executemany(sql["change_entry"], changed)
    connection.executemany(sql["change_text"], (rows.text_row(*pair) for pair in kept))
    before = {key: hidden for key, (_, hidden, _) in present.items()}
    _count(connection, change.feed_id, change.entries, before, revision)
    is_news = change.check.new or change.check.changed
    if is_news and any(entry.hidden is None for entry in change.entries):
        note_change(connection, change.check.at)


def write_character(connection: sqlite3.Connection, change: FeedChange) -> None:
    """Write what was learned of a feed, and that its quarantine begins, if so."""
    sql = queries()
    if change.character is not None:
        learned = (change.feed_id, rows.to_json(change.character))
        connection.execute(sql["write_character"], learned)
    if change.quarantine is not None:
        raised = (rows.to_json(change.quarantine), change.feed_id)
        connection.execute(sql["write_quarantine"], raised)


def amend(connection: sqlite3.Connection, amendments: Iterable[Amendment], at: datetime) -> None:
    """Write how entries stand from now on; those that are not stored are passed over."""
    by_feed = sorted(amendments, key=lambda amendment: amendment.feed_id)
    for feed_id, of_feed in groupby(by_feed, key=lambda amendment: amendment.feed_id):
        asked = list(of_feed)
        present = _present(connection, feed_id, asked)
        known = [amendment for amendment in asked if amendment.key in present]
        revision = _next_revision(connection)
        amended = (rows.amend_row(amendment, revision) for amendment in known)
        connection.executemany(queries()["amend_entry"], amended)
        before = {key: hidden for key, (_, hidden, _) in present.items()}
        _count(connection, feed_id, known, before, revision)
        if any(amendment.hidden is None and before[amendment.key] for amendment in known):
            # While they were hidden for another reason no filter was asked of them.
            connection.execute(queries()["forget_sieves"], (feed_id,))
        if any(_is_seen(amendment, *present[amendment.key][1:]) for amendment in known):
            note_change(connection, at)


def note_change(connection: sqlite3.Connection, at: datetime) -> None:
    """Remember when what readers see last changed."""
    meta.write(connection, "changed_at", rows.to_ticks(at))


def note_look(connection: sqlite3.Connection, feed_id: int) -> None:
    """Say to pages that the entries of a feed may look different."""
    connection.execute(queries()["write_revision"], (_next_revision(connection), feed_id))


def note_looks(connection: sqlite3.Connection, entry_ids: Collection[int]) -> None:
    """Say to pages that entries may look different."""
    asked = (_next_revision(connection), rows.to_json(list(entry_ids)))
    connection.execute(queries()["revise_entries"], asked)


def _is_seen(amendment: Amendment, hidden: str | None, shown_at: int) -> bool:
    """Whether readers can see what changed: not where an entry was hidden, and stays so."""
    if (amendment.hidden is None) != (hidden is None):
        return True
    return hidden is None and rows.to_ticks(amendment.shown_at) != shown_at


def _present(
    connection: sqlite3.Connection, feed_id: int, entries: Iterable[Entry | Amendment]
) -> dict[str, tuple[int, str | None, int]]:
    """Return number, reason of hiding and place in time of those that are stored, by key."""
    keys = rows.to_json([entry.key for entry in entries])
    found = connection.execute(queries()["present"], (feed_id, keys))
    return {key: (number, hidden, shown_at) for key, number, hidden, shown_at in found}


def _count(
    connection: sqlite3.Connection,
    feed_id: int,
    entries: Sequence[Entry | Amendment],
    before: Mapping[str, str | None],
    revision: int,
) -> None:
    sql = queries()
    total, hidden_json = connection.execute(sql["feed_counts"], (feed_id,)).fetchone()
    hidden = rows.counts(hidden_json)
    for entry in entries:
        was = before.get(entry.key)
        total += entry.key not in before
        if was is not None:
            _add(hidden, rows.reason(was), -1)
        if entry.hidden is not None:
            _add(hidden, entry.hidden, 1)
    connection.execute(sql["write_counts"], (total, rows.to_json(hidden), revision, feed_id))


def _next_revision(connection: sqlite3.Connection) -> int:
    revision = int(meta.read(connection, "revision") or 0) + 1
    meta.write(connection, "revision", revision)
    return revision


def _add(hidden: dict[str, int], reason: Reason, number: int) -> None:
    hidden[reason.code] = hidden.get(reason.code, 0) + number
    if not hidden[reason.code]:
        del hidden[reason.code]
