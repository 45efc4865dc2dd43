"""Creative Commons: a licence is a link."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.reader import Node, Place, Reader
from ecliptic.compat.result import FeedParserDict


def _licence(_reader: Reader, node: Node, place: Place) -> None:
    link = FeedParserDict(rel="license")
    href = node.attributes.get("rdf:resource") or node.text
    if href:
        link["href"] = href
    place.record.setdefault("links", []).append(link)


TABLE: Final = {"cc_license": _licence, "creativecommons_license": _licence}
