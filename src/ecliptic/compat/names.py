"""Elements and attributes → the keys that feedparser keeps them under.

Those of RSS and Atom have no prefix (``title``), others that of their
namespace (``itunes_author``): the customary one of a known namespace,
the author's own of a strange one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ecliptic.parse.names import prefix_of, split
from ecliptic.parse.tree import Element

_OWN: Final = {"atom": "", "source": "source", "payload": "szf"}
"""Where the key has another prefix than the name inside ``ecliptic.parse``."""

_MORE: Final = {
    "my.netscape.com/rdf/simple/0.9": "",
    "purl.org/rss/1.0/modules/rss091#": "",
    "purl.org/rss/1.0/modules/aggregation": "ag",
    "purl.org/rss/1.0/modules/annotate": "annotate",
    "media.tangent.org/rss/1.0": "audio",
    "backend.userland.com/blogchannelmodule": "blogchannel",
    "creativecommons.org/ns#license": "cc",
    "backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "purl.org/rss/1.0/modules/company": "co",
    "my.theinfo.org/changed/1.0/rss": "cp",
    "purl.org/rss/1.0/modules/event": "ev",
    "freshmeat.net/rss/fm": "fm",
    "xmlns.com/foaf/0.1": "foaf",
    "www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "www.opengis.net/gml": "gml",
    "postneo.com/icbm": "icbm",
    "purl.org/rss/1.0/modules/image": "image",
    "madskills.com/public/xml/rss/module/pingback": "pingback",
    "madskills.com/public/xml/rss/module/trackback": "trackback",
    "prismstandard.org/namespaces/1.2/basic": "prism",
    "www.w3.org/2000/01/rdf-schema#": "rdfs",
    "purl.org/rss/1.0/modules/reference": "ref",
    "purl.org/rss/1.0/modules/richequiv": "reqv",
    "purl.org/rss/1.0/modules/search": "search",
    "schemas.xmlsoap.org/soap/envelope": "soap",
    "purl.org/rss/1.0/modules/servicestatus": "ss",
    "hacks.benhammersley.com/rss/streaming": "str",
    "purl.org/rss/1.0/modules/subscription": "sub",
    "purl.org/rss/1.0/modules/taxonomy": "taxo",
    "purl.org/rss/1.0/modules/threading": "thr",
    "purl.org/rss/1.0/modules/textinput": "ti",
    "purl.org/rss/1.0/modules/wiki": "wiki",
    "www.w3.org/1999/xlink": "xlink",
    "podlove.org/simple-chapters": "psc",
}  # fmt: skip
_MEANT: Final = frozenset({"xml", "rdf", "xlink"})
"""Prefixes whose attributes mean something else than those without one."""

_ROOTS: Final = frozenset({"rss", "rdf", "feed", "channel", "item", "entry"})


def known_prefix(namespace: str) -> str | None:
    """Return the customary prefix of a namespace, ``""`` for RSS and Atom, ``None`` if strange."""
    key = namespace.strip().lower().rstrip("/")
    key = key.partition("://")[2] or key
    if key.startswith("backend.userland.com/rss"):
        return ""
    prefix = _MORE.get(key)
    if prefix is None:
        prefix = prefix_of(namespace)
    return prefix if prefix is None else _OWN.get(prefix, prefix)


@lru_cache(maxsize=4_096)
def key_of(tag: str, prefix: str, own: str = "") -> str:
    """Return the key of an element; elements of the namespace ``own`` have no prefix."""
    namespace, local = split(tag)
    local = local.lower()
    if not namespace and ":" in local:  # a prefix that was never declared
        prefix, _, local = local.partition(":")
        prefix = "" if prefix in {"atom", "a10", "rss"} else prefix
    elif not namespace or (own and namespace == own):
        prefix = ""
    else:
        known = known_prefix(namespace)
        prefix = (prefix or "").lower() if known is None else known
    return f"{prefix}_{local}" if prefix else local


def attributes_of(element: Element) -> dict[str, str]:
    """Return the attributes under lower-case names: ``rdf:about``, ``ispermalink``."""
    found: dict[str, str] = {}
    for name, text in element.attrib.items():
        key, short = _attribute_names(str(name))
        if short:
            found.setdefault(short, str(text))
        found[key] = str(text).lower() if key in {"rel", "type"} else str(text)
    return found


@lru_cache(maxsize=1_024)
def _attribute_names(name: str) -> tuple[str, str]:
    """Return the name of an attribute, and the short one that it may have as well."""
    namespace, local = split(name)
    prefix = known_prefix(namespace) if namespace else ""
    local = local.lower()
    return (f"{prefix}:{local}", "" if prefix in _MEANT else local) if prefix else (local, "")


def own_namespace(root: Element) -> str:
    """Return the strange namespace that a feed's root is in, which is then the format's own."""
    namespace, local = split(root.tag)
    is_strange = namespace and known_prefix(namespace) is None
    return namespace if is_strange and local.lower() in _ROOTS else ""
