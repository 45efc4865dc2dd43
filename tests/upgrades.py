"""A planet whose state an older Ecliptic wrote, and its feeds as they were then.

``recordings/state-5.sql`` is the state that commit a50ce5c (state version 5, before
anything was decided but what is new) left after one build of these feeds, at ``BUILT_AT``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Final

BUILT_AT: Final = "2018-04-25T01:47:00Z"
STATE: Final = Path(__file__).with_name("recordings") / "state-5.sql"
SETTINGS: Final[Mapping[str, object]] = {"new_feed_items": 25, "items_per_page": 500}

_BUILT: Final = datetime.fromisoformat(BUILT_AT)
_PLACE: Final = "http://feeds.invalid"
_DAY: Final = timedelta(days=1)


def documents(*, more: int = 0) -> dict[str, bytes]:
    """Return the feeds by path, each with ``more`` entries that are newer than the state."""
    return {
        "/usual.xml": _rss("usual", 12, more),
        "/links.xml": _rss("links", 9, more, guid=""),
        "/one-id.xml": _rss("one-id", 9, more, guid="http://one-id.example/"),
        "/texts.xml": _rss("texts", 9, more, guid="", link=""),
        "/undated.xml": _rss("undated", 9, more, dated="never"),
        "/built.xml": _rss("built", 9, more, dated="alike"),
        "/large.xml": _rss("large", 40, more),
        "/soon.xml": _rss("soon", 6, more, ahead=4 * _DAY),
        "/updated.xml": _atom("updated", 9, more),
        # The same posts under the same ids, as a planet has them: copies of the first feed's.
        "/copies.xml": _rss("usual", 6, more).replace(b"<title>usual<", b"<title>copies<"),
    }


def write(state: Path, address: str, *, archive: int = 0) -> None:
    """Write the state file, as if the feeds stood at ``address``.

    Of each entry there are ``archive`` older ones that have left their feeds.
    """
    with sqlite3.connect(state) as connection:
        connection.executescript(STATE.read_text("utf-8"))
        for column in ("url", "validators_url"):
            connection.execute(
                f"UPDATE feed SET {column} = replace({column}, ?, ?)",
                (_PLACE, address),
            )
        connection.execute("UPDATE feed SET etag = '', last_modified = ''")
        for number in range(archive):
            connection.executescript(_ARCHIVED.format(number=number))
        connection.execute(
            "UPDATE feed SET entries = (SELECT count(*) FROM entry WHERE feed_id = feed.id)"
        )
    connection.close()


_ARCHIVED: Final = """
    CREATE TEMP TABLE first AS SELECT coalesce(max(id), 0) AS id FROM entry;
    INSERT INTO entry (id, feed_id, key, uid, fingerprint, policy, author_id, link, title,
                       published, updated, first_seen_at, shown_at, position, hidden, notes)
    SELECT (SELECT id FROM first) + row_number() OVER (), feed_id, key || '-{number}',
           uid || '-{number}', fingerprint, policy, author_id || '/{number}',
           link || '/{number}', title || ', volume {number}', published, updated, first_seen_at,
           shown_at - ({number} + 30) * 86400000000, position, NULL, notes
    FROM entry WHERE instr(key, '-') = 0;
    INSERT INTO entry_text (entry_id, title_html, summary, content, details)
    SELECT late.id, title_html, summary, content || ' {number}', details
    FROM entry AS late JOIN entry AS early ON late.key = early.key || '-{number}'
        AND late.feed_id = early.feed_id
    JOIN entry_text ON entry_text.entry_id = early.id;
    DROP TABLE first;
"""


def _rss(
    name: str,
    count: int,
    more: int,
    *,
    guid: str | None = None,
    link: str | None = None,
    dated: str = "each",
    ahead: timedelta = timedelta(),
) -> bytes:
    items = []
    for number in range(count + more, 0, -1):
        date = _BUILT - (count - number) * _DAY / 2 - _DAY + ahead
        if dated == "alike":
            date = _BUILT - 9 * _DAY
        page = f"http://{name}.example/{number}-post" if link is None else link
        identifier = f"tag:{name}.example,2018:{number}" if guid is None else guid
        items.append(
            f"<item><title>{name} {number}</title>"
            + (f"<link>{page}</link>" if page else "")
            + (f"<guid isPermaLink='false'>{identifier}</guid>" if identifier else "")
            + ("" if dated == "never" else f"<pubDate>{format_datetime(date)}</pubDate>")
            + f"<description>What {name} has to say, part {number} of it all.</description></item>"
        )
    head = f"<title>{name}</title><link>http://{name}.example/</link>"
    return f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def _atom(name: str, count: int, more: int) -> bytes:
    entries = "".join(
        f"<entry><id>http://{name}.example/{number}</id><title>{name} {number}</title>"
        f'<link href="http://{name}.example/{number}"/>'
        f"<updated>{(_BUILT - (count - number) * _DAY - _DAY).isoformat()}</updated>"
        f"<content>What {name} has to say, part {number} of it all.</content></entry>"
        for number in range(count + more, 0, -1)
    )
    head = f"<id>http://{name}.example/</id><title>{name}</title>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode()
