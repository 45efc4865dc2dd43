"""A source at work: whatever it does, the caller gets a sound answer or a ``PluginError``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from ecliptic.model.parsed import ParsedEntry, ParsedFeed, Problem
from ecliptic.plugins import Document
from ecliptic.plugins.collect import Chosen
from ecliptic.plugins.fault import failed, fault

_MOST_ENTRIES: Final = 2_000
_Record = TypeVar("_Record", ParsedFeed, ParsedEntry)


def address_of(chosen: Chosen | None, address: str, now: datetime) -> str:
    """Return the address to ask for a subscription; raises ``PluginError``."""
    if chosen is None or chosen.source.rewrite is None:
        return address
    try:
        asked = chosen.source.rewrite(address, now)
        return msgspec.convert(asked, str)
    except Exception as error:
        raise failed(chosen.plugin, "rewrite", error) from error


def read(chosen: Chosen, document: Document) -> ParsedFeed:
    """Return what a source makes of a document; raises ``PluginError``, also if that is no feed."""
    if chosen.source.read is None:
        raise fault("plugins.failed", chosen.plugin, "it does not read documents")
    try:
        feed = _sound(chosen.source.read(document))
    except Exception as error:
        raise failed(chosen.plugin, "read", error) from error
    if not feed.is_feed:
        why = feed.problems[0].detail if feed.problems else "it did not say why"
        raise fault("plugins.not_a_feed", chosen.plugin, why)
    return feed


def sound(given: object, kind: type[_Record]) -> _Record:
    """Return a feed or entry all of whose parts are of the kind they should be; else raises."""
    if not isinstance(given, kind):
        raise TypeError(f"it gave no {kind.__name__}, but {type(given).__name__}")
    record = msgspec.msgpack.decode(msgspec.msgpack.encode(given), type=kind)
    if any(time is not None and time.tzinfo is None for time in _times(record)):
        raise ValueError("a time without a zone")
    return record


def _sound(given: object) -> ParsedFeed:
    """Return a sound feed whose entries are in bounds."""
    feed = sound(given, ParsedFeed)
    entries = feed.entries[:_MOST_ENTRIES]
    problems = feed.problems
    if len(feed.entries) > _MOST_ENTRIES:
        cut = Problem(code="parse.too_many_entries", detail=str(_MOST_ENTRIES))
        problems = (*problems, cut)
    placed = (replace(entry, position=place) for place, entry in enumerate(entries))
    return replace(feed, entries=tuple(placed), problems=problems)


def _times(record: ParsedFeed | ParsedEntry) -> Iterator[datetime | None]:
    yield from (record.published, record.updated)
    if isinstance(record, ParsedFeed):
        for entry in record.entries:
            yield from (entry.published, entry.updated)
