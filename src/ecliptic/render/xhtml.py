"""Cleaned markup as XHTML: the same tree, written so that a parser of XML reads it."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.model.text import SafeHTML

_TAG: Final = re.compile(r"""<(/?)([A-Za-z][^\s/>]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*>""")
_ATTRIBUTE: Final = re.compile(r"""\s+([^\s=>"]+)(?:="([^"]*)")?""")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*|xml:lang")
_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip


def xhtml(html: SafeHTML) -> str:
    """Return cleaned markup as XHTML. It is balanced already, with every attribute in quotes."""
    return _TAG.sub(_tag, html.replace("&nbsp;", "&#160;"))


def _tag(match: re.Match[str]) -> str:
    closing, name, attributes = match.groups()
    if closing:
        return f"</{name}>"
    written = "".join(_attributes(attributes))
    return f"<{name}{written}/>" if name.lower() in _VOID else f"<{name}{written}>"


def _attributes(text: str) -> list[str]:
    return [
        f' {name}="{(value or "").replace("<", "&lt;")}"'
        for name, value in _ATTRIBUTE.findall(text)
        if _NAME.fullmatch(name)
    ]
