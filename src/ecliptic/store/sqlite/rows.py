"""Between records and rows. Times are stored as microseconds since 1970, UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.character import Character
from ecliptic.model.entry import Entry, FeedInfo, KnownEntry, Reason
from ecliptic.model.feed import Check, FeedState, FetchState, Hints, Rhythm
from ecliptic.model.move import Move
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person
from ecliptic.model.picture import Picture
from ecliptic.model.ping import Ping
from ecliptic.model.push import HubSubscription, Push
from ecliptic.model.sieve import Sifted
from ecliptic.model.text import SafeHTML
from ecliptic.model.twin import Copy

Cell = Any
"""A value as SQLite gives it."""

Row = Sequence[Cell]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


class Details(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parts of an entry that no query asks for, kept together as JSON."""

    language: str = ""
    rights: str = ""
    comments: str = ""
    image: str = ""
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    source: EntrySource | None = None


_encode: Final = msgspec.json.Encoder().encode
details: Final = msgspec.json.Decoder(Details).decode
reason: Final = msgspec.json.Decoder(Reason).decode
_reasons: Final = msgspec.json.Decoder(tuple[Reason, ...]).decode
_same_reasons: Final = lru_cache(maxsize=500)(_reasons)
"""The same for entries of one feed, most of which have the same history, to the letter."""

_hints: Final = msgspec.json.Decoder(Hints).decode
_NO_HINTS: Final = Hints()
_NOTHING: Final = "{}"
move: Final = msgspec.json.Decoder(Move).decode
_NO_MOVE: Final = Move()
_push: Final = msgspec.json.Decoder(Push).decode
_NO_PUSH: Final = Push()
character: Final = msgspec.json.Decoder(Character).decode
hub_subscription: Final = msgspec.json.Decoder(HubSubscription).decode
_info: Final = msgspec.json.Decoder(FeedInfo).decode
_strings: Final = msgspec.json.Decoder(dict[str, str]).decode
numbers: Final = msgspec.json.Decoder(list[int]).decode
_texts: Final = msgspec.json.Decoder(tuple[str, ...]).decode
counts: Final = msgspec.json.Decoder(dict[str, int]).decode


def to_json(value: object) -> str:
    """Return ``value`` as JSON text."""
    return _encode(value).decode()


def to_ticks(time: datetime | None) -> int | None:
    """Return a time as it is stored."""
    return None if time is None else (time - _EPOCH) // _TICK


def to_time(ticks: int | None) -> datetime | None:
    """Return a stored time."""
    return None if ticks is None else _EPOCH + timedelta(0, 0, ticks)


def _time(ticks: int) -> datetime:
    return _EPOCH + timedelta(0, 0, ticks)


def change_entry_row(entry: Entry, entry_id: int, revision: int) -> tuple[object, ...]:
    """Return the values of ``change_entry``: what an author's edit may change.

    The id is not among them: it is what those who read our feeds know the entry by.
    """
    shown_at, published = entry.shown_at, entry.published
    shown_ticks = to_ticks(shown_at)
    return (
        entry.fingerprint,
        entry.policy,
        shown_ticks,
        shown_ticks if published == shown_at else to_ticks(published),
        to_ticks(entry.updated),
        None if entry.hidden is None else to_json(entry.hidden),
        to_ticks(entry.hidden_until),
        to_json(entry.notes),
        entry.link,
        entry.title,
        revision,
        entry_id,
    )


def add_entry_row(entry: Entry, entry_id: int, revision: int) -> tuple[object, ...]:
    """Return the values of ``add_entry``."""
    return (
        *change_entry_row(entry, entry_id, revision),
        entry.id,
        entry.feed_id,
        entry.key,
        entry.uid,
        to_ticks(entry.first_seen_at),
        entry.position,
        entry.ruling,
    )


