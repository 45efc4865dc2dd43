"""Files that belong to an entry: RSS enclosures, Media RSS, podcasts; and its picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.model.parsed import Enclosure, Link
from ecliptic.parse import address, text
from ecliptic.parse.fields import Fields, Places, children_of
from ecliptic.parse.names import RDF_RESOURCE, XML_BASE
from ecliptic.parse.shape import MAX_REPEATED, PREFERENCES
from ecliptic.parse.tree import Element, attributes_of

_IMAGE_PATH: Final = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|\Z)", re.IGNORECASE)
_DURATION: Final = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,6}):)?(\d{1,9})(?:\.\d+)?\Z")
_MAX_LENGTH: Final = 1 << 53
_DEAD_PLAYERS: Final = "application/x-shockwave-flash"


def add_media_groups(fields: Fields) -> None:
    """Lift what stands inside ``media:group`` and ``media:content`` up to the entry itself."""
    for name in [name for name in PREFERENCES.groups if name in fields.layout.places]:
        groups = [fields.elements[place] for place in fields.layout.places[name]]
        inner = [child for group in groups if len(group) for child in children_of(group)]
        if inner:
            fields.add(inner)


class File(NamedTuple):
    """What one element of RSS or Media RSS refers to, and whether it is only a picture."""

    name: str
    enclosure: Enclosure
    is_picture: bool


def read_files(fields: Fields, places: Places) -> list[File]:
    """Read the elements that refer to files."""
    files = []
    has_picture = False
    for place in places:
        name, element = fields.layout.names[place], fields.elements[place]
        if has_picture and name != "enclosure" and element.get("medium") == "image":
            continue  # only the first picture is ever shown
        given = dict(attributes_of(element))
        enclosure = _enclosure(fields, element, given)
        if enclosure:
            is_picture = _is_picture(given, enclosure)
            has_picture = has_picture or is_picture
            files.append(File(name, enclosure, is_picture))
    return files


def read_enclosures(
    fields: Fields, durations: Places, links: Sequence[Link], files: list[File]
) -> tuple[Enclosure, ...]:
    """Return the files that are offered with an entry, each address once."""
    found: dict[str, Enclosure] = {}
    for link in links:
        if link.rel == "enclosure":
            found.setdefault(link.href, Enclosure(url=link.href, type=link.type, title=link.title))
    if found:
        _add_lengths(fields, found)
    for file in files:
        if not _is_only_shown(file):
            found.setdefault(file.enclosure.url, file.enclosure)
    if not found:
        return ()
    enclosures = list(found.values())[:MAX_REPEATED]
    duration = seconds_from(fields.text(durations))
    if duration and not enclosures[0].duration:
        enclosures[0] = replace(enclosures[0], duration=duration)
    return tuple(enclosures)


def read_image(fields: Fields, thumbnails: Places, files: list[File], images: Places) -> str:
    """Return the address of the entry's or feed's picture, or ``""``."""
    for place in thumbnails:
        href = _address(fields, fields.elements[place])
        if href:
            return href
    for file in files:
        if file.is_picture:
            return file.enclosure.url
    for place in images:
        href = _nested_image(fields, fields.elements[place])
        if href:
            return href
    return ""


def seconds_from(duration: str) -> int:
    """Return the seconds that ``1:02:03``, ``62:03`` or ``3723`` mean; 0 for nothing."""
    match = _DURATION.match(duration.strip()[:40])
    if not match:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _add_lengths(fields: Fields, found: dict[str, Enclosure]) -> None:
    """Take the length of Atom enclosures from their ``length`` (RFC 4287, 4.2.7.6)."""
    for element in fields.all("atom:link"):
        length = _number(element.get("length"))
        if not length:
            continue
        href = address.absolute(element.get("href"), fields.scope.inside(element).base)
        known = found.get(href)
        if known and not known.length:
            found[href] = replace(known, length=length)


def _enclosure(fields: Fields, element: Element, given: dict[str, str]) -> Enclosure | None:
    if given.get("url") and XML_BASE not in given:
        href = address.absolute(given["url"], fields.scope.base)
    else:
        href = _address(fields, element)
    if not href:
        return None
    length = given.get("length") or given.get("fileSize")
    return Enclosure(
        url=href,
        type=given.get("type", "").strip().lower()[:200],
        length=_number(length) if length else 0,
        duration=seconds_from(given["duration"]) if "duration" in given else 0,
        title=given.get("title", "").strip()[:500],
    )


def _is_only_shown(file: File) -> bool:
    """Tell whether a Media RSS object belongs on the page: a picture, or a player long dead."""
    if file.name == "enclosure":
        return False
    return file.is_picture or file.enclosure.type == _DEAD_PLAYERS


def _is_picture(given: dict[str, str], enclosure: Enclosure) -> bool:
    """Tell whether a Media RSS object is the entry's picture rather than a file to offer."""
    if given.get("medium"):
        return given["medium"].strip().lower() == "image"
    if enclosure.type:
        return enclosure.type.startswith("image/")
    return bool(_IMAGE_PATH.search(enclosure.url))


def _address(fields: Fields, element: Element) -> str:
    given = element.get("url") or element.get("href") or element.get("uri")
    if not given and len(element):  # podcast:alternateEnclosure holds its sources
        given = next((child.get("uri") for child in element if child.get("uri")), None)
    given = given or element.get(RDF_RESOURCE)
    return address.absolute(given, fields.scope.inside(element).base)


def _nested_image(fields: Fields, element: Element) -> str:
    for child in element:
        if fields.layouts.names[child.tag] in {"url", "rdf:value"}:
            return address.absolute(text.plain(child), fields.scope.inside(child).base)
    direct = _address(fields, element)
    if direct or len(element):
        return direct
    written = element.get("srcset") or element.text or ""
    return address.absolute(written.strip().split(" ")[0], fields.scope.inside(element).base)


def _number(value: str | None) -> int:
    if not value:
        return 0
    digits = value.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 16:  # noqa: PLR2004 - digits of 2 ** 53
        return 0
    return min(int(digits), _MAX_LENGTH)
