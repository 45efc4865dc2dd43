"""Who made it, and what it is about: authors, contributors, categories."""

from __future__ import annotations

from typing import Final

from ecliptic.model.parsed import Category, Person
from ecliptic.parse import address, text
from ecliptic.parse.fields import MAX_REPEATED, Fields
from ecliptic.parse.people import clean_name, person_from
from ecliptic.parse.tree import Element

AUTHORS: Final = (("atom:author", "author"), ("dc:creator",), ("itunes:author", "googleplay:author"))
FEED_AUTHORS: Final = (*AUTHORS, ("managingeditor",), ("itunes:owner",), ("dc:publisher",))
_STRUCTURED: Final = frozenset({"atom:author", "atom:contributor", "itunes:owner"})
_MAX_TERM: Final = 200


def read_people(fields: Fields, *choices: tuple[str, ...]) -> tuple[Person, ...]:
    """Return the people of the first choice that names any, each once."""
    for names in choices:
        people: dict[Person, None] = {}
        for name in names:
            for element in fields.found.get(name, ()):
                person = _person(fields, name, element)
                if person:
                    people[person] = None
        if people:
            return tuple(people)
    return ()


def read_categories(fields: Fields) -> tuple[Category, ...]:
    """Return the categories, each once, in document order within each kind."""
    found: dict[tuple[str, str], Category] = {}
    for element in fields.all("category", "dc:subject"):
        term = text.plain(element) or (element.get("term") or "").strip()
        _keep(found, term, (element.get("domain") or element.get("scheme") or "").strip())
    for element in fields.all("atom:category"):
        label = (element.get("label") or "").strip()
        term = (element.get("term") or "").strip() or label or text.plain(element)
        _keep(found, term, (element.get("scheme") or "").strip(), "" if label == term else label)
    for element in fields.all("media:category"):
        _keep(found, text.plain(element), (element.get("scheme") or "").strip())
    for element in fields.all("itunes:category"):
        for category in element.iter():
            if fields.names[category.tag] == "itunes:category":
                _keep(found, (category.get("text") or "").strip(), "http://www.itunes.com/")
    for element in fields.all("itunes:keywords", "media:keywords"):
        for term in text.plain(element).split(",", MAX_REPEATED):
            _keep(found, term.strip())
    return tuple(found.values())


def _keep(
    found: dict[tuple[str, str], Category], term: str, scheme: str = "", label: str = ""
) -> None:
    term = clean_name(term)[:_MAX_TERM] if term else ""
    if term and (term, scheme) not in found and len(found) < MAX_REPEATED:
        found[term, scheme] = Category(term=term, scheme=scheme[:500], label=label[:_MAX_TERM])


def _person(fields: Fields, name: str, element: Element) -> Person | None:
    if len(element) and (name in _STRUCTURED or name == "author"):
        return _structured(fields, element)
    return person_from(text.plain(element))


def _structured(fields: Fields, element: Element) -> Person | None:
    """Read a person construct (RFC 4287, 3.2; Atom 0.3 said ``url`` and before that ``homepage``)."""
    parts: dict[str, str] = {}
    for child in element:
        local = fields.names[child.tag].rpartition(":")[2]
        if local in _PARTS and local not in parts:
            parts[local] = text.plain(child)
    web = next((parts[key] for key in ("uri", "url", "homepage") if parts.get(key)), "")
    url = address.absolute(web, fields.scope.inside(element).base)
    email = parts.get("email", "").removeprefix("mailto:")
    if not email or "@" not in email:
        person = person_from(parts.get("name", "")) or Person()
        name, email = person.name, person.email
    else:
        name = clean_name(parts.get("name", ""))
    if not (name or email or url):
        return None
    return Person(name=name, email=email[:200], url=url)


_PARTS: Final = frozenset({"name", "email", "uri", "url", "homepage"})
