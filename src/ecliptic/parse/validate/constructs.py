"""Texts of Atom that say how they are to be read (RFC 4287, 3.1 and 4.1.3)."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import markup, values
from ecliptic.parse.validate.rules import Note

_DIV: Final = "{http://www.w3.org/1999/xhtml}div"
_HTML: Final = "{http://www.w3.org/1999/xhtml}html"
_KINDS: Final = ("text", "html", "xhtml")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]*={0,2}\Z")
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,}")


def text(element: Element, note: Note) -> None:
    """Look at a title, summary or rights."""
    kind = element.get("type", "text")
    if not kind.strip():
        note("check.empty", "", "")
    elif kind not in _KINDS:
        note("check.bad_choice", kind, ", ".join(_KINDS))
    _as(_plain_kind(kind), element, note)
    if not len(element) and not (element.text or "").strip():
        note("check.blank", "", "")


def content(element: Element, note: Note) -> None:
    """Look at the body of an entry, which may be anything, here or elsewhere."""
    kind = element.get("type", "")
    is_media = kind not in {*_KINDS, ""}
    is_wrong = is_media and values.mime_type(kind)
    if is_wrong:
        note("check.bad_type", kind, "")
    if element.get("src") is not None:
        _elsewhere(element, kind, note)
    elif not is_wrong:
        _as(_plain_kind(kind or "text"), element, note)


def _elsewhere(element: Element, kind: str, note: Note) -> None:
    if len(element) or (element.text or "").strip():
        note("check.unexpected_text", element.text or "", "")
    if not kind:
        note("check.missing_recommended", "", "type")
    elif kind in _KINDS:
        note("check.bad_type", kind, "")


def _plain_kind(kind: str) -> str:
    """Return how a type is read; media types have another name for what Atom calls html."""
    kind = kind.strip().lower()
    return {"text/html": "html", "text/plain": "text"}.get(kind, kind)


def _as(kind: str, element: Element, note: Note) -> None:
    if kind == "xhtml":
        _xhtml(element, note)
    elif kind == "application/xhtml+xml":
        _whole_page(element, note)
    elif kind.endswith(("+xml", "/xml")):
        return
    elif kind in {"html", "text", ""} or kind.startswith("text/"):
        _escaped(kind, element, note)
    elif len(element) or not _is_base64(element.text or ""):
        note("check.bad_base64", element.text or "", "")


def _is_base64(value: str) -> bool:
    packed = "".join(value.split())
    return len(packed) % 4 == 0 and bool(_BASE64.match(packed))


def _escaped(kind: str, element: Element, note: Note) -> None:
    if len(element):
        note("check.not_escaped", "", kind or "text")
    value = element.text or ""
    if kind == "html":
        markup.html(value, note, is_relative_right=True)
    elif kind in {"text", ""}:
        fault = markup.undeclared(value)
        if fault:
            note(fault.code, value, fault.detail)


def _xhtml(element: Element, note: Note) -> None:
    children = [child for child in element if isinstance(child.tag, str)]
    loose = (element.text or "") + "".join(child.tail or "" for child in children)
    if "<" in loose:
        note("check.not_inline", loose, "")
    elif len(children) != 1 or children[0].tag != _DIV or loose.strip():
        note("check.missing_div", loose, "")
    markup.xhtml(element, note)


def _whole_page(element: Element, note: Note) -> None:
    if len(element) and element[0].tag != _HTML:
        note("check.html_fragment", "", "")


def email_in_name(element: Element, note: Note) -> None:
    """Look for an address where a person's name should be (RFC 4287, 3.2.1)."""
    if _EMAIL.search(element.text or ""):
        note("check.email_in_name", element.text or "", "")
