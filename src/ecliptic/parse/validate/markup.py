"""HTML inside text: where it may not stand, and what readers will not show of it."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import Final

from ecliptic.parse.names import split
from ecliptic.parse.tree import Element, attributes_of
from ecliptic.parse.validate.html_names import (
    ELEMENTS,
    MATHML,
    MATHML_ATTRIBUTES,
    SAFE_STYLES,
    SVG,
    SVG_ATTRIBUTES,
    UNSAFE,
)
from ecliptic.parse.validate.rules import Fault, Note

_TAG: Final = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+)(?=[\s/>]|\Z)"""
    r"""(?P<rest>(?:[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+)(?P<end>>?)"""
)
"""A quotation mark opens a value after ``=`` alone, as browsers have it (HTML, 13.2.5)."""

_ATTRIBUTE: Final = re.compile(r"""([\w:-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")
_REFERENCE: Final = re.compile(
    r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,30});?)"
)
_ADDRESSES: Final = frozenset({"href", "src", "action", "cite", "background", "longdesc", "poster"})
_WITH_SCHEME: Final = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|#|//)")
_MOST_TAGS: Final = 5_000
"""Of a text; what is wrong with more of them is wrong with these."""


def plain(value: str) -> Fault | None:
    """Check a text in which readers show markup as it is written, or strip it."""
    for match in _TAG.finditer(value):
        if match["name"].lower() in ELEMENTS and match["end"]:
            return Fault("check.markup_in_text", f"<{match['close']}{match['name']}>")
    found = _reference_in(value)
    return Fault("check.markup_in_text", found) if found else None


def undeclared(value: str) -> Fault | None:
    """Check a text that Atom says is plain (RFC 4287, 3.1.1.1)."""
    fault = plain(value)
    return Fault("check.undeclared_markup", fault.detail) if fault else None


def _reference_in(value: str) -> str:
    for match in _REFERENCE.finditer(value):
        if match[1] is None or match[1] in name2codepoint:
            return match[0]
    return ""


def html(value: str, note: Note, *, is_relative_right: bool) -> None:
    """Look at a text that is HTML once it is unescaped."""
    for number, match in enumerate(_TAG.finditer(value)):
        if number == _MOST_TAGS:
            return
        if not match["end"]:
            if match["name"].lower() in ELEMENTS:
                note("check.broken_markup", match[0], f"<{match['name']}")
            continue
        name = match["name"].lower()
        if name in UNSAFE and not match["close"]:
            note("check.unsafe_markup", match[0], f"<{name}>")
        for key, *given in _ATTRIBUTE.findall(match["rest"]):
            _attribute(key.lower(), "".join(given), note, is_relative_right=is_relative_right)


def _attribute(key: str, value: str, note: Note, *, is_relative_right: bool) -> None:
    if key.startswith("on"):
        note("check.unsafe_markup", f"{key}={value}", f"the attribute {key}")
    elif key == "style":
        unsafe = unsafe_style(value)
        if unsafe:
            note("check.unsafe_style", value, unsafe)
    elif key in _ADDRESSES:
        if value.strip().lower().startswith(("javascript:", "vbscript:")):
            note("check.unsafe_markup", value, f"the script in {key}")
        elif not is_relative_right and value.strip() and not _WITH_SCHEME.match(value):
            note("check.relative_in_markup", value, key)


def unsafe_style(value: str) -> str:
    """Return the first declaration of a style that sanitisers of readers do not keep."""
    for declaration in value.split(";"):
        name, colon, given = declaration.partition(":")
        name = name.strip().lower()
        if not declaration.strip():
            continue
        if not colon or name not in SAFE_STYLES or "url(" in given or "expression(" in given:
            return declaration.strip()
    return ""


def xhtml(element: Element, note: Note, *, is_relative_right: bool = True) -> None:
    """Look at elements that stand in a document as they are."""
    for child in element.iterdescendants():
        namespace, local = split(child.tag)
        known, known_attributes = _VOCABULARIES.get(namespace, (None, None))
        is_fit = local.lower() not in UNSAFE if known is None else local in known
        if not is_fit:
            note("check.unsafe_markup", local, f"<{local}>")
        for key, value in attributes_of(child):
            is_odd = known_attributes is not None and key not in known_attributes
            if is_odd and not key.startswith("{"):
                note("check.unsafe_markup", key, f"the attribute {key}")
            _attribute(key, value, note, is_relative_right=is_relative_right)


_VOCABULARIES: Final = {
    "http://www.w3.org/1998/Math/MathML": (MATHML, MATHML_ATTRIBUTES),
    "http://www.w3.org/2000/svg": (SVG, SVG_ATTRIBUTES),
}
"""Where sanitisers keep what they know, not all but what they know to be unsafe."""
