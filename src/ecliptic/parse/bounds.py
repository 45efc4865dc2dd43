"""Markup without end → as much of it as a tree may be made of.

An element of four bytes costs libxml2 some two hundred, an attribute of eight some four hundred.
So it is counted before there is a tree: tags and attributes, outside CDATA and comments. The
largest of some hundreds of real feeds has 4,400 of them; its texts are not counted.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from ecliptic.model.parsed import Problem
from ecliptic.parse.pieces import Finder

MAX_MARKS: Final = 200_000
"""The most tags and attributes of a document that are read; the rest is cut off."""

MAX_ATTRIBUTES: Final = 1_000
"""The most attributes of a tag that are read."""

_TAG: Final = re.compile(
    r"""<(?:(?P<cdata>!\[CDATA\[)|(?P<comment>!--)"""
    r"""|[^<>"']*+(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+)"""
)
_VALUE: Final = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")


def may_be_too_much(data: bytes | str) -> bool:
    """Tell whether a document may hold too much markup, judged by two characters."""
    if len(data) <= MAX_MARKS:
        return False
    if isinstance(data, str):
        return data.count("<") + data.count("=") > MAX_MARKS
    return data.count(b"<") + data.count(b"=") > MAX_MARKS


class Budget:
    """How many tags and attributes may still be read, for texts that make one document."""

    def __init__(self) -> None:
        self.left = MAX_MARKS
        self.problems: dict[str, Problem] = {}

    def spend(self, text: str) -> str:
        """Return as much of ``text`` as may be read."""
        ends = {"cdata": Finder(text, "]]>"), "comment": Finder(text, "-->")}
        kept: list[str] = []
        position = copied = 0
        while match := _TAG.search(text, position):
            position = match.end()
            if match.lastgroup:  # what never ends hides nothing: its end was lost
                end = ends[match.lastgroup].after(position)
                position = end if end < len(text) else position
                continue
            attributes = match[0].count("=")
            if attributes > MAX_ATTRIBUTES:
                short, attributes = self._shortened(match[0])
                kept.append(text[copied : match.start()] + short)
                copied = position
            self.left -= attributes + (match[0][1:2] != "/")
            if self.left < 0:
                self._note(f"only the first {MAX_MARKS} tags and attributes were read", match)
                return "".join((*kept, text[copied : match.start()]))
        return "".join((*kept, text[copied:])) if kept else text

    def _shortened(self, tag: str) -> tuple[str, int]:
        """Return a tag with as many attributes as may be read, and how many it has."""
        ends = [match.end() for match in islice(_VALUE.finditer(tag), MAX_ATTRIBUTES + 1)]
        if len(ends) <= MAX_ATTRIBUTES:
            return tag, len(ends)
        self._note(f"only the first {MAX_ATTRIBUTES} attributes of a tag were read", None)
        return tag[: ends[-2]] + ("/" if tag.endswith("/") else ""), MAX_ATTRIBUTES

    def _note(self, detail: str, match: re.Match[str] | None) -> None:
        line = match.string.count("\n", 0, match.start()) + 1 if match else 0
        self.problems.setdefault(detail, Problem(code="parse.truncated", detail=detail, line=line))
