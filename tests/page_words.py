"""What a page says to its readers in words of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree, html

_WITHOUT_OURS: Final = {"bdi", "code", "kbd", "pre", "script", "style"}
_READ: Final = {"title", "aria-label", "alt", "placeholder", "content"}
_FOR_PROGRAMS: Final = {"viewport", "generator", "color-scheme", "robots"}


def said(node: etree._Element) -> Iterator[str]:
    """Yield what a page says to readers, without what has a direction or language of its own."""
    if node.tag in _WITHOUT_OURS or node.get("dir") in {"auto", "ltr"}:
        return
    for key, value in node.items():
        is_read = key in _READ and node.get("name") not in _FOR_PROGRAMS
        if (is_read and not node.get("http-equiv")) or str(key).startswith("data-"):
            yield f"\n{value!s}\n"
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            yield from said(child)
        yield child.tail or ""


def read(body: bytes) -> str:
    """Return all that a page says."""
    parser = html.HTMLParser(encoding="utf-8")  # html5lib takes seconds for all pages
    return "".join(said(html.document_fromstring(body, parser=parser)))


def lines(body: bytes) -> set[str]:
    """Return what a page says, by line."""
    return {" ".join(line.split()) for line in read(body).splitlines()}