def amend_row(amendment: Amendment, revision: int) -> tuple[object, ...]:
    """Return the values of ``amend_entry``."""
    return (
        to_ticks(amendment.shown_at),
        None if amendment.hidden is None else to_json(amendment.hidden),
        to_ticks(amendment.hidden_until),
        amendment.ruling,
        to_json(amendment.notes),
        revision,
        amendment.feed_id,
        amendment.key,
    )


def text_row(entry: Entry, entry_id: int) -> tuple[object, ...]:
    """Return the values of ``add_text`` and ``change_text``."""
    told = Details(
        language=entry.language,
        rights=entry.rights,
        comments=entry.comments,
        image=entry.image,
        authors=entry.authors,
        categories=entry.categories,
        enclosures=entry.enclosures,
        source=entry.source,
    )
    return (entry.title_html, entry.summary, entry.content, to_json(told), entry_id)


def to_entry(row: Row) -> Entry:
    """Return the entry of a row of ``newest``, ``look_up`` and the statements like them.

    The markup is ``SafeHTML`` because only what ``clean`` made was ever written.
    """
    told = details(row[16])
    return Entry(
        uid=row[0],
        feed_id=row[1],
        key=row[2],
        fingerprint=row[3],
        policy=row[4],
        id=row[5],
        link=row[6],
        title=row[7],
        title_html=SafeHTML(row[8]),
        summary=SafeHTML(row[9]),
        content=SafeHTML(row[10]),
        published=to_time(row[11]),
        updated=to_time(row[12]),
        first_seen_at=_time(row[13]),
        shown_at=_time(row[14]),
        position=row[15],
        language=told.language,
        rights=told.rights,
        comments=told.comments,
        image=told.image,
        authors=told.authors,
        categories=told.categories,
        enclosures=told.enclosures,
        source=told.source,
        hidden=None if row[17] is None else reason(row[17]),
        notes=_reasons(row[18]),
        hidden_until=to_time(row[19]),
        ruling=row[20],
    )


def to_sifted(row: Row) -> Sifted:
    """Return what filters said of an entry, from a row of ``sift``."""
    return Sifted(
        uid=row[0],
        title=row[1],
        link=row[2],
        stands=_standing(row[3:10]),
        taken=tuple(map(bool, row[10:])),
    )


def to_copy(row: Row) -> Copy:
    """Return the entry of a row of ``twin_copies``."""
    return Copy(
        row=row[0],
        uid=row[1],
        id=row[2],
        link=row[3],
        title=row[4],
        published=to_time(row[5]),
        first_seen_at=_time(row[6]),
        source=None if row[7] == _NOTHING else details(row[7]).source,
        former_links=() if row[8] == "[]" else _texts(row[8]),
        folded_into=row[9],
        stands=_standing(row[10:]),
    )


def _standing(row: Row) -> Amendment:
    """Return how an entry stands, from the columns that say so."""
    feed_id, key, shown_at, hidden, hidden_until, ruling, notes = row
    return Amendment(
        feed_id=feed_id,
        key=key,
        shown_at=_time(shown_at),
        hidden=None if hidden is None else reason(hidden),
        hidden_until=to_time(hidden_until),
        ruling=ruling,
        notes=_reasons(notes),
    )


def to_known(row: Row) -> KnownEntry:
    """Return the known entry of a row of ``known``."""
    shown_at = _time(row[5])
    return KnownEntry(
        key=row[0],
        uid=row[1],
        fingerprint=row[2],
        policy=row[3],
        first_seen_at=_time(row[4]),
        shown_at=shown_at,
        published=shown_at if row[6] == row[5] else to_time(row[6]),
        hidden=None if row[7] is None else reason(row[7]),
        notes=_same_reasons(row[8]),
        position=row[9],
        hidden_until=to_time(row[10]),
        ruling=row[11],
    )


