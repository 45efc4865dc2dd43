"""Elements of modules, which may stand in a feed or entry of any format.

``sy``, ``slash``, ``content``, ``dc`` and ``admin`` are modules of RSS 1.0; the others' tables
stand beside this one.
"""

from __future__ import annotations

from typing import Final

from ecliptic.parse.names import RDF_RESOURCE
from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, atom, dates, markup, mediarss, podcasts, values
from ecliptic.parse.validate.feedsync import FEEDSYNC
from ecliptic.parse.validate.places import PLACES
from ecliptic.parse.validate.rss import html
from ecliptic.parse.validate.rules import Fault, Module, Note, module, rule
from ecliptic.parse.validate.xhtml import XHTML

_FREE: Final = rule(place="any")
_TEXT: Final = rule(text=values.anything)
_PLAIN: Final = rule(text=markup.plain)
_FULL: Final = rule(text=values.stripped(addresses.full))
_RESOURCE: Final = rule(place="any", attributes={f"{RDF_RESOURCE}!": addresses.full})
_ANYWHERE: Final = "feed entry image input link person"
_EVERY: Final = ("hourly", "daily", "weekly", "monthly", "yearly")

_DC: Final = (
    "contributor coverage creator description format identifier publisher relation rights source"
    " subject title type"
)
_DCTERMS_DATES: Final = "created issued modified dateSubmitted dateAccepted"


def _date_or_period(value: str) -> Fault | None:
    """Check a date, or a period with a start and an end (DCMI Period Encoding Scheme)."""
    return None if "=" in value else dates.w3cdtf(value)


def _trackback(element: Element, note: Note) -> None:
    """Look at an address that RDF has in an attribute and RSS 2.0 has as text."""
    is_rdf = element.getroottree().getroot().tag.endswith("RDF")
    if is_rdf and not element.get(RDF_RESOURCE):
        note("check.missing_attribute", "", "rdf:resource")
    fault = None if is_rdf else addresses.full((element.text or "").strip())
    if fault:
        note(fault.code, element.text or "", fault.detail)


CORE: Final[dict[str, Module]] = {
    **{f"dc:{name}": module(_ANYWHERE, "*", rule(place="dc", text=values.anything))
        for name in _DC.split()},
    "dc:date": module(_ANYWHERE, "?", rule(text=dates.w3cdtf)),
    "dc:language": module(_ANYWHERE, "?", rule(text=values.language)),
    **{f"dcterms:{name}": module(_ANYWHERE, "*", rule(text=dates.w3cdtf))
        for name in _DCTERMS_DATES.split()},
    **{f"dcterms:{name}": module(_ANYWHERE, "*", rule(text=_date_or_period))
        for name in ("valid", "available")},
    "sy:updatePeriod": module("feed", "?",
        rule(text=values.one_of(_EVERY))),
    "sy:updateFrequency": module("feed", "?", rule(text=values.integer(1))),
    "sy:updateBase": module("feed", "?", rule(text=dates.w3cdtf)),
    "slash:comments": module("entry", "?", rule(text=values.integer(0))),
    "slash:section": module("entry", "?", _TEXT),
    "slash:department": module("entry", "?", _TEXT),
    "slash:hit_parade": module("entry", "?",
        rule(text=values.matching(r"[\d,\s]+", "numbers with commas between them"))),
    "content:encoded": module("entry", "?", rule("", html, place="any")),
    "content:items": module("feed entry", "?", _FREE),
    "admin:generatorAgent": module("feed", "?", _RESOURCE),
    "admin:errorReportsTo": module("feed", "?", _RESOURCE),
    "cc:license": module("feed entry image", "*", _RESOURCE),
    "cc:License": module("root feed", "*", _FREE),
    "cc:Work": module("root", "*", _FREE),
    "creativeCommons:license": module("feed entry media", "*", _FULL),
    "trackback:ping": module("entry", "?", rule(place="any", text=addresses.full,
        attributes={RDF_RESOURCE: addresses.full})),
    "trackback:about": module("entry", "*", rule("", _trackback, place="any")),
    "wfw:comment": module("entry", "?", _FULL),
    "wfw:commentRss": module("entry", "?", _FULL),
    "wfw:commentRSS": module("entry", "?", _FULL),
    "access:restriction": module("feed entry", "?",
        rule(attributes={"relationship!": values.one_of(("allow", "deny"))})),
    "foaf:maker": module("feed entry", "*", _FREE),
    "foaf:name": module("dc", "*", _FREE),
    "foaf:Person": module("dc", "*", _FREE),
}  # fmt: skip

