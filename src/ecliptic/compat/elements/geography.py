"""GeoRSS and GML: where on the Earth an entry is about, as GeoJSON would say it.

A geometry is ``{"type": …, "coordinates": …}`` with longitude before latitude.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from ecliptic.compat.reader import ElementReader, Node, Place, Reader
from ecliptic.compat.result import FeedParserDict

_MAX_NUMBERS: Final = 20_000
_DIMENSIONS: Final = {"3": 3}
_EPSG: Final = re.compile(r"EPSG.*?(\d{4,6})\Z", re.DOTALL)
_SMALLEST_RING: Final = 4

Point: TypeAlias = tuple[float, ...]


def _points(text: str, *, swapped: bool = True, dimensions: int = 2) -> list[Point]:
    """Return the points of a list of numbers, or none if it is no such list."""
    parts = text.replace(",", " ").split()[:_MAX_NUMBERS]
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return []
    found: list[Point] = []
    for start in range(0, len(numbers) - dimensions + 1, dimensions):
        first, second, *rest = numbers[start : start + dimensions]
        found.append((second, first, *rest) if swapped else (first, second, *rest))
    return found


def _geometry(kind: str, points: list[Point]) -> FeedParserDict:
    """Return a geometry, empty if it has too few points."""
    geometry = FeedParserDict()
    if not points or (kind == "Polygon" and len(points) < _SMALLEST_RING):
        return geometry
    coordinates: object = points
    if kind == "Point":
        coordinates = points[0]
    elif kind == "Box":
        coordinates = tuple(points)
    elif kind == "Polygon":
        coordinates = (points,)
    geometry.update(type=kind, coordinates=coordinates)
    return geometry


def _simple(kind: str) -> ElementReader:
    """Return the reader of a GeoRSS Simple element, latitude first."""

    def read(_reader: Reader, node: Node, place: Place) -> None:
        place.record["where"] = _geometry(kind, _points(node.text))

    return read


def _where(reader: Reader, node: Node, place: Place) -> None:
    place.record["where"] = FeedParserDict()
    reader.walk(node, place)


def _gml(kind: str) -> ElementReader:
    """Return the reader of a GML geometry, whose axes its reference system orders."""

    def read(_reader: Reader, node: Node, place: Place) -> None:
        system = node.attributes.get("srsname")
        dimensions = _DIMENSIONS.get(node.attributes.get("srsdimension", ""), 2)
        where = place.record.setdefault("where", FeedParserDict())
        where.update(srsName=system, srsDimension=dimensions)
        swapped = _is_latitude_first(system)
        for child in node.element.iter("{*}pos", "{*}posList", "{*}poslist"):
            points = _points(child.text or "", swapped=swapped, dimensions=dimensions)
            where.update(_geometry(kind, points))
            break

    return read


def _is_latitude_first(system: str | None) -> bool:
    """Tell whether a reference system is geographic (EPSG 4000 to 4999) rather than projected."""
    match = _EPSG.search(system or "")
    return not match or 3800 < int(match[1]) < 5000  # noqa: PLR2004 - where EPSG keeps them


TABLE: Final = {
    "georss_point": _simple("Point"),
    "georss_line": _simple("LineString"),
    "georss_polygon": _simple("Polygon"),
    "georss_box": _simple("Box"),
    "georss_where": _where,
    "where": _where,
    "gml_point": _gml("Point"),
    "gml_linestring": _gml("LineString"),
    "gml_polygon": _gml("Polygon"),
}
