"""Text constructs: what they hold, of which type, resolved and cleaned where they are markup."""

from __future__ import annotations

import base64
import binascii
import re
from html.entities import entitydefs
from typing import Final, NamedTuple

from ecliptic.clean.portable import portable_html
from ecliptic.clean.words import words
from ecliptic.compat.addresses import resolved_in
from ecliptic.compat.result import FeedParserDict
from ecliptic.parse import doubled
from ecliptic.parse.tree import Element
from ecliptic.parse.xhtml import inner_html, wrapped

HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
CLEANED: Final = frozenset({
    "content", "description", "info", "rights", "subtitle", "summary", "title",
})  # fmt: skip
"""Keys that may hold markup."""

_XHTML: Final = "application/xhtml+xml"
_SHORT_TYPES: Final = {"text": "text/plain", "plain": "text/plain", "html": "text/html",
                       "xhtml": _XHTML}  # fmt: skip
_OUTER_DIV: Final = re.compile(r"<div(?:\s[^<>]*)?>(.*)</div>", re.DOTALL | re.IGNORECASE)
_CLOSING: Final = re.compile(r"</\w+>|&#?\w+;")
_TAGS: Final = re.compile(r"</?(\w+)")
_ENTITIES: Final = re.compile(r"&(\w+);")
_HTML_TAGS: Final = words(
    "a abbr acronym address area article aside audio b big blockquote br button canvas caption "
    "center cite code col colgroup dd del details dfn dialog dir div dl dt em fieldset figcaption "
    "figure font footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label legend li map "
    "mark menu meter nav noscript ol optgroup option output p picture pre progress q rp rt ruby s "
    "samp section select small source span strike strong sub sup table tbody td textarea tfoot th "
    "thead time tr tt u ul var video wbr"
)


class Options(NamedTuple):
    """What the caller wants done with markup."""

    resolve: bool = True
    sanitize: bool = True


class Scope(NamedTuple):
    """The base and the language that hold at a place of the document."""

    base: str = ""
    language: str | None = None


def media_type(declared: str) -> str:
    """Return a declared type as a media type: ``html`` is short for ``text/html``."""
    return _SHORT_TYPES.get(declared.strip().lower(), declared.strip().lower())


def own_text(element: Element) -> str:
    """Return the text of an element that is not inside its children."""
    found = element.text or ""
    if len(element):
        found += "".join(child.tail or "" for child in element)
    return undone(found)


def undone(value: str) -> str:
    """Return text that was encoded twice as it was meant, without white space at its ends."""
    if value.isascii():
        return value.strip()
    plain = doubled.undone(value)
    if plain == value:
        try:
            plain = value.encode("cp1252").decode("utf-8")
        except UnicodeError:
            plain = value
    return plain.strip()


def detail_of(
    element: Element, declared: str | None, default: str, scope: Scope, *, is_atom: bool
) -> FeedParserDict:
    """Return a text construct with its type, language, base and (not yet cleaned) value.

    ``is_atom`` tells that types are declared rather than guessed.
    """
    kind = media_type(default if declared is None else declared)
    value, kind = _value_of(element, kind)
    value = undone(value)
    if not is_atom and kind == "text/plain" and looks_like_html(value):
        kind = "text/html"
    language = scope.language.replace("_", "-") if scope.language else scope.language
    return FeedParserDict(type=kind, language=language, base=scope.base, value=value)


def _value_of(element: Element, kind: str) -> tuple[str, str]:
    is_base64 = element.get("mode", "").lower() == "base64" or _is_binary(kind)
    if not len(element):
        value = element.text or ""
        if is_base64:
            value = _decoded(value)
        elif kind == _XHTML:
            value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return value, kind
    if kind.endswith("xml"):
        return inner_html(element), kind
    # It declares escaped markup, but holds elements; a div around them means nothing.
    inner = wrapped(element)
    if inner is not element and not len(inner):
        return inner.text or "", kind
    return inner_html(inner), _XHTML


def without_div(value: str) -> str:
    """Return XHTML without the one ``div`` around all of it (RFC 4287, 3.1.1.3)."""
    match = _OUTER_DIV.fullmatch(value.strip())
    if not match:
        return value
    depth = 0
    for tag in re.finditer(r"<(/?)div\b[^<>]*?(/?)>", match[1], re.IGNORECASE):
        depth += 0 if tag[2] else (-1 if tag[1] else 1)
        if depth < 0:
            return value
    return match[1].strip()


def cleaned(value: str, kind: str, base: str, options: Options) -> str:
    """Return markup resolved and without anything that acts, as far as wanted; text as it is."""
    if kind not in HTML_TYPES or not ("<" in value or "&" in value or ">" in value):
        return value
    base = base if options.resolve else ""
    return str(portable_html(value, base)) if options.sanitize else resolved_in(value, base)


def _is_binary(kind: str) -> bool:
    """Tell whether content of this type must be base64 (RFC 4287, 4.1.3.3)."""
    is_text = kind.startswith("text/") or kind.endswith(("+xml", "/xml"))
    return bool(kind) and not is_text


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value.encode("ascii", "ignore"), validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return value


def looks_like_html(value: str) -> bool:
    """Tell whether text of no declared type is markup: by closed, known tags or known entities."""
    if not _CLOSING.search(value):
        return False
    if any(name.lower() not in _HTML_TAGS for name in _TAGS.findall(value)):
        return False
    return all(name in entitydefs for name in _ENTITIES.findall(value))
