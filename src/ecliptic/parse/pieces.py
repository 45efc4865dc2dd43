"""A broken document → its frame and its entries, cut at their tags.

Each entry can then be read by itself: what breaks one leaves the others whole.
One scan from left to right, so the time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SCAN: Final = re.compile(
    r"<(?=[!/\w])(?:(?P<cdata>!\[CDATA\[)|(?P<comment>!--)"
    r"|(?P<close>/?)(?:[\w-]{1,30}:)?(?P<entry>item|entry)(?=[\s>/]|\Z)"
    r"|(?P<end>/(?:channel|rss|feed|rdf:RDF)\s*>))",
    re.IGNORECASE,
)
_RUNAWAY: Final = re.compile(
    r"</(?:item|entry)\s*>\s*(?:<(?:item|entry)[\s>]|</(?:channel|feed|rss))", re.IGNORECASE
)
_ROOT: Final = re.compile(r"<(?P<name>[A-Za-z_][\w:.-]{0,60})(?P<rest>[^<>]*)>")
_NAMESPACE: Final = re.compile(r"""\sxmlns(?::[\w.-]{1,40})?\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_MAX_ENTRIES: Final = 5_000
"""The most entries that are cut out; fewer are kept, but some turn out to be empty."""


class Cut(NamedTuple):
    """The document without its entries, the entries, and a root to read each one in."""

    frame: str
    entries: tuple[str, ...]
    opening: str
    closing: str


def cut(text: str) -> Cut:
    """Cut ``text`` into its frame and its entries."""
    frame: list[str] = []
    entries: list[str] = []
    kept = 0
    for start, end in _entries_of(text):
        frame.append(text[kept:start])
        entries.append(text[start:end])
        kept = end
        if len(entries) == _MAX_ENTRIES:
            kept = len(text)  # in the frame, the others would come before those that were cut out
            break
    frame.append(text[kept:])
    opening, closing = _root_of(frame[0])
    return Cut("".join(frame), tuple(entries), opening, closing)


def _entries_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where entries begin and end; one that was never closed ends at the next one."""
    begun = -1
    for match in _tags_of(text):
        closes = bool(match["close"] or match["end"])
        if begun >= 0:
            end = match.start()
            if match["close"]:
                end = text.find(">", match.end()) + 1 or len(text)
            yield begun, end
        begun = -1 if closes else match.start()
    if begun >= 0:
        yield begun, len(text)


def _tags_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags of entries and of what holds them, outside CDATA and comments."""
    ends = {"cdata": Finder(text, "]]>"), "comment": Finder(text, "-->")}
    position = 0
    while match := _SCAN.search(text, position):
        position = match.end()
        kind = match.lastgroup if match["cdata"] or match["comment"] else None
        if kind is None:
            yield match
            continue
        end = ends[kind].after(position)
        # A section cannot reach over the end of an entry into the next: its own end was lost.
        runaway = _RUNAWAY.search(text, position, end)
        position = runaway.start() if runaway else end


class Finder:
    """Finds the next mark from ever later positions, looking at no character twice."""

    def __init__(self, text: str, mark: str) -> None:
        self.text = text
        self.mark = mark
        self.found = -1

    def after(self, position: int) -> int:
        """Return where the next mark after ``position`` is, or the end of the text."""
        if self.found < position:
            self.found = self.text.find(self.mark, position)
            if self.found < 0:
                self.found = len(self.text)
        return self.found


def _root_of(head: str) -> tuple[str, str]:
    """Return the tags of a root with the namespaces that the document's head declares."""
    match = _ROOT.search(head)
    if not match:
        return "<rss>", "</rss>"
    seen: dict[str, str] = {}
    for declaration in _NAMESPACE.findall(head):
        seen.setdefault(declaration.partition("=")[0].strip(), declaration)
    return f"<{match['name']}{''.join(seen.values())}>", f"</{match['name']}>"
