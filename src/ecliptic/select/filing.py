"""Under which tags, authors and languages an entry is filed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from ecliptic.model.languages import own_name
from ecliptic.model.naming import is_blank
from ecliptic.model.terms import Labels, Taxonomy, TermName

RULES: Final = 2
"""Moves when the rules of this module do; all entries are then filed anew."""

_MOST: Final = 20
"""Terms that one entry may have in a taxonomy; who gives it more floods all their pages."""

_LONGEST: Final = 64
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{1,8})*")

_NO_TAGS: Final = frozenset({"uncategorized", "uncategorised", "no category", "none"})
"""What blog engines file a post under when nobody did."""

_NO_NAMES: Final = frozenset(
    {
        "admin",
        "administrator",
        "anonymous",
        "author",
        "editor",
        "noreply",
        "root",
        "unknown",
        "user",
    }
)
"""What blog engines call authors who gave no name: many people, not one."""


def terms_of(labels: Labels, browse: Collection[Taxonomy], feed_language: str) -> list[TermName]:
    """Return the terms of an entry, none of them twice.

    ``feed_language`` is that of an entry that names none.
    """
    found: dict[tuple[str, str], TermName] = {}
    for taxonomy in browse:
        names = _NAMES[taxonomy](labels, feed_language)
        terms = [_term(taxonomy, name) for name in names if 0 < len(name) <= _LONGEST]
        found |= {(taxonomy, term.key): term for term in terms[:_MOST]}
    return list(found.values())


def _term(taxonomy: Taxonomy, name: str) -> TermName:
    """Spellings of a tag are many, so it goes by its small letters; a person has a name.

    A hyphen is as good as a space: one folder has what either writes.
    """
    small = name.lower()
    key = " ".join(small.replace("-", " ").split()) or small
    said = {"tags": small, "authors": name, "languages": own_name(key)}
    return TermName(taxonomy=taxonomy, key=key, name=said[taxonomy])


def _tags(labels: Labels, feed_language: str) -> Iterator[str]:
    del feed_language
    for category in labels.categories:
        name = _line(category.label or category.term).lstrip("#")
        if "://" not in name and name.lower() not in _NO_TAGS:
            yield name


def _authors(labels: Labels, feed_language: str) -> Iterator[str]:
    del feed_language
    for person in labels.authors:
        name = _line(person.name)
        if "@" not in name and name.lower() not in _NO_NAMES:
            yield name


def _languages(labels: Labels, feed_language: str) -> Iterator[str]:
    for tag in (labels.language, feed_language):
        if found := _LANGUAGE.fullmatch(tag):
            yield found[1]
            return


def _line(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    return "" if is_blank(name) or not name.isprintable() else name


_NAMES: Final[Mapping[Taxonomy, Callable[[Labels, str], Iterator[str]]]] = {
    "tags": _tags,
    "authors": _authors,
    "languages": _languages,
}
