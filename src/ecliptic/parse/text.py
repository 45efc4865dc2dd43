"""Text constructs → ``Content``: what is plain text, what is markup, escaped how often.

Atom says it in ``type`` (RFC 4287, 3.1); RSS says nothing, so the text itself
has to tell: a title with a known entity or a closed, known tag is markup.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from html.entities import html5
from typing import Final, Literal

from ecliptic.model.text import Content
from ecliptic.parse.doubled import undone
from ecliptic.parse.tree import Element
from ecliptic.parse.xhtml import inner_html, wrapped

Kind = Literal["text", "html"]

_ANY_MARKUP: Final = re.compile(r"<[/!]?[A-Za-z]|&#?\w{1,32};")
_ANY_TAG: Final = re.compile(r"<[/!]?[A-Za-z][^<>]*>")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|(\w{1,32}));")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w-]{0,20})(?=[\s>/])")
_CLOSED_TAG: Final = re.compile(
    r"</(?:p|div|a|ul|ol|li|h[1-6]|em|strong|span|table|blockquote|code|pre|i|b|figure)\s*>",
    re.IGNORECASE,
)
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "center",
    "cite", "code", "del", "dfn", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "img", "ins", "kbd", "li", "mark", "math", "nobr", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "time", "tt",
    "u", "ul", "var", "wbr",
})  # fmt: skip
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "p", "li"})
_LOOKED_AT: Final = 10_000
"""So much of a title tells what it is."""

_TEXT_TYPES: Final = frozenset({"", "text", "text/plain"})
_XML_TYPES: Final = ("+xml", "/xml", "xhtml")


def plain(element: Element) -> str:
    """Return the text of ``element`` without its markup, or ``""``."""
    text = element.text
    if len(element):
        text = "".join(map(str, element.itertext()))
    if not text:
        return ""
    return text.strip() if text.isascii() else undone(text).strip()  # ``meant``, uncalled


def meant(text: str) -> str:
    """Return a text as its author meant it: without the mistakes of bytes, and bare."""
    return text.strip() if text.isascii() else undone(text).strip()


def as_plain(content: Content) -> str:
    """Return a text construct without its markup."""
    if content.kind == "text":
        return " ".join(content.value.split())
    return " ".join(html.unescape(_ANY_TAG.sub("", content.value)).split())


def title_kind(value: str) -> Kind:
    """Tell whether a title without a declared type, with ``<`` or ``&``, is text or markup."""
    value = value[:_LOOKED_AT]
    entities = _ENTITY.findall(value)
    if any(name and name + ";" not in html5 for name in entities):
        return "text"
    tags = _TAG.findall(value)
    names = {name.lower() for _, name in tags}
    if not names <= _INLINE:
        return "text"
    closed = any(close for close, _ in tags) or bool(names & _VOID)
    return "html" if entities or closed else "text"


def body_kind(value: str) -> Kind:
    """Tell whether an RSS description is markup: any tag or entity makes it so."""
    return "html" if _ANY_MARKUP.search(value) else "text"


def rss_value(element: Element) -> str:
    """Return what an RSS element holds: text, or inline elements written as HTML."""
    text = inner_html(wrapped(element)) if len(element) else element.text
    if not text:
        return ""
    return text.strip() if text.isascii() else undone(text).strip()  # ``meant``, uncalled


def atom_content(
    element: Element, base: str, language: str, *, body: bool = False
) -> Content | None:
    """Read an Atom text construct of version 1.0 or 0.3 (RFC 4287, 3.1 and 4.1.3)."""
    declared = element.get("type", "")
    if declared not in {"html", "text", "xhtml", ""}:
        declared = declared.partition(";")[0].strip().lower()
    kind: Kind
    if declared == "html" and not len(element):
        value, kind = element.text, "html"
    else:
        value, kind = _atom_value(element, declared)
    value = meant(value) if value else ""
    if not value:
        return None
    if not declared and body and kind == "text" and _CLOSED_TAG.search(value):
        kind = "html"  # text by the letter of the specification, markup by all appearance
    return Content(value=value, kind=kind, base=base, language=language)


def _atom_value(element: Element, declared: str) -> tuple[str, Kind]:
    if len(element):
        return inner_html(wrapped(element)), "html"
    value = element.text or ""
    mode = element.get("mode", "").strip().lower()
    if mode == "base64" or _is_base64(declared):
        value = _decoded(value)
    if declared in _TEXT_TYPES:
        return value, "text"
    if declared == "xhtml" or (declared == "application/xhtml+xml" and mode == "xml"):
        return _escape(value), "html"  # there is no element in it, so it is text
    is_markup = declared == "text/html" or declared.endswith(_XML_TYPES)
    return value, "html" if is_markup else "text"


def _is_base64(declared: str) -> bool:
    """Tell whether the media type means base64 (RFC 4287, 4.1.3.3, rule 6)."""
    return (
        "/" in declared and not declared.startswith("text/") and not declared.endswith(_XML_TYPES)
    )


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value.encode("ascii", "ignore"), validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
