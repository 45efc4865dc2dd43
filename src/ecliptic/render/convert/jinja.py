"""Pieces of Jinja templates, written so that they mean what they say."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.render.convert.converted import Finding
from ecliptic.render.htmltmpl.place import Place

_OPENING: Final = re.compile(r"\{(?=[{%#]|\Z)")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_COUNT: Final = re.compile(r"loop\w*\.\w+")
_LONGEST_COMMENT: Final = 300

TAKEN: Final = frozenset({
    "loop", "self", "super", "caller", "varargs", "kwargs", "true", "false", "none", "namespace",
    "cycler", "joiner", "lipsum", "changed", "attribute", "venus", "and", "or", "not", "in", "is",
    "if", "else",
})  # fmt: skip
"""Names that mean something else in Jinja, or in the pages of converted templates."""

METHODS: Final = frozenset(dir(dict))
"""Names that Jinja finds as methods before it looks for what a value holds."""


def text(raw: str) -> str:
    """Return text of a template that stays text in Jinja, whatever follows it."""
    return _OPENING.sub("{{ '{' }}", raw)


def string(value: str) -> str:
    """Return a text as an expression."""
    body = _SURROGATES.sub("\ufffd", value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + body.replace("\n", "\\n").replace("\r", "\\r") + '"'


def part(expression: str) -> str:
    """Return an expression as a part of another one."""
    return f"({expression})" if " " in expression else expression


def guarded(expression: str, place: Place) -> str:
    """Return the statement that writes a value where it stands; in text Jinja escapes it."""
    is_safe = place == "text" or (place == "quoted" and _COUNT.fullmatch(expression))
    written = expression if is_safe else f"{part(expression)} | in_{place}"
    return "{{ " + written + " }}"


def comment(words: str) -> str:
    """Return words as a comment, on one line."""
    one_line = " ".join(words.split())[:_LONGEST_COMMENT]
    return "{# " + one_line.replace("#}", "# }") + " #}"


def left_out(finding: Finding) -> str:
    """Return the comment that stands where something could not be converted."""
    return comment(f"NOT CONVERTED, line {finding.line}: {finding.what}; {finding.do}")


def head(name: str) -> str:
    """Return the first line of a converted template; it leaves nothing in the page."""
    return comment(f"Converted from {name}").removesuffix("#}") + "-#}\n"


def name(old: str) -> str:
    """Return the name of a variable."""
    return f"{old}_" if old in TAKEN else old


def member(whole: str, part: str) -> str:
    """Return the expression for a part of a value."""
    if part.isdecimal() and part.isascii():
        return f"{whole}[{part}]"
    if part in METHODS or not part.isidentifier():
        return f"{whole}[{string(part)}]"
    return f"{whole}.{part}"
