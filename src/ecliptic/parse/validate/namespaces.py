"""Namespaces as their specifications spell them; ``parse`` forgives other spellings."""

from __future__ import annotations

from typing import Final, NamedTuple

from ecliptic.parse import names
from ecliptic.parse.tree import Element

ATOM: Final = "http://www.w3.org/2005/Atom"
ATOM03: Final = "http://purl.org/atom/ns#"
APP: Final = "http://www.w3.org/2007/app"
RSS10: Final = "http://purl.org/rss/1.0/"
RSS090: Final = "http://my.netscape.com/rdf/simple/0.9/"
RSS11: Final = "http://purl.org/net/rss1.1#"

KNOWN: Final = {
    ATOM: "atom",
    ATOM03: "atom03",
    RSS10: "rss10",
    RSS090: "rss090",
    RSS11: "rss11",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/XML/1998/namespace": "xml",
    APP: "app",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://webns.net/mvcb/": "admin",
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss/": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://postneo.com/icbm": "icbm",
    "http://www.bloglines.com/about/specs/fac-1.0": "access",
    "http://www.microsoft.com/schemas/sse": "sx",
    "http://feedsync.org/2007/feedsync": "sx",
    "http://conversationsnetwork.org/rssNamespace-1.0/": "conversationsNetwork",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.opengis.net/gml": "gml",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/company": "cp",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/textinput/": "ti",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/audio/": "audio",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/email/": "email",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://podcastindex.org/namespace/1.0": "podcast",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "openSearch",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://source.scripting.com/": "source",
}  # fmt: skip
"""The prefix that people know each namespace by."""

RSS_FAMILY: Final = frozenset({"rss10", "rss090", "rss11"})
_OWN_PREFIXES: Final = frozenset({"atom", "atom03", *RSS_FAMILY})


class Name(NamedTuple):
    """An element's name: prefixed as people know it, and what is wrong with its namespace."""

    shown: str
    namespace: str = ""
    expected: str = ""
    """The right spelling of the namespace, where it is another."""


def spelling_of(prefix: str) -> str:
    """Return the namespace of a prefix as its specification spells it."""
    return next((address for address, known in KNOWN.items() if known == prefix), "")


class Names(dict[str, Name]):
    """The name of every tag of a document, each worked out once.

    Elements in no namespace are RSS's own; in other formats they are nobody's.
    """

    def __init__(self, *, is_bare_own: bool = True) -> None:
        super().__init__()
        self._bare = "" if is_bare_own else ":"

    def __missing__(self, tag: object) -> Name:
        if not isinstance(tag, str):
            return Name("!")
        found = _name(tag)
        if not found.namespace:
            found = Name(self._bare + found.shown)
        self[tag] = found
        return found


def _name(tag: str) -> Name:
    namespace, local = names.split(tag)
    if not namespace:
        return Name(local)
    prefix = KNOWN.get(namespace)
    if prefix is not None:
        return Name(_joined(prefix, local), namespace)
    # Spelled otherwise: a mistake that most readers forgive, so the rules are tried all the same.
    forgiven = names.prefix_of(namespace)
    expected = spelling_of(forgiven) if forgiven else ""
    if forgiven and expected:
        return Name(_joined(forgiven, local), namespace, expected)
    return Name(f"?:{local}", namespace)


def _joined(prefix: str, local: str) -> str:
    return local if prefix in RSS_FAMILY else f"{prefix}:{local}"


def reserved(element: Element) -> list[tuple[str, str]]:
    """Return prefixes bound to a namespace that is not the one everybody knows them by."""
    return [
        (prefix, str(address))
        for prefix, address in element.nsmap.items()
        if prefix in _RESERVED and _name(f"{{{address}}}x").shown == "?:x"
    ]


_RESERVED: Final = frozenset(KNOWN.values()) - _OWN_PREFIXES - {"source", "at", "l", "email", "ref"}
