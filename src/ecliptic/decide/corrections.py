"""What the operator knows better than a feed: elements to ignore, types, and a base address.

Venus had these rules (``ignore_in_feed``, ``title_type``, ``xml_base`` …). They are obeyed
before anything is decided, so a date that is ignored moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from ecliptic.model.parsed import ParsedEntry, ParsedFeed, Person
from ecliptic.model.rules import ELEMENTS, EntryRules
from ecliptic.model.text import Content, words_of_html

Record = TypeVar("Record", ParsedFeed, ParsedEntry)

_TEXTS: Final = ("title", "summary", "content", "subtitle")
_NOTHING: Final[Mapping[type, Any]] = {ParsedFeed: ParsedFeed(), ParsedEntry: ParsedEntry()}


def corrected(parsed: ParsedFeed, rules: EntryRules) -> ParsedFeed:
    """Return what a document says, as the rules correct it.

    The title of the feed is left to it; the operator can name the feed.
    """
    entries = tuple(_entry(entry, parsed, rules) for entry in parsed.entries)
    heard = _without(parsed, [name for name in rules.ignore_in_feed if name != "title"])
    return replace(heard, entries=entries, authors=_people(heard.authors, rules))


def _entry(entry: ParsedEntry, feed: ParsedFeed, rules: EntryRules) -> ParsedEntry:
    heard = _without(entry, rules.ignore_in_feed)
    pages = {"feed_alternate": feed.link, "entry_alternate": entry.link}
    base = pages.get(rules.xml_base, rules.xml_base)
    kinds = {
        "title": rules.title_type,
        "summary": rules.summary_type,
        # What stands alone is read as the body, whatever the feed calls it.
        "content": rules.content_type or ("" if entry.summary else rules.summary_type),
    }
    texts = {
        name: _text(content, kind, base)
        for name, kind in kinds.items()
        if (content := getattr(heard, name)) is not None
    }
    return replace(heard, authors=_people(heard.authors, rules), **texts)


def _without(record: Record, names: Iterable[str]) -> Record:
    """Return a feed or entry without the elements of these names."""
    nothing = _NOTHING[type(record)]
    fields = [field for name in names for field in ELEMENTS[name] if hasattr(nothing, field)]
    heard = replace(record, **{field: getattr(nothing, field) for field in fields})
    if "language" not in fields:
        return heard
    texts = {name: getattr(heard, name, None) for name in _TEXTS}
    return replace(
        heard, **{name: replace(text, language="") for name, text in texts.items() if text}
    )


def _text(content: Content, kind: str, base: str) -> Content:
    """Return a text of this kind, if one is given, seen from this address, if one is known."""
    if kind in {"text", "html"}:
        content = replace(content, kind=kind)
    return replace(content, base=base) if base else content


def _people(people: tuple[Person, ...], rules: EntryRules) -> tuple[Person, ...]:
    if rules.name_type != "html":
        return people
    return tuple(
        replace(person, name=" ".join(words_of_html(person.name).split())) for person in people
    )
