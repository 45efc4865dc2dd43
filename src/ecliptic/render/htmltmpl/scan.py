"""From the text of a template to its statements and what stands between them.

A statement is ``<TMPL_VAR name>`` or ``<!-- TMPL_VAR name -->``. Blanks before
one at the head of a line go, and so does a line break right behind one, as in
htmltmpl: a line that holds a statement alone leaves nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from ecliptic.render.htmltmpl.fault import fault


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with its parameters, and where it stands.

    ``kind`` is ``VAR``, ``LOOP`` …; ``default`` is ``None`` unless it is given.
    """

    kind: str
    closing: bool
    name: str
    escape: str
    default: str | None
    is_global: bool
    file: str
    line: int


Token: TypeAlias = str | Statement

KINDS: Final = frozenset({
    "VAR", "LOOP", "IF", "ELSE", "UNLESS", "INCLUDE", "BOUNDARY", "GETTEXT",
})  # fmt: skip
_NAMED: Final = frozenset({"VAR", "LOOP", "IF", "UNLESS", "INCLUDE"})
_CLOSED: Final = frozenset({"LOOP", "IF", "UNLESS"})
_ESCAPES: Final = {
    "HTML": "html", "1": "html", "URL": "url", "URI": "url", "NONE": "", "0": "", "": "",
}  # fmt: skip

_COMMENT: Final = re.compile(r"(?<![^ \t])###.*")
_START: Final = re.compile(r"<(?:!--[ \t\n]*)?(/?)TMPL_(\w*)", re.IGNORECASE)
_END: Final = re.compile(r"\s*/?(?:--)?>")
_PARAMETER: Final = re.compile(
    r"""\s*(?:(\w+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|((?:(?!/?(?:--)?>)[^\s"'<>=])+))"""
)


def scan(text: str, file: str) -> Iterator[Token]:
    """Yield the statements of a template and the text between them.

    Raises ``RenderError`` for a statement that nobody knows or that does not end.
    """
    clean = _Clean(text, file)
    at = 0
    while match := _START.search(clean.text, at):
        yield from clean.between(at, match.start())
        end, statement = _statement(clean, match)
        yield statement
        at = end + (clean.text[end : end + 1] == "\n")
    yield from clean.between(at, len(clean.text))


class _Clean:
    """A template without its comments, which still knows its lines."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        kept: list[str] = []
        self._starts: list[int] = []
        self._lines: list[int] = []
        size = 0
        unix = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        for number, line in enumerate(unix.split("\n"), 1):
            comment = _COMMENT.search(line)
            written = line[: comment.start()].rstrip(" \t") if comment else line
            if comment and not written:
                continue
            kept.append(written)
            self._starts.append(size)
            self._lines.append(number)
            size += len(written) + 1
        self.text = "\n".join(kept)

    def line(self, position: int) -> int:
        """Return the line of the file that a position of the cleaned text is in."""
        return self._lines[bisect_right(self._starts, position) - 1] if self._lines else 1

    def between(self, start: int, end: int) -> Iterator[str]:
        """Yield the text between two statements, without the blanks that indent the second."""
        head = end
        while head > start and self.text[head - 1] in " \t":
            head -= 1
        is_head = end < len(self.text) and (head == 0 or self.text[head - 1] == "\n")
        found = self.text[start : head if is_head else end]
        if found:
            yield found


def _statement(clean: _Clean, match: re.Match[str]) -> tuple[int, Statement]:
    """Return the statement that begins at ``match``, and where it ends."""
    kind, closing = match[2].upper(), bool(match[1])
    line = clean.line(match.start())
    if kind not in KINDS:
        known = ", ".join(f"TMPL_{each}" for each in sorted(KINDS))
        raise fault(clean.file, line, f"there is no statement TMPL_{kind}; write one of {known}")
    if closing and kind not in _CLOSED:
        raise fault(clean.file, line, f"TMPL_{kind} has no end; remove </TMPL_{kind}>")
    end, given = _parameters(clean, match.end(), kind, line)
    name = given.pop("NAME", "")
    if kind in _NAMED and not closing and not name:
        raise fault(clean.file, line, f"TMPL_{kind} needs a name: <TMPL_{kind} name>")
    escape = given.get("ESCAPE", "").upper()
    if escape not in _ESCAPES:
        raise fault(clean.file, line, f"ESCAPE={escape} is not known; write HTML, URL or NONE")
    return end, Statement(
        kind=kind,
        closing=closing,
        name=name,
        escape=_ESCAPES[escape],
        default=given.get("DEFAULT"),
        is_global=given.get("GLOBAL", "0") not in {"", "0"},
        file=clean.file,
        line=line,
    )


def _parameters(clean: _Clean, at: int, kind: str, line: int) -> tuple[int, dict[str, str]]:
    """Return where the statement ends and its parameters, each by its name in capitals."""
    if kind == "GETTEXT":
        return _words(clean, at, line)
    given: dict[str, str] = {}
    while not (end := _END.match(clean.text, at)):
        parameter = _PARAMETER.match(clean.text, at)
        if parameter is None:
            raise fault(clean.file, line, f"TMPL_{kind} does not end; close it with >")
        key = (parameter[1] or "NAME").upper()
        if key not in {"NAME", "ESCAPE", "GLOBAL", "DEFAULT"} or key in given:
            said = parameter[0].strip()
            raise fault(
                clean.file,
                line,
                f"TMPL_{kind} does not take {said!r}; allowed: one name, ESCAPE, GLOBAL, DEFAULT",
            )
        given[key] = next(text for text in parameter.groups()[1:] if text is not None)
        at = parameter.end()
    return end.end(), given


def _words(clean: _Clean, at: int, line: int) -> tuple[int, dict[str, str]]:
    """Return the text of a GETTEXT, which needs no quotes."""
    end = clean.text.find(">", at)
    if end < 0:
        raise fault(clean.file, line, "TMPL_GETTEXT does not end; close it with >")
    said = clean.text[at:end].strip().removesuffix("--").strip()
    return end + 1, {"NAME": said}
