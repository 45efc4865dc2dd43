"""Authors, contributors and publishers."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.addresses import followed
from ecliptic.compat.people import line_of, person_in
from ecliptic.compat.reader import ElementReader, Node, Place, Reader
from ecliptic.compat.result import FeedParserDict


def _read_person(reader: Reader, node: Node, place: Place) -> FeedParserDict:
    """Return the person that the children of ``node`` describe."""
    outer, place.person = place.person, FeedParserDict()
    reader.walk(node, place)
    person, place.person = place.person, outer
    return person


def author(reader: Reader, node: Node, place: Place) -> None:
    """Read an author, in one line of text or in parts."""
    person = _read_person(reader, node, place)
    authors = place.record.setdefault("authors", [])
    if person:
        place.record.setdefault("author_detail", FeedParserDict()).update(person)
        place.record["author"] = line_of(person)
    else:
        person = person_in(node.text)
        place.keep("author", node.text, node.depth)
        if person:
            place.record.setdefault("author_detail", person)
    authors.append(person)


def contributor(reader: Reader, node: Node, place: Place) -> None:
    """Read a contributor."""
    person = _read_person(reader, node, place)
    if not person and node.text:
        person["name"] = node.text
    place.record.setdefault("contributors", []).append(person)


def publisher(reader: Reader, node: Node, place: Place) -> None:
    """Read who publishes the feed, in one line of text or in parts."""
    person = _read_person(reader, node, place)
    line = line_of(person) if person else node.text
    place.keep("publisher", line, node.depth)
    person = person or person_in(node.text)
    if person:
        place.record.setdefault("publisher_detail", FeedParserDict()).update(person)


def _part(name: str) -> ElementReader:
    """Return the reader of a person's part, or of a field of that name."""

    def read(reader: Reader, node: Node, place: Place) -> None:
        value = node.text
        if place.person is None:
            reader.keep_text(node, place, name)
        else:
            place.person[name] = followed(node.scope.base, value) if name == "href" else value
        reader.walk(node, place)

    return read


NAME: Final = _part("name")
EMAIL: Final = _part("email")
HREF: Final = _part("href")

TABLE: Final = {
    "author": author,
    "managingeditor": author,
    "contributor": contributor,
    "webmaster": publisher,
    "name": NAME,
    "email": EMAIL,
    "url": HREF,
    "uri": HREF,
    "homepage": HREF,
}
