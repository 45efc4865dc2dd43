"""A document's bytes and headers → the result: text, tree, version, walk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Final

from ecliptic.compat.addresses import is_acting, joined, scheme_of
from ecliptic.compat.charset import read_text
from ecliptic.compat.dates import parsed
from ecliptic.compat.elements import TABLE
from ecliptic.compat.exceptions import malformed
from ecliptic.compat.json import read_json
from ecliptic.compat.names import attributes_of, known_prefix, own_namespace
from ecliptic.compat.reader import Reader
from ecliptic.compat.result import FeedParserDict
from ecliptic.compat.values import Options, Scope
from ecliptic.model.parsed import Problem
from ecliptic.parse.detect import kind_of
from ecliptic.parse.names import split
from ecliptic.parse.tree import Element, Tree, read_tree
from ecliptic.parse.unpack import unpack

_UTF8: Final = "application/xml; charset=utf-8"
_NETSCAPE: Final = re.compile(rb"<!DOCTYPE[^>]{0,300}?netscape", re.IGNORECASE)
_AFTER_SPACE: Final = re.compile(r"\ufeff?(?:\s+<\?xml|\s*[^\s<])")
_TOO_LATE: Final = "XML or text declaration not at start of entity"
_RSS_VERSIONS: Final = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM_VERSIONS: Final = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}
_BY_NAMESPACE: Final = {
    "http://my.netscape.com/rdf/simple/0.9/": "rss090",
    "http://channel.netscape.com/rdf/simple/0.9/": "rss090",
    "http://purl.org/rss/1.0/": "rss10",
    "http://www.w3.org/2005/atom": "atom10",
}


def read_document(
    data: bytes, headers: Mapping[str, str], url: str, options: Options, result: FeedParserDict
) -> None:
    """Fill ``result`` with what the document says; whatever the bytes, it raises nothing."""
    unpacked = unpack(data)
    reading = read_text(unpacked.data, headers)
    result["encoding"] = reading.encoding
    _note(result, reading.problem)
    base = _base_of(url, headers.get("content-location", ""))
    encoded = reading.text.encode("utf-8", "replace")
    if kind_of(encoded) == "json":
        read_json(encoded, base, options, result)
        return
    if _AFTER_SPACE.match(reading.text):
        _note(result, malformed(Problem(code="parse.malformed_xml", detail=_TOO_LATE, line=1)))
    tree = read_tree(encoded, _UTF8)
    for problem in (*unpacked.problems, *tree.problems):
        if problem.code != "parse.encoding_mismatch":
            _note(result, malformed(problem))
    if tree.root is None:
        _note(result, malformed(Problem(code="parse.not_a_feed", detail="no element found")))
        return
    _walk(tree, tree.root, _Told(unpacked.data, headers, base), options, result)


class _Told:
    """What is known of a document before its root is read."""

    def __init__(self, data: bytes, headers: Mapping[str, str], base: str) -> None:
        self.is_netscape = bool(_NETSCAPE.search(data[:2_000]))
        self.language = headers.get("content-language") or None
        self.base = base


def _walk(tree: Tree, root: Element, told: _Told, options: Options, result: FeedParserDict) -> None:
    version = "rss091n" if told.is_netscape else version_of(root)
    reader = Reader(TABLE, options, version, own_namespace(root))
    if told.language:
        reader.feed["language"] = told.language.replace("_", "-")
    scope = Scope(told.base, told.language)
    reader.read(root, reader.place, scope)
    attributes = attributes_of(root)
    for entry in tree.entries:  # they were cut out of the root
        reader.read(entry, reader.place, reader.inside(scope, "", attributes), depth=3)
    result["feed"] = reader.feed
    result["entries"] = reader.entries
    result["version"] = version
    result["namespaces"] = _namespaces_of(root)


def _note(result: FeedParserDict, problem: Exception | None) -> None:
    """Keep a problem; the first that was found is told."""
    if problem is not None and not result["bozo"]:
        result["bozo"] = True
        result["bozo_exception"] = problem


def _base_of(url: str, location: str) -> str:
    """Return the address that relative ones refer to: what the header says, or where it was."""
    if location and not is_acting(location):
        base = joined(url, location) if url else location
        if scheme_of(base):
            return base
    return url


def version_of(root: Element) -> str:
    """Return the short name of the format, or ``""``."""
    declared = [uri.lower() for uri in root.nsmap.values() if uri]
    by_namespace = next((_BY_NAMESPACE[uri] for uri in declared if uri in _BY_NAMESPACE), "")
    local = split(str(root.tag))[1].lower()
    said = attributes_of(root).get("version", "").strip()
    if local == "rss":
        if by_namespace.startswith("rss"):
            return by_namespace
        return _RSS_VERSIONS.get(said) or ("rss20" if said.startswith("2.") else "rss")
    if local == "feed":
        return by_namespace or _ATOM_VERSIONS.get(said, "atom")
    if local == "channel" and not by_namespace:
        return "cdf"
    return by_namespace


def _namespaces_of(root: Element) -> dict[str, str]:
    """Return the namespaces that are declared on the outer elements, by their usual prefixes."""
    found: dict[str, str] = {}
    for element in (root, *islice(root, 5)):
        for prefix, uri in element.nsmap.items():
            known = known_prefix(uri)
            found.setdefault(known if known is not None else prefix or "", uri)
    return found


def keep_headers(headers: Mapping[str, str], result: FeedParserDict) -> None:
    """Keep the headers, and what programs ask for next time, where they look for it."""
    result["headers"] = dict(headers)
    if headers.get("etag"):
        result["etag"] = headers["etag"]
    modified = headers.get("last-modified")
    if modified:
        # The alias of a feed's own field must not catch what the server said.
        dict.__setitem__(result, "modified", modified)
        dict.__setitem__(result, "modified_parsed", parsed(modified))
