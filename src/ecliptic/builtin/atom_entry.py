"""An entry as an Atom document, as the filters of Venus know it, and back.

Markup is written as XHTML, so that programs can work on its elements. Only what
a program changed is taken from what it wrote: the rest stays as its author
published it, with all that Atom cannot say.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from lxml import etree
from msgspec.structs import replace

from ecliptic.documents import parse
from ecliptic.plugins import Content, FeedContext, ParsedEntry, Person

ATOM: Final = "http://www.w3.org/2005/Atom"
XHTML: Final = "http://www.w3.org/1999/xhtml"
PLANET: Final = "http://planet.intertwingly.net/"
_XML: Final = "http://www.w3.org/XML/1998/namespace"

_SPACES: Final[Any] = {None: ATOM, "planet": PLANET}
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
_ITS_OWN: Final = frozenset({"id", "published", "position", "problems"})
"""Fields that no program changes: by them it is known which entry it is, and where it stands."""


def write(entry: ParsedEntry, feed: FeedContext) -> bytes:
    """Return an Atom Entry Document (RFC 4287, 2) in UTF-8."""
    root = etree.Element(f"{{{ATOM}}}entry", nsmap=_SPACES)
    _language(root, entry.language)
    _text(root, "id", entry.id or entry.link)
    _links(root, entry)
    for name, content in (
        ("title", entry.title), ("summary", entry.summary), ("content", entry.content),
    ):  # fmt: skip
        if content is not None:
            _construct(root, name, content)
    _date(root, "published", entry.published)
    _date(root, "updated", entry.updated or entry.published)
    for kind, people in (("author", entry.authors), ("contributor", entry.contributors)):
        for person in people:
            _person(root, kind, person)
    for tag in entry.categories:
        given = {"term": tag.term, "scheme": tag.scheme, "label": tag.label}
        _empty(root, "category", **given)
    if entry.rights:
        _text(root, "rights", entry.rights)
    _source(root, entry, feed)
    return etree.tostring(root, encoding="utf-8", xml_declaration=False)


def merged(entry: ParsedEntry, given: bytes, written: bytes, *, url: str) -> ParsedEntry:
    """Return an entry with what a program changed between ``given`` and ``written``.

    Raises ``ValueError`` when that is not one Atom entry.
    """
    before, after = _read(given, url), _read(written, url)
    changed = {
        name: getattr(after, name)
        for name in ParsedEntry.__struct_fields__
        if name not in _ITS_OWN and getattr(before, name) != getattr(after, name)
    }
    return replace(entry, **changed)


def _read(document: bytes, url: str) -> ParsedEntry:
    feed = parse(document, url=url, headers={"content-type": "application/atom+xml"})
    if not feed.format.startswith("atom") or len(feed.entries) != 1:
        raise ValueError("what it wrote is not one Atom entry")
    return feed.entries[0]


def _links(root: Any, entry: ParsedEntry) -> None:
    written = {("alternate", entry.link)}
    if entry.link:
        _empty(root, "link", rel="alternate", href=entry.link)
    for file in entry.enclosures:
        length = str(file.length) if file.length else ""
        written.add(("enclosure", file.url))
        _empty(
            root, "link", rel="enclosure", href=file.url, type=file.type, length=length,
            title=file.title,
        )  # fmt: skip
    for link in entry.links:
        if (link.rel, link.href) not in written:
            _empty(root, "link", rel=link.rel, href=link.href, type=link.type, title=link.title)


def _source(root: Any, entry: ParsedEntry, feed: FeedContext) -> None:
    """Say which feed it is, with what the configuration says of it, as Venus did."""
    source = etree.SubElement(root, f"{{{ATOM}}}source")
    origin = entry.source
    _text(source, "id", origin.id if origin and origin.id else feed.url)
    title = origin.title if origin and origin.title else feed.title
    _text(source, "title", title)
    _empty(source, "link", rel="self", href=origin.feed_url if origin else feed.url)
    _empty(source, "link", rel="alternate", href=origin.link if origin else feed.link)
    told = {"name": feed.name or feed.title, **feed.extra}
    for key, value in told.items():
        if _NAME.fullmatch(key) and value:
            etree.SubElement(source, f"{{{PLANET}}}{key}").text = _xml(value)


def _construct(parent: Any, name: str, content: Content) -> None:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    _language(element, content.language)
    if content.base:
        element.set(f"{{{_XML}}}base", _xml(content.base))
    is_plain = content.kind == "text" or not ("<" in content.value or "&" in content.value)
    div = None if is_plain else _xhtml(content.value)
    if div is not None:
        element.set("type", "xhtml")
        element.append(div)
    else:
        element.set("type", "text" if is_plain else "html")
        element.text = _xml(content.value)


def _xhtml(markup: str) -> Any | None:
    """Return markup as an XHTML ``div``, or ``None`` where libxml2 cannot read it."""
    try:
        page = etree.fromstring(
            f"<html><body>{_xml(markup)}</body></html>", etree.HTMLParser(no_network=True)
        )
    except etree.LxmlError:
        return None
    body = page.find("body") if page is not None else None
    if body is None:
        return None
    etree.strip_tags(body, etree.ProcessingInstruction)
    body.attrib.clear()
    for element in body.iterdescendants(etree.Element):
        if not _NAME.fullmatch(str(element.tag)):
            element.tag = "span"
        for name in [name for name in element.attrib if not _NAME.fullmatch(str(name))]:
            del element.attrib[name]
    inner = "".join((
        escape(body.text or ""),
        *(etree.tostring(child, encoding="unicode") for child in body),
        escape(body.tail or ""),
    ))  # fmt: skip
    try:  # read again, so that its elements have the namespace without a prefix
        return etree.fromstring(f'<div xmlns="{XHTML}">{inner}</div>', _strict())
    except etree.LxmlError:
        return None


def _strict() -> etree.XMLParser:
    return etree.XMLParser(no_network=True, resolve_entities=False)


def _person(root: Any, kind: str, person: Person) -> None:
    element = etree.SubElement(root, f"{{{ATOM}}}{kind}")
    _text(element, "name", person.name)
    for name, value in (("email", person.email), ("uri", person.url)):
        if value:
            _text(element, name, value)


def _date(root: Any, name: str, date: datetime | None) -> None:
    if date is not None:
        _text(root, name, date.isoformat().replace("+00:00", "Z"))


def _text(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _xml(text)


def _empty(parent: Any, name: str, **attributes: str) -> None:
    kept = {key: _xml(value) for key, value in attributes.items() if value}
    etree.SubElement(parent, f"{{{ATOM}}}{name}", kept)


def _language(element: Any, language: str) -> None:
    if language:
        element.set(f"{{{_XML}}}lang", _xml(language))


def _xml(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
