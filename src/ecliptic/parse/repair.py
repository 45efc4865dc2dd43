"""Text that almost is XML → text that more probably is.

What feeds get wrong most: white space before the declaration, HTML's entities
without a DTD, bare ampersands, control characters, references to characters
that XML has not. Nothing inside CDATA sections or comments is touched, except
control characters.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final, NamedTuple

from ecliptic.model.parsed import Problem

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
"""Characters that XML 1.0 cannot hold (production 2, Char)."""

_PROLOG: Final = re.compile(
    r"(?>\s+|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+(?=<!DOCTYPE\b)", re.IGNORECASE
)
_DECLARATION: Final = re.compile(r"<\?xml\s[^<>]*>", re.IGNORECASE)
_QUOTED_OR_END: Final = re.compile(r"""(['"])(?:(?!\1)[^<>\[\]])*\1|[\[>]""")
_ENTITY: Final = re.compile(
    r"<!ENTITY\s+([\w.-]{1,40})\s+"
    r"""(?:"([^"&%<>]{0,64}|&\#\w{1,8};)"|'([^'&%<>]{0,64}|&\#\w{1,8};)')\s*>"""
)
_SUBSET_END: Final = re.compile(r"\]\s*>")
_MARKUP: Final = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:\#[xX]?([0-9a-fA-F]{1,8});?|([A-Za-z][A-Za-z0-9]{0,31});)?"
    r"|<(?![A-Za-z_:/!?])",
    re.DOTALL,
)
_SECTIONS: Final = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))", re.DOTALL)
_MAX_REPAIRS: Final = 200_000
_MAX_EXPANSION: Final = 1_000_000


_DOCTYPE: Final = re.compile(
    rb"(?>\s+|<\?[^>]*>|<!--(?>.*?-->))*+<!DOCTYPE\b", re.DOTALL | re.IGNORECASE
)


def has_doctype(data: bytes) -> bool:
    """Tell whether a document type stands before the root element."""
    return bool(_DOCTYPE.match(data))


class Repaired(NamedTuple):
    """The repaired text, and what was repaired, each with its line."""

    text: str
    problems: tuple[Problem, ...]


def repair(text: str) -> Repaired:
    """Return ``text`` with the usual damage undone; the line count stays the same."""
    mender = _Mender(text)
    text, declared = strip_prolog(text)
    mender.declared = declared
    if _FORBIDDEN.search(text):
        mender.note("parse.control_character", _FORBIDDEN.search(text), text)
        text = _FORBIDDEN.sub("", text)
    mender.text = text
    mended, count = _MARKUP.subn(mender.mend, text, count=_MAX_REPAIRS)
    if count == _MAX_REPAIRS:
        rest = text[mender.end :]
        del text
        mender.text = ""  # a copy of a large document less at a time
        mended = mended[: len(mended) - len(rest)]
        mended += _with_known_references(rest)
    return Repaired(mended, tuple(mender.problems.values()))


def _with_known_references(text: str) -> str:
    """Write every reference but XML's own as text; libxml2 would keep a node or an error for each.

    This is for what is left after very many repairs, so it is done without looking at each.
    """
    parts = _SECTIONS.split(text)
    for number in range(0, len(parts), 2):
        part = parts[number].replace("&", "&amp;")
        for name in ("amp;", "lt;", "gt;", "quot;", "apos;"):
            part = part.replace(f"&amp;{name}", f"&{name}")
        parts[number] = part
    return "".join(parts)


def strip_prolog(text: str) -> tuple[str, dict[str, str]]:
    """Blank what stands before the root element, and return its harmless entities.

    A document type is never loaded nor obeyed: only entities that stand for a
    few plain characters are kept (no expansion bombs, nothing external).
    """
    declared: dict[str, str] = {}
    text = text.lstrip("\ufeff")
    prolog = _PROLOG.match(text)
    if prolog:
        end = _end_of_doctype(text, prolog.end())
        subset = text[prolog.end() : end]
        for name, plain, single in _ENTITY.findall(subset):
            declared.setdefault(name, html.unescape(plain or single))
        text = text[: prolog.end()] + "\n" * subset.count("\n") + text[end:]
    start = text.find("<")
    lines = text.count("\n", 0, max(start, 0))
    text = text[max(start, 0) :]
    declaration = _DECLARATION.match(text)
    if declaration:
        lines += declaration[0].count("\n")
        text = text[declaration.end() :]
    return "\n" * lines + text, declared


def _end_of_doctype(text: str, start: int) -> int:
    """Return where the document type that begins at ``start`` ends."""
    position = start
    while match := _QUOTED_OR_END.search(text, position):
        if match[0] == ">":
            return match.end()
        position = match.end()
        if match[0] == "[":
            close = _SUBSET_END.search(text, position)
            return close.end() if close else position
    return len(text) if position == start else position


class _Mender:
    """Replaces one piece of bad markup after another, within a budget."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.declared: dict[str, str] = {}
        self.problems: dict[str, Problem] = {}
        self.budget = _MAX_EXPANSION
        self.end = 0

    def note(self, code: str, match: re.Match[str] | None, text: str) -> None:
        """Keep the first problem of each kind."""
        if code not in self.problems and match:
            line = text.count("\n", 0, match.start()) + 1
            detail = "" if code == "parse.control_character" else match[0][:40]
            self.problems[code] = Problem(code=code, detail=detail, line=line)

    def mend(self, match: re.Match[str]) -> str:
        """Return the right spelling of one piece of markup."""
        self.end = match.end()
        found = match[0]
        if found == "<":
            self.note("parse.bare_markup", match, self.text)
            return "&lt;"
        if found[0] == "<":
            return found
        if match[1]:
            return self._character(match)
        if match[2]:
            return self._entity(match)
        self.note("parse.bare_markup", match, self.text)
        return "&amp;"

    def _character(self, match: re.Match[str]) -> str:
        digits = match[1]
        is_hex = match[0][2] in "xX"
        if not is_hex and not digits.isdecimal():
            return "&amp;" + match[0][1:]
        number = int(digits, 16 if is_hex else 10)
        if number < 0x20 and number not in {9, 10, 13}:  # noqa: PLR2004 - where controls end
            self.note("parse.control_character", match, self.text)
            return ""
        character = html.unescape(f"&#{number};")  # windows-1252 for 128-159, U+FFFD for none
        if _FORBIDDEN.match(character) or not character:
            return "\ufffd"
        return f"&#{ord(character)};"

    def _entity(self, match: re.Match[str]) -> str:
        name = match[2]
        value = self.declared.get(name)
        if value is not None:
            self.budget -= len(value)
            return _escaped(value) if self.budget > 0 else ""
        self.note("parse.undeclared_entity", match, self.text)
        value = html5.get(name + ";")
        return _escaped(value) if value else f"&amp;{name};"


def _escaped(value: str) -> str:
    return "".join(f"&#{ord(character)};" for character in value if not _FORBIDDEN.match(character))
