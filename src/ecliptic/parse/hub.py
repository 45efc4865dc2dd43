"""Which hub a feed names, and by which address it knows the feed (W3C WebSub, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ecliptic.model.access import without_password
from ecliptic.model.parsed import Link
from ecliptic.parse import address

_LONGEST_HEADER: Final = 8_000
_LONGEST_ADDRESS: Final = 2_000
_LINK: Final = re.compile(r'<([^<>]*)>((?:[^,"<]|"[^"]*")*)')  # RFC 8288, 3
_PARAMETER: Final = re.compile(r';\s*([a-z*]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]*))', re.IGNORECASE)


def hub_of(header: str, links: Iterable[Link], *, base: str) -> tuple[str, str]:
    """Return the hub and the topic: of the HTTP Link header first, then of the document.

    Both are ``""`` unless both are named, as addresses of the web.
    """
    for found in (tuple(_in_header(header, base)), tuple(_in_document(links))):
        hub = next((href for relation, href in found if relation == "hub"), "")
        topic = next((href for relation, href in found if relation == "self"), "")
        if hub and topic:
            return hub, topic
    return "", ""


def _in_header(header: str, base: str) -> Iterator[tuple[str, str]]:
    for target, parameters in _LINK.findall(header[:_LONGEST_HEADER]):
        href = address.absolute(target, base)
        for name, quoted, plain in _PARAMETER.findall(parameters):
            if name.lower() == "rel" and _is_usable(href):
                for relation in (quoted or plain).lower().split():
                    yield relation, href


def _in_document(links: Iterable[Link]) -> Iterator[tuple[str, str]]:
    return ((link.rel, link.href) for link in links if _is_usable(link.href))


def _is_usable(href: str) -> bool:
    return address.is_web(href) and len(href) <= _LONGEST_ADDRESS and without_password(href) == href