def to_feed(row: Row) -> FeedState:
    """Return the feed of a row of ``feeds``."""
    return FeedState(
        id=row[0],
        url=row[1],
        position=row[2],
        name=row[3],
        link=row[4],
        paused=bool(row[5]),
        hidden_feed=bool(row[6]),
        extra={} if row[7] == _NOTHING else _strings(row[7]),
        info=_info(row[8]),
        fetch=FetchState(
            etag=row[9],
            last_modified=row[10],
            validators_url=row[11],
            body_fingerprint=row[12],
            checked_at=to_time(row[13]),
            succeeded_at=to_time(row[14]),
            changed_at=to_time(row[15]),
            retry_at=to_time(row[16]),
            failing_since=to_time(row[17]),
            failures=row[18],
            code=row[19],
            detail=row[20],
            status=row[21],
            fresh_seconds=row[25],
            hints=_NO_HINTS if row[26] == _NOTHING else _hints(row[26]),
            rhythm=Rhythm(weights=row[27], hours=row[28]),
            next_at=to_time(row[29]),
            next_reason=None if row[30] is None else reason(row[30]),
            move=_NO_MOVE if row[31] == _NOTHING else move(row[31]),
            push=_NO_PUSH if row[32] == _NOTHING else _push(row[32]),
        ),
        entries=row[22],
        hidden={} if row[23] == _NOTHING else counts(row[23]),
        revision=row[24],
        sieves=row[33],
        quarantine=None if row[34] is None else reason(row[34]),
        pipeline=row[35],
        face=None if row[36] is None else to_picture(row[36:40]),
    )


def to_picture(row: Row) -> Picture:
    """Return what a picture is, from the columns that say so."""
    return Picture(mark=row[0], kind=row[1], width=row[2], height=row[3])


def fetch_row(feed_id: int, fetch: FetchState) -> tuple[object, ...]:
    """Return the values of ``write_fetch``."""
    return (
        fetch.etag,
        fetch.last_modified,
        fetch.validators_url,
        fetch.body_fingerprint,
        to_ticks(fetch.checked_at),
        to_ticks(fetch.succeeded_at),
        to_ticks(fetch.changed_at),
        to_ticks(fetch.retry_at),
        to_ticks(fetch.failing_since),
        fetch.failures,
        fetch.code,
        fetch.detail,
        fetch.status,
        fetch.fresh_seconds,
        _NOTHING if fetch.hints is _NO_HINTS else to_json(fetch.hints),
        fetch.rhythm.weights,
        fetch.rhythm.hours,
        to_ticks(fetch.next_at),
        None if fetch.next_reason is None else to_json(fetch.next_reason),
        _NOTHING if fetch.move is _NO_MOVE else to_json(fetch.move),
        _NOTHING if fetch.push is _NO_PUSH else to_json(fetch.push),
        feed_id,
    )


def check_row(feed_id: int, check: Check) -> tuple[object, ...]:
    """Return the values of ``write_check``."""
    return (
        to_ticks(check.at),
        check.code,
        check.detail,
        check.status,
        check.received,
        check.seconds,
        check.new,
        check.changed,
        check.why,
        to_ticks(check.next_at),
        feed_id,
    )


def to_check(row: Row) -> Check:
    """Return the ledger line of a row of ``checks`` or ``last_checks``."""
    return Check(
        at=_time(row[0]),
        code=row[1],
        detail=row[2],
        status=row[3],
        received=row[4],
        seconds=row[5],
        new=row[6],
        changed=row[7],
        why=row[8],
        next_at=to_time(row[9]),
    )


def ping_row(ping: Ping) -> tuple[object, ...]:
    """Return the values of ``add_ping``."""
    return (
        ping.hub,
        ping.topic,
        ping.fingerprint,
        to_ticks(ping.owed_at),
        to_ticks(ping.next_at),
        ping.attempts,
        ping.code,
        ping.detail,
    )


def to_ping(row: Row) -> Ping:
    """Return the line of the outbox of a row of ``pings``."""
    return Ping(
        hub=row[0],
        topic=row[1],
        fingerprint=row[2],
        owed_at=_time(row[3]),
        next_at=to_time(row[4]),
        attempts=row[5],
        code=row[6],
        detail=row[7],
    )
