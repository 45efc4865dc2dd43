"""What few entries have: a place on the Earth, a number of comments, a podcast's particulars."""

from __future__ import annotations

from math import isfinite
from typing import Final

from msgspec.structs import replace

from ecliptic.model.parsed import Episode, Location, ParsedEntry, Soundbite
from ecliptic.parse import text
from ecliptic.parse.fields import Fields, children_of
from ecliptic.parse.shape import COMMENT_COUNTS, EPISODES, GEOGRAPHY
from ecliptic.parse.tree import Element

_KINDS: Final = {
    "georss:point": "point", "georss:line": "line", "georss:polygon": "polygon",
    "georss:box": "box", "gml:point": "point", "gml:linestring": "line",
    "gml:polygon": "polygon", "gml:envelope": "box",
}  # fmt: skip
_FEWEST: Final = {"point": 1, "line": 2, "polygon": 4, "box": 2}
_MAX_POSITIONS: Final = 1_000
_MAX_DEPTH: Final = 5
_MAX_SOUNDBITES: Final = 20
_LONGEST_NUMBER: Final = 9
_LONGEST_TEXT: Final = 1_000
_POLE: Final = 90.0
_HALF_TURN: Final = 180.0
_YES: Final = frozenset({"yes", "true", "explicit"})
_NO: Final = frozenset({"no", "false", "clean"})


def with_extras(entry: ParsedEntry, fields: Fields) -> ParsedEntry:
    """Add to an entry what only a few have."""
    return replace(
        entry,
        location=read_location(fields),
        episode=_episode(fields),
        comment_count=_whole(fields.text(fields.at(*COMMENT_COUNTS))),
        markdown=fields.text(fields.at("source:markdown")),
    )


def read_location(fields: Fields) -> Location | None:
    """Read where an entry or feed is, the first of its places that can be."""
    for place in fields.at(*GEOGRAPHY):
        name, element = fields.layout.names[place], fields.elements[place]
        if name == "geo:lat":
            found = _point(text.plain(element), fields.text(fields.at("geo:long", "geo:lon")))
        else:
            found = _geometry(fields, name, element, _MAX_DEPTH)
        if found is not None:
            named = fields.text(fields.at("georss:featurename"))
            return replace(found, name=named[:_LONGEST_TEXT])
    return None


def yes_or_no(value: str) -> bool | None:
    """Return what a word of Apple's or Podcasting 2.0's says, ``None`` for neither."""
    word = value.strip().lower()
    return True if word in _YES else False if word in _NO else None


def _geometry(fields: Fields, name: str, element: Element, depth: int) -> Location | None:
    if name in _KINDS:
        numbers = _numbers(element)
        found = _located(_KINDS[name], list(zip(numbers[::2], numbers[1::2], strict=False)))
        if found is not None:
            return found
    children = children_of(element) if depth else []
    named = [(fields.layouts.names[child.tag], child) for child in children]
    if name == "geo:point":
        texts = {tag: text.plain(child) for tag, child in named}
        return _point(texts.get("geo:lat", ""), texts.get("geo:long", texts.get("geo:lon", "")))
    within = (_geometry(fields, tag, child, depth - 1) for tag, child in named)
    return next((found for found in within if found is not None), None)


def _numbers(element: Element) -> list[float]:
    """Return the numbers inside an element; GML keeps them a level or three further down."""
    words = " ".join(part for part in element.itertext() if isinstance(part, str))
    try:
        return [float(word) for word in words.replace(",", " ").split()[: 2 * _MAX_POSITIONS]]
    except ValueError:
        return []


def _point(latitude: str, longitude: str) -> Location | None:
    try:
        return _located("point", [(float(latitude), float(longitude))])
    except ValueError:
        return None


def _located(kind: str, positions: list[tuple[float, float]]) -> Location | None:
    """Return a location, unless it is none on this Earth."""
    if len(positions) < _FEWEST[kind] or not all(_is_on_earth(*each) for each in positions):
        return None
    return Location(kind=kind, positions=tuple(positions))


def _is_on_earth(latitude: float, longitude: float) -> bool:
    is_number = isfinite(latitude) and isfinite(longitude)
    return is_number and abs(latitude) <= _POLE and abs(longitude) <= _HALF_TURN


def _episode(fields: Fields) -> Episode | None:
    if not fields.at(*EPISODES):
        return None
    return Episode(
        number=fields.text(fields.at("itunes:episode", "podcast:episode"))[:_LONGEST_TEXT],
        season=fields.text(fields.at("itunes:season", "podcast:season"))[:_LONGEST_TEXT],
        kind=fields.text(fields.at("itunes:episodetype")).lower()[:_LONGEST_TEXT],
        explicit=yes_or_no(fields.text(fields.at("itunes:explicit"))),
        soundbites=_soundbites(fields),
    )


def _soundbites(fields: Fields) -> tuple[Soundbite, ...]:
    found = []
    for element in list(fields.all("podcast:soundbite"))[:_MAX_SOUNDBITES]:
        start, duration = _seconds(element, "startTime"), _seconds(element, "duration")
        if start is not None and duration:
            title = text.plain(element)[:_LONGEST_TEXT]
            found.append(Soundbite(start=start, duration=duration, title=title))
    return tuple(found)


def _seconds(element: Element, name: str) -> float | None:
    try:
        value = float(element.get(name) or element.get(name.lower()) or "")
    except ValueError:
        return None
    return value if isfinite(value) and value >= 0 else None


def _whole(value: str) -> int | None:
    digits = value.strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if is_number else None
