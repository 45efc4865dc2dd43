"""RSS 1.0 (https://web.resource.org/rss/1.0/spec), 0.90 and 1.1 as tables."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.names import RDF_ABOUT, RDF_RESOURCE
from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, markup, values
from ecliptic.parse.validate.namespaces import RSS10, RSS11
from ecliptic.parse.validate.rss import html
from ecliptic.parse.validate.rules import Format, Note, rule

_ABOUT: Final = {f"{RDF_ABOUT}!": addresses.reference}
_POINTER: Final = rule(place="any", attributes={RDF_RESOURCE: addresses.reference})
_ADDRESS: Final = rule(text=values.stripped(addresses.full))
_TITLE: Final = rule(text=markup.plain)
_HTML: Final = rule("", html, place="any")


def _about(root: Element, note: Note) -> None:
    """Look for two items of one name (RSS 1.0, 5.5: each rdf:about must be unique)."""
    seen: set[str] = set()
    for namespace in (RSS10, RSS11):
        for item in root.iter(f"{{{namespace}}}item"):
            value = item.get(RDF_ABOUT, "")
            if value and value in seen:
                note("check.repeated_value", value, "rdf:about")
            seen.add(value)


_SHARED: Final = {
    "title": _TITLE,
    "link": _ADDRESS,
    "url": _ADDRESS,
    "description": _HTML,
    "name": rule(text=values.anything),
    "channel/image": _POINTER,
    "channel/textinput": _POINTER,
    "channel/items": rule(place="any"),
}
RULES: Final = {
    "rdf:RDF": rule("channel! image? item* textinput?", _about, place="root"),
    "channel": rule("title! link! description! image? items? textinput?", place="feed",
        attributes=_ABOUT),
    "item": rule("title! link! description?", place="entry", attributes=_ABOUT),
    "image": rule("title! url! link!", place="image", attributes=_ABOUT),
    "textinput": rule("title! description! name! link!", place="input", attributes=_ABOUT),
    **_SHARED,
}  # fmt: skip
RULES090: Final = {
    "rdf:RDF": rule("channel! image? item* textinput?", place="root"),
    "channel": rule("title! link! description!", place="feed"),
    "item": rule("title! link!", place="entry"),
    "image": rule("title! url! link!", place="image"),
    "textinput": rule("title! description! name! link!", place="input"),
    **_SHARED,
}
RULES11: Final = {
    "Channel": rule("title! link! description! image? items!", _about, place="feed",
        attributes=_ABOUT),
    "items": rule("item*", place="root"),
    "item": rule("title! link! description? image?", place="entry", attributes=_ABOUT),
    "image": rule("title! url! link?", place="image"),
    "title": _TITLE,
    "link": rule(text=addresses.full),
    "url": _ADDRESS,
    "description": _HTML,
}  # fmt: skip

FORMAT: Final = Format("rdf:RDF", RULES, frozenset({""}), frozenset({"rdf"}))
FORMAT090: Final = Format("rdf:RDF", RULES090, frozenset({""}), frozenset({"rdf"}))
FORMAT11: Final = Format("Channel", RULES11, frozenset({""}), frozenset({"rdf"}))
