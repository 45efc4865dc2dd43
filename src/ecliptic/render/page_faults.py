"""What in a page of a theme does not work: for readers, or by the policy of our pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from ecliptic.model.codes import words
from ecliptic.model.finding import Finding
from ecliptic.model.page import Page

_HANDLER: Final = "on"
_WITH_FORM: Final = frozenset({"search"})


def faults_of(page: Page, body: bytes, paths: Collection[str]) -> Iterator[Finding]:
    """Yield what in a page keeps readers or browsers off; ``paths`` are those of the site."""
    root = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    ids = {node.get("id") for node in root.iter() if isinstance(node.tag, str)}
    if not (root.findtext(".//title") or "").strip():
        yield _finding("theme.no_title", page, "warning")
    if not root.get("lang"):
        yield _finding("theme.no_language", page, "warning")
    if len(root.findall(".//main")) != 1:
        yield _finding("theme.no_main", page, "warning")
    skips = (link.get("href", "") for link in root.iterfind(".//body//a"))
    if next((link[1:] for link in skips if link.startswith("#")), "") not in ids:
        yield _finding("theme.no_skip_link", page, "warning")
    for node in root.iter():
        if isinstance(node.tag, str):
            yield from _of_node(node, page, paths)


def _of_node(node: etree._Element, page: Page, paths: Collection[str]) -> Iterator[Finding]:
    """Yield what the policy of our pages forbids in an element, and what it names in vain."""
    name = str(node.tag)
    if (name == "script" and not node.get("src")) or name == "style":
        yield _finding("theme.inline", page, "error", found=f"<{name}>")
    if name == "form" and page.kind not in _WITH_FORM:
        yield _finding("theme.form", page, "error", found="<form>")
    for key in map(str, node.attrib):
        if key.startswith(_HANDLER):
            yield _finding("theme.inline", page, "error", found=key)
    if name == "img" and node.get("alt") is None:
        yield _finding("theme.no_alt", page, "error", found=node.get("src") or "")
    asked = node.get("href") if name in {"a", "link"} else node.get("src")
    target = urlsplit(asked or "")
    if asked and not target.scheme and not target.netloc and target.path:
        path = urljoin(f"/{page.path}", target.path).lstrip("/")
        if path not in paths and str(PurePosixPath(path) / "index.html") not in paths:
            yield _finding("theme.dead_link", page, "error", found=asked)


def _finding(code: str, page: Page, severity: str, found: str = "") -> Finding:
    return Finding(
        severity="error" if severity == "error" else "warning",
        code=code,
        message=words(code, {"found": found}),
        where=page.path,
        found=found,
    )
