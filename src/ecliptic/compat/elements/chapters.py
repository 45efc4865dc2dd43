"""Podlove Simple Chapters: where the parts of a recording begin."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from ecliptic.compat.reader import Node, Place, Reader
from ecliptic.compat.result import FeedParserDict

_START: Final = re.compile(r"(?:(\d{2,3}):)?(\d{2}):(\d{2})(?:\.(\d{3}))?")
_MAX_CHAPTERS: Final = 2_000


def _chapters(reader: Reader, node: Node, place: Place) -> None:
    if "psc_chapters" in place.record:
        return
    place.record["psc_chapters"] = FeedParserDict({**node.attributes, "chapters": []})
    reader.walk(node, place)


def _chapter(_reader: Reader, node: Node, place: Place) -> None:
    chapters = place.record.get("psc_chapters")
    if chapters is None or len(chapters["chapters"]) >= _MAX_CHAPTERS:
        return
    start = _start_of(node.attributes.get("start", ""))
    chapters["chapters"].append(FeedParserDict({**node.attributes, "start_parsed": start}))


def _start_of(text: str) -> timedelta | None:
    match = _START.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=thousandths)


TABLE: Final = {"psc_chapters": _chapters, "psc_chapter": _chapter}