ATOM_PUB: Final[dict[str, Module]] = {
    "app:control": module("entry", "?", rule("app:draft?", place="control")),
    "app:edited": module("entry", "?", rule(text=dates.rfc3339)),
    "app:draft": module("control", "?", rule(text=values.YES_NO)),
    "app:collection": module("feed", "*", _FREE),
}

_THREAD_LINK: Final = {
    "href": addresses.reference, "type": values.mime_type, "source": addresses.reference,
}  # fmt: skip
THREAD: Final[dict[str, Module]] = {
    "thr:in-reply-to": module("entry feed", "*", rule(place="any",
        attributes={"ref": addresses.full, **_THREAD_LINK})),
    "thr:total": module("entry", "?", rule(text=values.integer(0))),
    "fh:complete": module("feed", "?", rule(place="any")),
    "fh:archive": module("feed", "?", rule(place="any")),
    "fh:incremental": module("feed", "?", rule(text=values.TRUE_FALSE)),
    "fh:prev": module("feed", "?", _FULL),
}  # fmt: skip

_FLARE: Final = rule(text=values.anything, may_be_empty=True, attributes={
    "href": addresses.full, "src": addresses.full,
})  # fmt: skip
FEEDBURNER: Final[dict[str, Module]] = {
    "feedburner:awareness": module("feed entry", "?", _FULL),
    "feedburner:browserFriendly": module("feed", "?", rule(text=markup.plain, may_be_empty=True)),
    "feedburner:emailServiceId": module("feed", "?", _TEXT),
    "feedburner:feedburnerHostname": module("feed", "?", _FULL),
    "feedburner:info": module("feed", "?", _FREE),
    "feedburner:feedFlare": module("feed entry", "*", _FLARE),
    "feedburner:origLink": module("entry", "?", _FULL),
    "feedburner:origEnclosureLink": module("entry", "?", _FULL),
}

_RATING: Final = rule(text=values.decimal(0))
CONVERSATIONS: Final[dict[str, Module]] = {
    "conversationsNetwork:image": module("entry", "?", _FULL),
    "conversationsNetwork:introMilliseconds": module("entry", "?", rule(text=values.integer(0))),
    "conversationsNetwork:ratingAverage": module("entry", "?", _RATING),
    "conversationsNetwork:ratingCount": module("entry", "?", rule(text=values.integer(0))),
    "conversationsNetwork:ratingIndividual": module("entry", "?", rule(text=values.integer(1))),
}

_OF_ATOM: Final = {
    name: module(
        "feed entry", "?" if name in {"atom:id", "atom:updated", "atom:published"} else "*", found
    )
    for name, found in atom.RULES.items()
    if name not in {"atom:feed", "atom:entry", "atom:name", "atom:uri", "atom:email"}
}
"""Elements of Atom in other formats (RSS Profile, 6.1: atom:link)."""
_PERSON: Final = {
    name: module("person", "?", atom.RULES[name])
    for name in ("atom:name", "atom:uri", "atom:email")
}

MODULES: Final[dict[str, Module]] = {
    **_OF_ATOM, **_PERSON, **CORE, **ATOM_PUB, **THREAD, **FEEDBURNER, **CONVERSATIONS,
    **FEEDSYNC, **PLACES, **XHTML, **podcasts.PODCASTS, **mediarss.MEDIA,
}  # fmt: skip
"""All of them, by their name."""

MODULE_PREFIXES: Final = frozenset({
    "dc", "sy", "slash", "content", "admin", "access", "feedburner", "fh", "thr", "sx", "itunes",
    "media", "georss", "conversationsNetwork", "trackback", "wfw", "rdf", "creativeCommons",
})  # fmt: skip
"""Vocabularies that are listed in full: what has no rule there is not in them."""

UNCHECKED: Final = frozenset({
    "ev", "cp", "taxo", "ti", "annotate", "ag", "audio", "ref", "email", "rdfs", "podcast",
    "googleplay", "opensearch", "openSearch", "blogChannel", "prism", "at", "source", "l", "wiki",
    "gml", "foaf", "dcterms", "cc", "geo", "icbm", "app", "xml", "mathml", "svg", "xhtml", "rss10",
})  # fmt: skip
"""Vocabularies that are known, and of which not everything is checked."""
