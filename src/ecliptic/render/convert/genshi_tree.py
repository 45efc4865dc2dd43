"""A template of Genshi as a tree: an XML document, read with its lines."""

from __future__ import annotations

from html.entities import name2codepoint
from typing import Final, TypeAlias
from xml.parsers import expat

import msgspec

from ecliptic.render.convert.converted import Unsayable

DIRECTIVES: Final = "http://genshi.edgewall.org/"
INCLUDES: Final = "http://www.w3.org/2001/XInclude"
_OURS: Final = {DIRECTIVES: "py", INCLUDES: "xi"}
_DEEPEST: Final = 120
_ENTITIES: Final = "".join(f'<!ENTITY {name} "&#{code};">' for name, code in name2codepoint.items())
_MEND: Final = "mend it, as Genshi reads no other"


class Text(msgspec.Struct):
    """Text between tags; ``is_cdata`` where it stands in a CDATA section."""

    text: str
    line: int
    is_cdata: bool = False


class Markup(msgspec.Struct):
    """A comment, a document type: what Genshi leaves as it is; ``is_head`` if it begins a page."""

    text: str
    is_head: bool = False


class Code(msgspec.Struct):
    """Python in the template: ``<?python … ?>``."""

    line: int


class Element(msgspec.Struct):
    """An element; ``directives`` are those of Genshi, by their names.

    ``own`` is the name of an element of Genshi's own, such as ``for`` of ``py:for``, or
    ``xi:include``.
    """

    name: str
    line: int
    own: str = ""
    attributes: list[tuple[str, str]] = []
    directives: dict[str, str] = {}
    children: list[Node] = []


Node: TypeAlias = Text | Markup | Code | Element


def read(text: str) -> list[Node]:
    """Return the nodes of a template; raises ``Unsayable`` where it is no XML."""
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as problem:
        said = expat.errors.messages[problem.code]
        raise Unsayable(f"it is no XML ({said})", _MEND, problem.lineno) from problem
    return reader.nodes


class _Reader:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._open: list[Element] = []
        self._prefixes: list[dict[str, str]] = [{"py": "py", "xi": "xi"}]
        self._is_cdata = False
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = self._entities
        parser.XmlDeclHandler = self._declaration
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartCdataSectionHandler = self._cdata
        parser.EndCdataSectionHandler = self._cdata

    def _entities(self, context: str, *_: object) -> int:
        """Read the names of characters in HTML, which templates use without saying so."""
        self.parser.ExternalEntityParserCreate(context).Parse(_ENTITIES, True)
        return 1

    def _skipped(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001 - as expat has it
        if not _is_parameter:
            raise Unsayable(f"&{name}; is no character", _MEND, self.parser.CurrentLineNumber)

    def _add(self, node: Node) -> None:
        (self._open[-1].children if self._open else self.nodes).append(node)

    def _start(self, name: str, listed: list[str]) -> None:
        if len(self._open) >= _DEEPEST:
            line = self.parser.CurrentLineNumber
            raise Unsayable(f"elements stand {_DEEPEST} deep", "nest them less", line)
        pairs = list(zip(listed[::2], listed[1::2], strict=True))
        prefixes = dict(self._prefixes[-1])
        for key, value in pairs:
            if key.startswith("xmlns:"):
                prefixes[key[6:]] = _OURS.get(value, "")
        self._prefixes.append(prefixes)
        kept = [pair for pair in pairs if not (pair[0].startswith("xmlns:") and pair[1] in _OURS)]
        element = Element(
            name=name,
            line=self.parser.CurrentLineNumber,
            own=_own(name, prefixes),
            attributes=[pair for pair in kept if not _own(pair[0], prefixes)],
            directives={
                own.removeprefix("py:"): value
                for key, value in kept
                if (own := _own(key, prefixes)).startswith("py:")
            },
        )
        self._add(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()
        self._prefixes.pop()

    def _text(self, text: str) -> None:
        line = max(self.parser.CurrentLineNumber - text.count("\n"), 1)
        self._add(Text(text=text, line=line, is_cdata=self._is_cdata))

    def _cdata(self) -> None:
        self._is_cdata = not self._is_cdata

    def _declaration(self, version: str, *_: object) -> None:
        self._add(Markup(text=f'<?xml version="{version}"?>', is_head=True))

    def _comment(self, text: str) -> None:
        if not text.startswith("!"):
            self._add(Markup(text=f"<!--{text}-->"))

    def _instruction(self, target: str, data: str) -> None:
        if target in {"python", "py"}:
            self._add(Code(line=self.parser.CurrentLineNumber))
        else:
            self._add(Markup(text=f"<?{target} {data}?>"))

    def _doctype(self, name: str, system: str | None, public: str | None, _inner: int) -> None:
        named = f' PUBLIC "{public}" "{system or ""}"' if public else ""
        if system and not public:
            named = f' SYSTEM "{system}"'
        self._add(Markup(text=f"<!DOCTYPE {name}{named}>", is_head=True))


def _own(name: str, prefixes: dict[str, str]) -> str:
    """Return the name of what is Genshi's own, with the usual prefix, or nothing."""
    prefix, colon, local = name.partition(":")
    ours = prefixes.get(prefix, "") if colon else ""
    return f"{ours}:{local}" if ours else ""
