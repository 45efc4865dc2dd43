"""Inline elements → HTML: what stands inside a text construct as markup, not as text.

libxml2 writes the subtree in one native call; one scan over its tags then
removes what HTML has not: namespaces, prefixes, and empty-element tags of
elements that may have content.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from ecliptic.parse import address
from ecliptic.parse.names import MATHML, SVG, XHTML, XML_BASE, split
from ecliptic.parse.tree import Element

_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_ADDRESSES: Final = ("href", "src", "cite", "longdesc", "poster", "action", "data", "background")
_TAG: Final = re.compile(
    r"</[\w.-]+:[^<>]*>|<(?!/)(?:[^<>]*/>|[\w.-]+:[^<>]*>|[^<>]*\s(?:xml|xlink)[:\w]*=[^<>]*>)"
)
_PARTS: Final = re.compile(r"<(/?)(?:([\w.-]+):)?([\w.-]+)([^<>]*?)\s*(/?)>")
_NAME: Final = re.compile(r"[\w.-]+")
_QUALIFIED: Final = re.compile(r"</[\w.-]+:")
_NAMESPACE: Final = re.compile(r"""\s(?:xmlns(:[\w.-]+)?|xml:base|xml:space)="([^"]*)\"""")
_PREFIX: Final = re.compile(r''' xmlns:([\w.-]+)="([^"]*)"''')
_KNOWN: Final = frozenset({XHTML, MATHML, SVG, "http://www.w3.org/1998/Math/MathML"})


def inner_html(element: Element) -> str:
    """Return what is inside ``element`` as HTML."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    inner = _inside(text)
    has_namespaces = " xml" in inner  # one look at a long text for ``xmlns``, ``xml:lang`` …
    if has_namespaces and ' xml:base="' in inner:
        _resolve(element)
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        inner = _inside(text)
    if has_namespaces or element.prefix or _QUALIFIED.search(inner):
        return _without_namespaces(inner, _own_prefixes(element, text))
    return _opened(inner) if "/>" in inner else inner


def _inside(text: str) -> str:
    """Return what stands between the first tag of ``text`` and the last."""
    start = text.find(">") + 1
    end = text.rfind("</")
    return text[start:end] if end > start else ""


def wrapped(element: Element) -> Element:
    """Return the XHTML ``div`` that a text construct must hold (RFC 4287, 3.1.1.3), or itself."""
    if len(element) == 1 and not (element.text and element.text.strip()):
        child = element[0]
        if isinstance(child.tag, str) and split(child.tag)[1].lower() in {"div", "body"}:
            return child
    return element


def _own_prefixes(element: Element, text: str) -> frozenset[str]:
    """Return the prefixes whose elements HTML knows without one."""
    found = {prefix for prefix, uri in element.nsmap.items() if prefix and uri in _KNOWN}
    found.update(name for name, uri in _PREFIX.findall(text) if uri in _KNOWN)
    return frozenset(found | {"xhtml", "html", "svg", "math", "mathml"})


def _opened(text: str) -> str:
    """Write empty-element tags as HTML has them: only some elements may do without an end.

    libxml2 escapes ``>`` wherever it does not end a tag, so what it wrote can be split there.
    """
    *heads, rest = text.split("/>")
    parts: list[str] = []
    for head in heads:
        name = _NAME.match(head, head.rfind("<") + 1)
        if name and name[0].lower() not in _VOID:
            parts += (head, "></", name[0], ">")
        else:
            parts += (head, ">")
    return "".join((*parts, rest))


def _without_namespaces(text: str, prefixes: frozenset[str]) -> str:
    def rewrite(match: re.Match[str]) -> str:
        parts = _PARTS.match(match[0])
        if not parts:
            return match[0]
        close, prefix, name, attributes, empty = parts.groups(default="")
        if prefix and prefix not in prefixes:
            name = f"{prefix}:{name}"
        if ":" in attributes or "xmlns" in attributes:
            attributes = _NAMESPACE.sub("", attributes).replace(" xml:lang=", " lang=")
        if empty and name.lower() not in _VOID:
            return f"<{name}{attributes}></{name}>"
        return f"<{close}{name}{attributes}>"

    return _TAG.sub(rewrite, text)


def _resolve(element: Element) -> None:
    """Resolve addresses below an inner ``xml:base``, which HTML would not know."""
    bases = {element: ""}
    for child in element.iterdescendants():
        parent = child.getparent()
        base = bases.get(parent, "") if parent is not None else ""
        own = child.get(XML_BASE)
        if own is not None:
            base = address.absolute(own, base) or base
        bases[child] = base
        if base:
            for name in _ADDRESSES:
                value = child.get(name)
                if value is not None:
                    child.set(name, address.absolute(value, base))
