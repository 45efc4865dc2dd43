"""Lists of feeds in OPML, as feed readers and other planets write them.

The format is loose in practice: attribute names in any case, folders in
folders, bare ampersands, wrong encodings. What cannot be read is left out;
nothing in a document can reach the network or the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ecliptic.model.site import Site, Subscription
from ecliptic.sources import address, files, findings, paths

FEED_LIMIT = 100_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FEED_ATTRIBUTE = re.compile(r"\bxmlurl\s*=", re.IGNORECASE)


def read(data: bytes) -> tuple[Subscription, ...]:
    """Return the feeds of an OPML document, each once, in document order.

    A feed whose address is not http or https is there, but paused.
    """
    return _subscriptions(_root(data))


def load(path: Path) -> Site:
    """Read an OPML document as the configuration of a planet."""
    data = files.read(path)
    root = _root(data)
    if root is None or _name(root) not in {"opml", "outlinedocument", "html", "body"}:
        findings.refuse(path, "sources.not_opml", "this is not an OPML document")
    head = _head(root)
    subscriptions = _subscriptions(root)
    return Site(
        name=head.get("title") or path.stem,
        link=head.get("link", ""),
        owner_name=head.get("ownername", ""),
        owner_email=head.get("owneremail", ""),
        subscriptions=subscriptions,
        config=str(path),
        state=paths.beside(path, f"{path.stem}.sqlite"),
        output=paths.beside(path, "site"),
        dialect="opml",
        notices=_notices(subscriptions),
    )


def _notices(subscriptions: tuple[Subscription, ...]) -> tuple[str, ...]:
    odd = [f"{feed.url} (line {feed.line})" for feed in subscriptions if feed.paused]
    if not odd:
        return ()
    return (f"Not http or https addresses, therefore paused: {', '.join(odd)}.",)


def _root(data: bytes) -> etree._Element | None:
    """Return the document element, reading again as text when the encoding said is wrong."""
    root = _parsed(data)
    if root is None or _count(root) == 0:
        text = _decoded(data)
        if _FEED_ATTRIBUTE.search(text):
            second = _parsed(_DECLARATION.sub("", text).encode())
            root = root if second is None else second
    return root


def _parsed(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _decoded(data: bytes) -> str:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _count(root: etree._Element) -> int:
    return sum(1 for _ in _outlines(root))


def _outlines(root: etree._Element) -> Iterator[tuple[etree._Element, dict[str, str]]]:
    for element in root.iter(etree.Element):
        if _name(element) == "outline":
            attributes = {str(key).lower(): str(value) for key, value in element.items()}
            if attributes.get("xmlurl", "").strip():
                yield element, attributes


def _subscriptions(root: etree._Element | None) -> tuple[Subscription, ...]:
    found: dict[str, Subscription] = {}
    for element, attributes in () if root is None else _outlines(root):
        subscription = _subscription(attributes, element.sourceline or 0)
        found.setdefault(address.comparable(subscription.url), subscription)
        if len(found) == FEED_LIMIT:
            break
    return tuple(found.values())


def _subscription(attributes: dict[str, str], line: int) -> Subscription:
    url = address.mended(attributes["xmlurl"])
    link = attributes.get("htmlurl", "").strip()
    name = attributes.get("text", "").strip() or attributes.get("title", "").strip()
    return Subscription(
        url=url,
        name=" ".join(name.split()),
        link="" if address.fault(link) else link,
        paused=bool(address.fault(url)),
        line=line,
    )


def _head(root: etree._Element) -> dict[str, str]:
    """Return the texts of the head, each on one line."""
    for head in root.iter(etree.Element):
        if _name(head) == "head":
            return {
                _name(part): " ".join((part.text or "").split())
                for part in head.iterchildren(etree.Element)
            }
    return {}


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()
