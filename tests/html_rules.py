"""What the HTML Standard asks of a page beyond its syntax, as far as our pages could break it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
ONLY_IN: Final = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "tr": {"tbody", "thead", "tfoot", "table"},
    "td": {"tr"},
    "th": {"tr"},
    "source": {"audio", "video", "picture"},
    "track": {"audio", "video"},
    "rt": {"ruby"},
}
"""Elements, and the parents that they may have."""

CHILDREN: Final = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "tr": {"td", "th", "script", "template"},
}
INTERACTIVE: Final = {"a", "button", "details", "iframe", "label", "select", "textarea", "input"}
OBSOLETE: Final = {
    "acronym", "applet", "basefont", "big", "blink", "center", "dir", "font", "frame", "frameset",
    "marquee", "nobr", "noframes", "plaintext", "strike", "tt", "xmp",
}  # fmt: skip
LEFT: Final = {
    "align", "alink", "background", "bgcolor", "border", "cellpadding", "cellspacing",
    "frameborder", "hspace", "link", "nowrap", "text", "valign", "vlink", "vspace",
}  # fmt: skip
"""Attributes that are left to style sheets."""

TIME: Final = re.compile(
    r"\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?)?"
)
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def faults(root: etree._Element) -> list[str]:
    """Return what is wrong with a page that could be parsed."""
    return [*_of_page(root), *(fault for element in root.iter() for fault in _of(element))]


def _of_page(root: etree._Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"the id {name!r} stands {n} times" for name, n in ids.items() if n > 1)
    for name in ("main", "h1", "title"):
        count = sum(1 for _ in root.iter(f"{XHTML}{name}"))
        if count != 1:
            yield f"{count} elements {name}"
    for element in root.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "for", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} names {name!r}, which is not there"
        link = element.get("href") or ""
        if link.startswith("#") and len(link) > 1 and link[1:] not in ids:
            yield f"a link leads to {link}, which is not there"


def _of(element: etree._Element) -> Iterator[str]:
    name = _name(element)
    if not name:
        return
    parent = _name(element.getparent())
    if name in OBSOLETE:
        yield f"the element {name} is obsolete"
    if parent and parent not in ONLY_IN.get(name, {parent}):
        yield f"{name} in {parent}"
    if parent and name not in CHILDREN.get(parent, {name}):
        yield f"{name} in {parent}"
    if name in INTERACTIVE:
        around = {_name(above) for above in element.iterancestors()} & {"a", "button"}
        yield from (f"{name} in {other}" for other in around)
    yield from (f"{name} has the attribute {key}" for key in element.attrib if key in LEFT)
    if name == "img" and element.get("alt") is None:
        yield "img without alt"
    if name == "time" and not TIME.fullmatch(element.get("datetime") or ""):
        yield f"time with datetime {element.get('datetime')!r}"
    language = element.get("lang")
    if language and not LANGUAGE.fullmatch(language):
        yield f"the language {language!r}"


def _name(element: etree._Element | None) -> str:
    """Return the name of an element of HTML; ``""`` for all else."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return element.tag.removeprefix(XHTML) if element.tag.startswith(XHTML) else ""
