"""What Venus corrected in documents: elements to ignore, types, and a base address."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urljoin

from ecliptic.legacy.ini import Section
from ecliptic.legacy.notices import some
from ecliptic.legacy.values import Values, one_line
from ecliptic.model.rules import BASES, ELEMENTS
from ecliptic.sources import address

_NAMES: Final = {
    "author_detail": "author", "authors": "author", "creator": "author",
    "categories": "category", "tag": "category", "tags": "category",
    "contributors": "contributor", "copyright": "rights", "created": "published",
    "date": "updated", "description": "summary", "enclosures": "enclosure", "guid": "id",
    "icon": "image", "issued": "published", "links": "link", "logo": "image",
    "modified": "updated", "pubdate": "published", "subtitle": "summary", "tagline": "summary",
}  # fmt: skip
"""Other names that feedparser has, or once had, for elements of ours."""

_TYPES: Final = {
    "text": "text", "text/plain": "text", "plain": "text",
    "html": "html", "xhtml": "html", "text/html": "html", "application/xhtml+xml": "html",
}  # fmt: skip


def corrections(values: Values, section: Section) -> dict[str, Any]:
    """Return the rules that a section has of documents, by name; what is none of ours is noted."""
    found: dict[str, Any] = {}
    if section.text("ignore_in_feed"):
        found["ignore_in_feed"] = _ignored(values, section)
    for key in ("title_type", "summary_type", "content_type", "name_type"):
        word = one_line(section.text(key)).lower()
        if word in _TYPES:
            found[key] = _TYPES[word]
        elif word:
            _note(values, section, key, "text, html, xhtml")
    if said := one_line(section.text("xml_base")):
        base = said if said in BASES else _seen(section, said)
        if base:
            found["xml_base"] = base
        else:
            _note(values, section, "xml_base", f"{', '.join(BASES)}, an address")
    return found


def _seen(section: Section, base: str) -> str:
    """Return an address as seen from the page of a feed, or from the feed; ``""`` for none."""
    try:
        base = urljoin(one_line(section.text("link")) or section.title, base)
    except ValueError:
        return ""
    return "" if address.fault(base) else base


def _ignored(values: Values, section: Section) -> tuple[str, ...]:
    names: dict[str, None] = {}
    unknown = []
    for word in section.text("ignore_in_feed").lower().replace(",", " ").split():
        # Venus looked for the letters: xml:lang, lang and language are one.
        name = "language" if "lang" in word else _NAMES.get(word, word)
        if name in ELEMENTS:
            names[name] = None
        else:
            unknown.append(word)
    if unknown:
        line = section.line_of("ignore_in_feed")
        values.notices.append(
            f"No effect: {some(unknown)} in ignore_in_feed (line {line}); pages show no such thing."
        )
    return tuple(names)


def _note(values: Values, section: Section, key: str, allowed: str) -> None:
    values.notices.append(
        f"{key} = {one_line(section.text(key))} (line {section.line_of(key)}) is not used;"
        f" allowed: {allowed}."
    )
