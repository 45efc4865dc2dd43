"""Plain text as markup: escaped, with its paragraphs and lines."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.model.text import SafeHTML

_LONGEST_SOURCE: Final = 50_000
_LONGEST_TEXT: Final = 200_000
_blank_lines = re.compile(r"\n[ \t]*\n\s*")
_ILLEGAL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_illegal = re.compile(f"[{_ILLEGAL}]")
_needs_escape = re.compile(f"[&<>\xa0{_ILLEGAL}]").search


def escaped(text: str) -> str:
    """Return ``text`` with all that could be markup made harmless."""
    if not _needs_escape(text):
        return text
    text = _illegal.sub("", text)
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\xa0", "&nbsp;")
    )


def as_source(html: str) -> SafeHTML:
    """Return markup that will not be read, as the text that it is; a long one is cut."""
    return SafeHTML(escaped(_cut(html, _LONGEST_SOURCE)))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit] + "…"


def quoted(text: str) -> str:
    """Return ``text`` as the value of an attribute, written as nh3 writes it."""
    return escaped(text).replace('"', "&quot;")


def paragraphs(text: str) -> SafeHTML:
    r"""Return plain text as paragraphs; single line breaks are kept.

    >>> paragraphs("One & two\nthree\n\nfour")
    '<p>One &amp; two<br>three</p><p>four</p>'
    """
    text = _cut(text.replace("\r\n", "\n").replace("\r", "\n").strip(), _LONGEST_TEXT)
    if not text:
        return SafeHTML("")
    parts = (escaped(part.strip()).replace("\n", "<br>") for part in _blank_lines.split(text))
    return SafeHTML("".join(f"<p>{part}</p>" for part in parts))
