"""Links of Atom and how they hang together (RFC 4287, 4.2.7; RFC 5005; RFC 4685)."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses
from ecliptic.parse.validate.namespaces import ATOM
from ecliptic.parse.validate.rules import Fault, Note

LINK: Final = f"{{{ATOM}}}link"
_HISTORY: Final = "{http://purl.org/syndication/history/1.0}"

_RELATIONS_WORDS: Final = """
about acl alternate amphtml appendix archives author blocked-by bookmark canonical chapter cite-
as collection contents convertedfrom copyright create-form current describedby describes
disclosure dns-prefetch duplicate edit edit-form edit-media enclosure external first glossary
help hosts hub icon index item last latest-version license linkset lrdd manifest me memento
monitor monitor-group next next-archive nofollow noopener noreferrer original payment pingback
preconnect predecessor-version prefetch preload prerender prev prev-archive preview previous
privacy-policy profile related replies search section self service start status stylesheet
subsection successor-version tag terms-of-service timegate timemap type up version-history via
webmention working-copy working-copy-of
"""
RELATIONS: Final = frozenset(_RELATIONS_WORDS.split())
"""Relations that are registered (IANA, Link Relations)."""

_PAGES: Final = ("first", "last", "next", "previous", "current", "next-archive", "prev-archive")
_REGISTRY: Final = "http://www.iana.org/assignments/relation/"


def relation(value: str) -> Fault | None:
    """Check the relation of a link: a registered word, or an address (RFC 4287, 4.2.7.2)."""
    if value.removeprefix(_REGISTRY).lower() in RELATIONS:
        return None
    if ":" in value:
        return addresses.full(value)
    return Fault("check.unknown_relation")


def of_relation(element: Element, wanted: str) -> list[Element]:
    """Return the links of a feed or entry that have a relation."""
    return [
        link
        for link in element.iterchildren(LINK)
        if (link.get("rel") or "alternate").removeprefix(_REGISTRY) == wanted
    ]


def of_atom(link: Element, note: Note) -> None:
    """Look at a link as a whole."""
    if (link.text or "").strip():
        note("check.link_text", link.text or "", "")
    kind = link.get("type")
    is_own = link.get("rel") == "self" and kind is not None
    if is_own and kind and not kind.endswith(("xml", "json")) and "xml;" not in kind:
        note("check.self_type", kind, "")


def alternates(element: Element, note: Note) -> None:
    """Look for two links to one thing: same type, same language (RFC 4287, 4.1.1 and 4.1.2)."""
    seen: set[tuple[str, str]] = set()
    for link in of_relation(element, "alternate"):
        kind = (link.get("type", ""), link.get("hreflang", ""))
        if kind in seen:
            note("check.repeated_link", link.get("href", ""), "")
        seen.add(kind)


def paging(feed: Element, note: Note) -> None:
    """Look at the links between the parts of a feed (RFC 5005, 2 to 4)."""
    found = {name: link.get("href", "") for name in _PAGES for link in of_relation(feed, name)}
    own = {link.get("href", "") for link in of_relation(feed, "self")}
    if feed.find(f"{_HISTORY}complete") is not None:
        for name, href in found.items():
            if name != "current":
                note("check.bad_paging", name, "a complete feed has no other parts")
            elif href not in own:
                note("check.other_current", href, "")
    for end, beyond in (("last", "next"), ("first", "previous")):
        if beyond in found and found.get(end) in own:
            note("check.bad_paging", beyond, f"this part is the {end} one")


def paging_in_entry(entry: Element, note: Note) -> None:
    """Look for links between the parts of a feed that stand in an entry (RFC 5005, 2)."""
    for name in _PAGES:
        if of_relation(entry, name):
            note("check.bad_paging", name, "the parts of a feed are linked in the feed")
