"""Element names: namespaces and spellings → one canonical name each.

Authors write ``dc:creator``, ``DC:creator`` or bind another prefix, and spell
the same namespace with and without a slash. Inside ``parse`` every element is
known by one name: ``prefix:local`` in lower case, with the customary prefix of
its namespace and none for the RSS family.
"""

from __future__ import annotations

from typing import Final

XML: Final = "{http://www.w3.org/XML/1998/namespace}"
XML_BASE: Final = XML + "base"
XML_LANG: Final = XML + "lang"
RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
RDF_RESOURCE: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
XHTML: Final = "http://www.w3.org/1999/xhtml"
MATHML: Final = "http://www.w3.org/1998/math/mathml"
SVG: Final = "http://www.w3.org/2000/svg"

NAMESPACES: Final = {
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "backend.userland.com/rss091": "",
    "backend.userland.com/rss092": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "cyber.law.harvard.edu/rss": "",
    "cyber.law.harvard.edu/rss/rss.html": "",
    "my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "purl.org/rss/1.0": "",
    "purl.org/net/rss1.1#": "",
    "purl.org/net/rss1.1": "",
    "example.com/newformat#": "atom",
    "example.com/necho": "atom",
    "purl.org/echo": "atom",
    "purl.org/atom/ns#": "atom",
    "purl.org/atom/ns": "atom",
    "purl.org/pie": "atom",
    "uri/of/echo/namespace#": "atom",
    "www.w3.org/2005/atom": "atom",
    "www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "www.w3.org/1999/xhtml": "xhtml",
    "www.w3.org/1998/math/mathml": "mathml",
    "www.w3.org/2000/svg": "svg",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/2.0": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/rss/1.0/modules/slash": "slash",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "purl.org/rss/1.0/modules/email": "email",
    "purl.org/rss/1.0/modules/link": "l",
    "purl.org/net/rss1.1/payload#": "payload",
    "purl.org/syndication/thread/1.0": "thr",
    "purl.org/syndication/history/1.0": "fh",
    "purl.org/atompub/tombstones/1.0": "at",
    "wellformedweb.org/commentapi": "wfw",
    "search.yahoo.com/mrss": "media",
    "search.yahoo.com/mrss/rss-2.0": "media",
    "video.search.yahoo.com/mrss": "media",
    "www.rssboard.org/media-rss": "media",
    "tools.search.yahoo.com/mrss": "media",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "www.itunes.com/dtds/podcast": "itunes",
    "example.com/dtds/podcast-1.0.dtd": "itunes",
    "www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "podcastindex.org/namespace/1.0": "podcast",
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "www.georss.org/georss": "georss",
    "www.opengis.net/gml": "gml",
    "www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "www.w3.org/2003/01/geo": "geo",
    "web.resource.org/cc": "cc",
    "creativecommons.org/ns#": "cc",
    "backend.userland.com/creativecommonsrssmodule": "cc",
    "cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "cc",
    "webns.net/mvcb": "admin",
    "source.scripting.com": "source",
    "scripting.com/sourcenamespace": "source",
    "schemas.pocketsoap.com/rss/mydescmodule": "payload",
    "www.w3.org/xml/1998/namespace": "xml",
}  # fmt: skip
"""Namespaces by their address without scheme, in lower case, without a closing slash."""

_PREFIXES: Final = frozenset(NAMESPACES.values()) | {"atom03", "atom10", "a10"}
_SYNONYMS: Final = {"atom03": "atom", "atom10": "atom", "a10": "atom"}
_MAX_TAGS: Final = 1_000
_MAX_LENGTH: Final = 500


def split(tag: str) -> tuple[str, str]:
    """Split a tag in James Clark's notation into namespace and local name."""
    if tag.startswith("{"):
        namespace, _, local = tag[1:].rpartition("}")
        return namespace, local
    return "", tag


def prefix_of(namespace: str) -> str | None:
    """Return the customary prefix of ``namespace``, or ``None`` for a strange one."""
    key = namespace.strip().lower().rstrip("/")
    key = key.partition("://")[2] or key
    return NAMESPACES.get(key)


class Names(dict[str, str]):
    """The canonical name of every tag, each worked out once.

    ``default`` is the prefix of elements in no namespace, ``own`` the
    namespace of the root, which counts as the format's own even when strange.
    """

    def __init__(self, default: str = "", own: str = "") -> None:
        super().__init__()
        self.default = default
        self.own = own

    def __missing__(self, tag: object) -> str:
        if not isinstance(tag, str):  # a comment, processing instruction or entity
            return "!"
        name = _canonical_name(tag, self.default, self.own)
        if len(tag) <= _MAX_LENGTH:  # they outlive the document, which may be hostile
            if len(self) == _MAX_TAGS:
                self.clear()
            self[tag] = name
        return name


def _canonical_name(tag: str, default: str, own: str) -> str:
    namespace, local = split(tag)
    local = local.lower()
    if namespace:
        prefix = default if namespace == own else prefix_of(namespace)
        prefix = "?" if prefix is None else prefix
    elif ":" in local:  # the prefix was never declared: believe it
        prefix, _, local = local.partition(":")
        prefix = _SYNONYMS.get(prefix, prefix) if prefix in _PREFIXES else "?"
    else:
        prefix = default
    return f"{prefix}:{local}" if prefix else local
