"""A template of Django as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from ecliptic.render.convert.converted import Unsayable
from ecliptic.render.convert.findings import Findings

_TOKEN: Final = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})")
_WORD: Final = re.compile(r"""((?:[^\s"']*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s"']*)+|\S+)""")
_DEEPEST: Final = 60
_BRANCHES: Final[dict[str, frozenset[str]]] = {
    "if": frozenset({"elif", "else"}),
    "for": frozenset({"empty"}),
    **dict.fromkeys(("ifequal", "ifnotequal", "ifchanged"), frozenset({"else"})),
    **dict.fromkeys(
        ("with", "block", "autoescape", "filter", "spaceless", "comment", "verbatim"), frozenset()
    ),
    "blocktrans": frozenset({"plural"}),
    "blocktranslate": frozenset({"plural"}),
    **dict.fromkeys(("cache", "localize", "localtime", "timezone", "language"), frozenset()),
}
"""Tags that have an end, with what may stand between."""

_LAST: Final = frozenset({"else", "empty", "plural"})
_AS_IS: Final = frozenset({"comment", "verbatim"})


class Text(msgspec.Struct):
    """Text as it is."""

    text: str


class Value(msgspec.Struct):
    """A value with its filters."""

    source: str
    line: int


class Branch(msgspec.Struct):
    """A tag, and what stands behind it up to the next one of the same statement."""

    name: str
    words: list[str]
    nodes: list[Node] = []


class Tag(msgspec.Struct):
    """A statement: one branch, or several of which one is taken."""

    name: str
    line: int
    branches: list[Branch]

    @property
    def words(self) -> list[str]:
        """What stands behind the name."""
        return self.branches[0].words


Node: TypeAlias = Text | Value | Tag


def read(text: str, findings: Findings) -> list[Node]:
    """Return the nodes of a template; what is not closed ends with the template."""
    top = Branch(name="", words=[])
    reader = _Reader(top, findings)
    for token, line in _tokens(text):
        reader.take(token, line)
    for tag in reader.open:
        findings.note(tag.line, f"{{% {tag.name} %}} is never closed", f"add {{% end{tag.name} %}}")
    return top.nodes


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for token in _TOKEN.split(text):
        if token:
            yield token, line
            line += token.count("\n")


class _Reader:
    def __init__(self, top: Branch, findings: Findings) -> None:
        self.open: list[Tag] = []
        self._top = top
        self._findings = findings

    def take(self, token: str, line: int) -> None:
        is_token = _TOKEN.fullmatch(token) is not None
        if self.open and self.open[-1].name in _AS_IS:
            self._verbatim(token)
        elif is_token and token.startswith("{%"):
            self._statement(token[2:-2], line)
        elif is_token and token.startswith("{{"):
            self._add(Value(source=token[2:-2].strip(), line=line))
        elif not is_token:
            self._add(Text(text=token))

    def _add(self, node: Node) -> None:
        (self.open[-1].branches[-1] if self.open else self._top).nodes.append(node)

    def _verbatim(self, token: str) -> None:
        """Take what is not read, up to its end."""
        inside = token[2:-2].split() if token.startswith("{%") else []
        if inside[:1] == [f"end{self.open[-1].name}"]:
            self.open.pop()
        else:
            self._add(Text(text=token))

    def _statement(self, source: str, line: int) -> None:
        name, *words = _WORD.findall(source) or [""]
        if name.startswith("end") and name[3:] in _BRANCHES:
            self._close(name[3:], line)
        elif self.open and name in _BRANCHES[self.open[-1].name]:
            self._branch(Branch(name=name, words=words), line)
        else:
            tag = Tag(name=name, line=line, branches=[Branch(name=name, words=words)])
            self._add(tag)
            if name in _BRANCHES:
                self.open.append(tag)
        if len(self.open) > _DEEPEST:
            raise Unsayable(f"statements stand {_DEEPEST} deep", "nest them less", line)

    def _branch(self, branch: Branch, line: int) -> None:
        """Begin another branch; none comes behind the last one."""
        branches = self.open[-1].branches
        if branches[-1].name in _LAST:
            self._findings.note(line, f"{{% {branch.name} %}} behind the last branch", "remove it")
        else:
            branches.append(branch)

    def _close(self, name: str, line: int) -> None:
        """Close a statement, with all inside it that are open still."""
        if all(tag.name != name for tag in self.open):
            self._findings.note(line, f"{{% end{name} %}} closes nothing", "remove it")
            return
        while (last := self.open.pop()).name != name:
            end = f"{{% end{last.name} %}}"
            self._findings.note(last.line, f"{{% {last.name} %}} is never closed", f"add {end}")
