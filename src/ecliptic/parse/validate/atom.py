"""Atom: RFC 4287 as a table, and its predecessor 0.3 as far as it differs."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, dates, links, markup, values
from ecliptic.parse.validate.constructs import content, email_in_name, text
from ecliptic.parse.validate.namespaces import ATOM
from ecliptic.parse.validate.rules import Fault, Format, Note, prefixed, rule

_A: Final = f"{{{ATOM}}}"
_THREAD: Final = "{http://purl.org/syndication/thread/1.0}"
_INTEGER: Final = values.integer(0)


def _entry(entry: Element, note: Note) -> None:
    """Look at what an entry must hold, depending on the rest of it (RFC 4287, 4.1.2)."""
    bodies = entry.findall(f"{_A}content")
    if not bodies and not links.of_relation(entry, "alternate"):
        note("check.no_content", "", "")
    if bodies and entry.find(f"{_A}summary") is None and _is_elsewhere(bodies[0]):
        note("check.missing_element", "", "summary")
    if entry.getparent() is None and _lacks_author(entry):
        note("check.missing_element", "", "author")


def _is_elsewhere(body: Element) -> bool:
    """Tell whether a body cannot be read as text: it is at an address, or in Base64."""
    kind = body.get("type", "text").lower()
    is_text = kind in {"text", "html", "xhtml"} or kind.startswith("text/")
    return body.get("src") is not None or not (is_text or kind.endswith(("+xml", "/xml")))


def _lacks_author(entry: Element) -> bool:
    source = entry.find(f"{_A}source")
    places = (entry,) if source is None else (entry, source)
    return all(place.find(f"{_A}author") is None for place in places)


def _feed(feed: Element, note: Note) -> None:
    """Look at the entries together (RFC 4287, 4.1.1)."""
    if not links.of_relation(feed, "self"):
        note("check.missing_self", "", "")
    if feed.prefix:
        note("check.odd_prefix", feed.prefix, "")
    entries = feed.findall(f"{_A}entry")
    if feed.find(f"{_A}author") is None and any(map(_lacks_author, entries)):
        note("check.missing_element", "", "author")
    stamps = [_text_of(entry, "updated") for entry in entries]
    _repeated([_text_of(entry, "id") for entry in entries], "check.repeated_id", note)
    _repeated(stamps, "check.same_updated", note)


def _text_of(element: Element, name: str) -> str:
    return (element.findtext(f"{_A}{name}") or "").strip()


def _repeated(found: list[str], code: str, note: Note) -> None:
    for value, count in Counter(filter(None, found)).items():
        if count > 1:
            note(code, value, "")


_PERSON: Final = rule("name! uri? email?", place="person")
_SOURCE_CHILDREN: Final = (
    "author* category* contributor* generator? icon? id? link* logo? rights? subtitle? title?"
    " updated?"
)


def _source(source: Element, note: Note) -> None:
    for name in ("id", "title", "updated"):
        if source.find(f"{_A}{name}") is None:
            note("check.missing_recommended", "", name)


RULES: Final = prefixed("atom", {
    "feed": rule(
        "author* category* contributor* generator? icon? id! link* logo? rights? subtitle? title!"
        " updated! entry*", _feed, links.alternates, links.paging, place="feed",
    ),
    "entry": rule(
        "author* category* content? contributor* id! link* published? rights? source? summary?"
        " title! updated!", _entry, links.alternates, links.paging_in_entry, place="entry",
    ),
    "source": rule(_SOURCE_CHILDREN, _source, place="feed"),
    "author": _PERSON,
    "contributor": _PERSON,
    "name": rule("", email_in_name, text=markup.plain),
    "uri": rule(text=addresses.reference),
    "email": rule(text=values.stripped(values.addr_spec)),
    "category": rule(place="any", attributes={
        "term!": values.anything, "scheme": addresses.full, "label": markup.plain,
    }),
    "generator": rule(text=markup.plain, attributes={
        "uri": addresses.reference, "version": values.anything,
    }),
    "icon": rule(text=addresses.reference),
    "logo": rule(text=addresses.reference),
    "id": rule(text=addresses.identifier),
    "link": rule("", links.of_atom, place="link", text=values.anything, may_be_empty=True,
        attributes={
            "href!": addresses.reference, "rel": links.relation, "type": values.mime_type,
            "hreflang": values.language, "title": markup.plain, "length": _INTEGER,
            f"{_THREAD}count": _INTEGER, f"{_THREAD}updated": dates.rfc3339,
            f"{_THREAD}when": lambda _value: Fault("check.old_attribute", "thr:updated"),
        }),
    "published": rule(text=dates.rfc3339),
    "updated": rule(text=dates.rfc3339),
    "title": rule("", text, place="any"),
    "subtitle": rule("", text, place="any"),
    "summary": rule("", text, place="any"),
    "rights": rule("", text, place="any"),
    "content": rule("", content, place="any", attributes={
        "src": addresses.reference, "type": values.anything,
    }),
})  # fmt: skip

_OLD_TEXT: Final = rule(place="any")
RULES03: Final = prefixed("atom03", {
    "feed": rule(
        "title! link+ author? contributor* tagline? id? generator? copyright? info? modified!"
        " entry*", place="feed", attributes={"version!": values.one_of(("0.3",))},
    ),
    "entry": rule(
        "title! link+ author? contributor* id! modified! issued! created? summary? content*",
        place="entry",
    ),
    "author": rule("name! url? email?", place="person"),
    "contributor": rule("name! url? email?", place="person"),
    "name": rule(text=markup.plain),
    "url": rule(text=addresses.reference),
    "email": rule(text=values.stripped(values.addr_spec)),
    "link": rule(attributes={
        "rel!": values.anything, "type!": values.mime_type, "href!": addresses.reference,
    }),
    "id": rule(text=addresses.full),
    "generator": rule(text=values.anything, may_be_empty=True),
    "modified": rule(text=dates.w3cdtf),
    "issued": rule(text=dates.w3cdtf),
    "created": rule(text=dates.w3cdtf),
    **dict.fromkeys(
        ("title", "tagline", "copyright", "info", "summary", "content"), _OLD_TEXT
    ),
})  # fmt: skip

FEED: Final = Format("atom:feed", RULES, frozenset({"atom", ""}), frozenset({"rdf"}))
ENTRY: Final = Format("atom:entry", RULES, frozenset({"atom", ""}), frozenset({"rdf"}))
FEED03: Final = Format("atom03:feed", RULES03, frozenset({"atom03"}))
