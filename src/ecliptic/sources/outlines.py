"""The outlines of an OPML document: as XML where it is XML, else as text.

A good tenth of the lists in the wild is not well-formed: bare ampersands,
quotes inside quotes, another encoding than the one declared. An XML parser
that recovers loses feeds from them without a word; looking for attributes
between one ``<outline`` and the next does not.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec
from lxml import etree


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The attributes of one outline, their names in lower case, and its line."""

    attributes: dict[str, str]
    line: int


class Outlines(msgspec.Struct, frozen=True, kw_only=True):
    """What a document holds; ``is_opml`` is false for XML of another kind."""

    head: dict[str, str] = {}
    outlines: tuple[Outline, ...] = ()
    is_opml: bool = True


_DECLARED_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_OUTLINE = re.compile(r"<outline\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(xmlurl|htmlurl|text|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_HEAD = re.compile(r"<head\b", re.IGNORECASE)
_HEAD_LIMIT = 10_000
_HEAD_PART = re.compile(r"<(\w+)>([^<]*)</", re.DOTALL)
_ROOTS = frozenset({"opml", "outlinedocument"})


def parse(data: bytes) -> Outlines:
    """Return the outlines of a document in their order; any bytes may be given."""
    root = None if _DECLARED_ENTITY.search(data) else _root(data)
    return _from_text(_decoded(data)) if root is None else _from_xml(root)


def _root(data: bytes) -> etree._Element | None:
    """Return the document element of well-formed XML; nothing is loaded from elsewhere."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _from_xml(root: etree._Element) -> Outlines:
    outlines = []
    head: dict[str, str] = {}
    for element in root.iter("*"):
        name = _name(element)
        if name == "outline":
            attributes = {str(key).lower(): str(value) for key, value in element.items()}
            outlines.append(
                Outline(attributes=attributes, line=getattr(element, "sourceline", 0) or 0)
            )
        elif name == "head" and not head:
            head = {_name(part): _one_line(part.text or "") for part in element.iterchildren("*")}
    return Outlines(head=head, outlines=tuple(outlines), is_opml=_name(root) in _ROOTS)


def _from_text(text: str) -> Outlines:
    text = "".join(_without_comments(text))
    outlines = tuple(_scan(text))
    return Outlines(
        head={
            part[1].lower(): _one_line(html.unescape(part[2]))
            for part in _HEAD_PART.finditer(_head(text))
        },
        outlines=outlines,
        is_opml=bool(outlines) or "<opml" in text.lower(),
    )


def _without_comments(text: str) -> Iterator[str]:
    """Yield the text between comments, and the line breaks inside them."""
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        yield text[position:start]
        yield "\n" * text.count("\n", start, end)
        position = end + 3
    yield text[position:]


def _head(text: str) -> str:
    start = _HEAD.search(text)
    if not start:
        return ""
    part = text[start.end() : start.end() + _HEAD_LIMIT]
    return part.partition("</head>")[0].partition("<outline")[0]


def _scan(text: str) -> Iterator[Outline]:
    """Yield what stands between each ``<outline`` and the next; the first of a name counts."""
    starts = [match.start() for match in _OUTLINE.finditer(text)]
    line, counted = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", counted, start)
        counted = start
        attributes: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(text, start, end):
            attributes.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or ""))
        yield Outline(attributes=attributes, line=line)


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


def _one_line(text: str) -> str:
    return " ".join(text.split())
