"""What the operator said of the topics of entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

from ecliptic.model.entry import Entry
from ecliptic.model.topic import TopicLabel
from ecliptic.store.sqlite import rows
from ecliptic.store.sqlite.queries import queries


def of_feed(
    connection: sqlite3.Connection, feed_id: int, keys: Collection[str]
) -> Mapping[str, bool]:
    """Return which entries of a feed were labelled, of ``keys``."""
    found = connection.execute(queries()["topic_labels"], (feed_id, rows.to_json(list(keys))))
    return {key: bool(on_topic) for key, on_topic in found}


def write(connection: sqlite3.Connection, given: Iterable[TopicLabel]) -> None:
    """Keep labels, and forget those that are taken back."""
    sql = queries()
    for label in given:
        if label.on_topic is None:
            connection.execute(sql["forget_topic_label"], (label.feed_id, label.key))
        else:
            at = rows.to_ticks(label.at)
            row = (label.on_topic, at, label.feed_id, label.key)
            connection.execute(sql["write_topic_label"], row)


def labelled(connection: sqlite3.Connection) -> Iterator[tuple[Entry, bool]]:
    """Stream the entries that are labelled, or kept or dropped by hand."""
    for row in connection.execute(queries()["labelled"]):
        yield rows.to_entry(row), bool(row[21])
