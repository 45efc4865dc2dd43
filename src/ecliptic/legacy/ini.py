"""A tolerant reader of ini files, as Planet 2.0, Venus and Pluto read them.

``configparser`` refuses most real planets' files: sections come twice, ``%``
stands for itself in date formats, Pluto indents its keys and begins before
the first section, and single lines are in another encoding than the rest.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a key and the line where the key stands."""

    text: str
    line: int


class Section(msgspec.Struct, kw_only=True):
    """A section with all keys of its name's occurrences; ``line`` is the first one's."""

    title: str
    line: int
    keys: dict[str, Value] = {}
    again: list[int] = []

    def text(self, key: str) -> str:
        """Return the text of a key, or nothing."""
        value = self.keys.get(key)
        return value.text if value else ""

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the section when it has no such key."""
        value = self.keys.get(key)
        return value.line if value else self.line


class Document(msgspec.Struct, kw_only=True):
    """Everything in an ini file. ``top`` holds keys before the first section.

    ``odd_lines`` are those that are neither a section, a key nor a comment.
    """

    top: Section
    sections: tuple[Section, ...]
    odd_lines: tuple[int, ...]
    last_line: int = 0


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BARE_SECTION = re.compile(r"\[([^\]]+)\](?:\s+[#;].*)?")
_SECTION = re.compile(r"\[(.+)\](?:\s+[#;].*)?")
_LOOSE_SECTION = re.compile(r"\[([^\]]+)\]")
_SEPARATOR = re.compile(r"[:=]")
_INDENTED_KEY = re.compile(r"\w+\s*=")
_INLINE_COMMENT = re.compile(r"\s;.*")
_REMARK = re.compile(r"rem(?:\s|$)", re.IGNORECASE)
_INTERPOLATION = re.compile(r"%\(([^)]+)\)s")
_INTERPOLATION_DEPTH = 10
_FILLED_LIMIT = 1_000
_VALUE_LIMIT = 20_000


def parse(data: bytes, *, after: int = 0) -> Document:
    """Read an ini file; nothing in it is refused. ``after`` lines of others stand before it."""
    reader = _Reader()
    number = after
    for number, line in enumerate(_lines(data), after + 1):
        reader.take(number, line)
    return msgspec.structs.replace(reader.document(), last_line=number)


def merged(under: Document, over: Document) -> Document:
    """Return two documents as one: a key of ``over`` stands for that of ``under``."""
    sections = {_place(section.title): section for section in under.sections}
    for section in over.sections:
        place = _place(section.title)
        first = sections.get(place, Section(title=section.title, line=section.line))
        sections[place] = _joined(first, section)
    return Document(
        top=_joined(under.top, over.top),
        sections=tuple(sections.values()),
        odd_lines=(*under.odd_lines, *over.odd_lines),
        last_line=over.last_line,
    )


def _place(title: str) -> str:
    return "planet" if title.lower() == "planet" else title


def _joined(under: Section, over: Section) -> Section:
    return Section(
        title=under.title,
        line=under.line,
        keys={**under.keys, **over.keys},
        again=[*under.again, *over.again],
    )


def interpolate(section: Section, defaults: Section | None) -> Section:
    """Return a section with its defaults, and ``%(name)s`` replaced as Python 2 did.

    A ``%`` is only special in a value that holds ``%(``. A value whose references lead back to
    itself, or that would grow beyond all bounds, stays as it is written.
    """
    keys = {**(defaults.keys if defaults else {}), **section.keys}
    texts = {key: value.text for key, value in keys.items()}
    filled = {
        key: Value(text=_filled(value.text, texts), line=value.line)
        if "%(" in value.text
        else value
        for key, value in keys.items()
    }
    return Section(title=section.title, line=section.line, keys=filled, again=section.again)


def _filled(text: str, texts: dict[str, str]) -> str:
    """Return a value with its references replaced, never much larger than it was."""
    filled = text
    for _ in range(_INTERPOLATION_DEPTH):
        before = filled
        filled = _INTERPOLATION.sub(
            lambda match: texts.get(match[1].lower(), match[0])[:_FILLED_LIMIT], before
        )
        if filled == before:
            return filled.replace("%%", "%")
        if len(filled) > _VALUE_LIMIT:
            break
    return text[:_VALUE_LIMIT]


def is_text(data: bytes) -> bool:
    """Whether these bytes may be an ini file at all: text in no encoding we read has a NUL."""
    return data.startswith(_UTF_16) or b"\0" not in data


def _lines(data: bytes) -> Iterator[str]:
    """Yield lines, each in UTF-8 or, where it is not, in Windows' superset of Latin-1.

    What begins with the mark of UTF-16 is that: Windows' editors call it "Unicode".
    """
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")


class _Reader:
    def __init__(self) -> None:
        self._top = Section(title="", line=1)
        self._sections: dict[str, Section] = {}
        self._odd_lines: list[int] = []
        self._section = self._top
        self._key = ""
        self._indent = 0
        self._is_open = False

    def document(self) -> Document:
        return Document(
            top=self._top,
            sections=tuple(self._sections.values()),
            odd_lines=tuple(self._odd_lines),
        )

    def take(self, number: int, line: str) -> None:
        stripped = line.strip()
        if not stripped or stripped[0] in "#;" or _REMARK.match(line):
            return
        indent = len(line) - len(line.lstrip())
        if self._continues(indent, stripped):
            self._append(stripped)
            return
        title = _title(stripped)
        if title:
            self._open(title, number)
            return
        separator = _SEPARATOR.search(stripped, 1)
        if separator and stripped[0] not in ":=[":
            key, text = stripped[: separator.start()], stripped[separator.end() :]
            self._set(key.strip().lower(), text, number, indent)
        else:
            self._odd_lines.append(number)

    def _continues(self, indent: int, stripped: str) -> bool:
        """Whether an indented line goes on with the value above, or is a key of Pluto's."""
        if not self._key or indent <= self._indent:
            return False
        return self._is_open or not (
            _INDENTED_KEY.match(stripped) or (stripped[0] == "[" and _title(stripped))
        )

    def _append(self, text: str) -> None:
        value = self._section.keys[self._key]
        if len(value.text) < _VALUE_LIMIT:
            joined = f"{value.text}\n{text}" if value.text else text
            self._section.keys[self._key] = Value(text=joined, line=value.line)

    def _open(self, title: str, number: int) -> None:
        self._key = ""
        section = self._sections.get(title)
        if section is None:
            section = self._sections[title] = Section(title=title, line=number)
        else:
            section.again.append(number)
        self._section = section

    def _set(self, key: str, text: str, number: int, indent: int) -> None:
        self._key, self._indent = key, indent
        text = _unquoted(_INLINE_COMMENT.sub("", text).strip())
        self._is_open = not text
        self._section.keys[key] = Value(text=text, line=number)


def _title(stripped: str) -> str:
    """Return a section's title. It may hold ``;``, ``=``, ``#`` and an IPv6 address."""
    match = _BARE_SECTION.fullmatch(stripped) or _SECTION.fullmatch(stripped)
    match = match or _LOOSE_SECTION.match(stripped)
    return match[1].strip() if match else ""


def _unquoted(text: str) -> str:
    """Take off quotes that stand around a whole value."""
    quote = text[:1]
    if len(text) > 1 and quote in {'"', "'"} and text[-1] == quote and quote not in text[1:-1]:
        return text[1:-1].strip()
    return text
