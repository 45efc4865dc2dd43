"""Who made it, and what it is about: authors, contributors, categories."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from ecliptic.model.parsed import Category, Person
from ecliptic.parse import address, text
from ecliptic.parse.fields import Fields, Places
from ecliptic.parse.people import clean_name, person_from, person_of
from ecliptic.parse.shape import MAX_REPEATED
from ecliptic.parse.tree import Element

_STRUCTURED: Final = frozenset({"atom:author", "atom:contributor", "itunes:owner", "author"})
_PARTS: Final = frozenset({"name", "email", "uri", "url", "homepage"})
_ITUNES: Final = "http://www.itunes.com/"
_PLAIN: Final = frozenset({"category", "dc:subject", "media:category"})
_MAX_TERM: Final = 200

_Found = dict[tuple[str, str], Category]


def read_people(fields: Fields, *choices: Places) -> tuple[Person, ...]:
    """Return the people of the first choice that names any, each once."""
    for places in choices:
        people: list[Person] = []
        for place in places:
            name, element = fields.layout.names[place], fields.elements[place]
            if len(element) and name in _STRUCTURED:
                person = _structured(fields, element)
            else:
                person = person_from(text.plain(element))
                if person and name == "podcast:person" and (page := element.get("href")):
                    person = replace(person, url=address.absolute(page, fields.scope.base))
            if person and person not in people:
                people.append(person)
        if people:
            return tuple(people)
    return ()


def read_categories(fields: Fields, places: Places) -> tuple[Category, ...]:
    """Return the categories, each once, in document order within each kind."""
    found: _Found = {}
    for place in places:
        name, element = fields.layout.names[place], fields.elements[place]
        if name in _PLAIN:
            given = element.text
            if given and len(given) <= _MAX_TERM and not element.keys() and not len(element):
                category = _category_of(given)  # as in most feeds: a word and nothing else
                if category and len(found) < MAX_REPEATED:
                    found.setdefault((category.term, ""), category)
            else:
                _read_plain(found, element)
        elif name == "atom:category":
            _read_atom(found, element)
        else:
            _read_others(fields, found, name, element)
    return tuple(found.values())


def _read_plain(found: _Found, element: Element) -> None:
    term = text.plain(element) or element.get("term", "")
    _keep(found, term, element.get("domain") or element.get("scheme") or "")


def _read_atom(found: _Found, element: Element) -> None:
    term, label = element.get("term", ""), element.get("label", "")
    if not (term.strip() or label.strip()):
        term = text.plain(element)
    _keep(found, term, element.get("scheme", ""), label)


def _read_others(fields: Fields, found: _Found, name: str, element: Element) -> None:
    if name == "itunes:category":  # they nest
        for part in element.iter(element.tag):
            _keep(found, part.get("text", ""), _ITUNES)
    elif name == "categories":
        for child in element:
            if fields.layouts.names[child.tag] == "category":
                _keep(found, text.plain(child))
    else:
        for term in text.plain(element).split(",", MAX_REPEATED):
            _keep(found, term)


def _keep(found: _Found, term: str, scheme: str = "", label: str = "") -> None:
    """Keep a category unless it is there already; those of entries mostly repeat the feed's."""
    is_short = len(term) + len(scheme) + len(label) <= _MAX_TERM
    category = (_category if is_short else _category.__wrapped__)(term, scheme, label)
    if category and len(found) < MAX_REPEATED:
        found.setdefault((category.term, category.scheme), category)


@lru_cache(maxsize=4096)
def _category_of(given: str) -> Category | None:
    return _category(text.meant(given), "", "")


@lru_cache(maxsize=4096)
def _category(term: str, scheme: str, label: str) -> Category | None:
    term, label = term.strip(), label.strip()
    term = term or label
    label = "" if label == term else label[:_MAX_TERM]
    term = clean_name(term)[:_MAX_TERM]
    if not term:
        return None
    return Category(term=term, scheme=scheme.strip()[:500], label=label)


def _structured(fields: Fields, element: Element) -> Person | None:
    """Read a person construct (RFC 4287, 3.2; Atom 0.3 said ``url``, and before ``homepage``)."""
    parts: dict[str, str] = {}
    names = fields.layouts.names
    for child in element:
        local = names[child.tag].rpartition(":")[2]
        if local in _PARTS and local not in parts:
            parts[local] = text.plain(child)
    web = parts.get("uri") or parts.get("url") or parts.get("homepage")
    url = address.absolute(web, fields.scope.inside(element).base) if web else ""
    return person_of(parts.get("name", ""), parts.get("email", ""), url)
