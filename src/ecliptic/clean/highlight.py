"""Code that names its language gets Pygments' token classes.

Guessing a language is wrong more often than right, so it is never done.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final

from pygments.token import STANDARD_TYPES

from ecliptic.clean.languages import LANGUAGES
from ecliptic.clean.plain import escaped

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_LONGEST_BLOCK: Final = 20_000
_LONGEST_IN_ALL: Final = 100_000
_LONGEST_LINE: Final = 2_000

# Spans that say nothing, because their colours or class names are not kept, count as text.
_TEXT = r"(?:[^<>]++|</?span>)*+"
# ``<`` comes first, without a choice: so the expression is found without trying every place.
_block = re.compile(
    r"<(?:div(?P<div>(?: [^<>]*)?)><)?pre(?P<pre>(?: [^<>]*)?)>"
    rf"(?:<code(?P<code>(?: [^<>]*)?)>(?P<inner>{_TEXT})</code>|(?P<bare>{_TEXT}))</pre>"
)
_span_tag = re.compile(r"</?span>")
_language_of = re.compile(r' class="(?:[^"]* )?language-([a-z0-9][a-z0-9+#_.-]*)').search
_class_of = re.compile(r' class="([^"]*)"').search
_ALIASES: Final = {"shell": "bash", "wasm": "wast", "proto": "protobuf", "docker": "dockerfile"}


def highlighted(html: str) -> str:
    """Return ``html`` with its code blocks marked up; what nh3 wrote is expected.

    A block that holds markup of a meaning already is its author's work and stays.
    """
    return html if len(html) > _LONGEST_IN_ALL else _block.sub(_highlighted, html)


def _highlighted(found: re.Match[str]) -> str:
    div, pre, code = found["div"], found["pre"], found["code"]
    source = found["bare"] if code is None else found["inner"]
    language = _language_of(code or "") or _language_of(pre) or _language_of(div or "")
    if language is None or not 0 < len(source) <= _LONGEST_BLOCK:
        return found.group()
    marked = _marked(unescape(_span_tag.sub("", source)), language[1])
    if not marked:
        return found.group()
    inner = marked if code is None else f"<code{code}>{marked}</code>"
    around = "" if div is None else f"<div{div}>"
    return f"{around}<pre{_with_class(pre, 'highlight')}>{inner}</pre>"


def _with_class(attributes: str, name: str) -> str:
    found = _class_of(attributes)
    if found is None:
        return f' class="{name}"{attributes}'
    names = found[1].split()
    if name in names:
        return attributes
    return attributes.replace(found.group(), f' class="{" ".join((name, *names))}"', 1)


def _marked(source: str, language: str) -> str:
    """Return ``source`` as markup, or ``""`` when there is nothing to mark."""
    lexer = _lexer(language)
    if lexer is None or any(len(line) > _LONGEST_LINE for line in source.split("\n")):
        return ""
    texts: list[str] = []
    parts: list[str] = []
    last = ""
    for token, text in lexer.get_tokens(source):
        name = _CLASSES[token]
        if name != last:
            parts.append(_between(last, name))
            last = name
        texts.append(text)
        parts.append(escaped(text))
    if "".join(texts) != source:
        return ""  # a lexer that changes what the author wrote is not used
    return "".join(parts) + _between(last, "")


def _between(last: str, name: str) -> str:
    end = "</span>" if last else ""
    return f'{end}<span class="{name}">' if name else end


class _Classes(dict["_TokenType", str]):
    """The short name of each kind of token, or of what it specialises."""

    def __missing__(self, token: _TokenType) -> str:
        kind: _TokenType | None = token
        while kind is not None and kind not in STANDARD_TYPES:
            kind = kind.parent
        name = STANDARD_TYPES[kind] if kind is not None else ""
        name = self[token] = "" if name in {"w", "err"} else name
        return name


_CLASSES: Final = _Classes()


@lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer | None:
    if language not in LANGUAGES:
        return None
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - loaded for code alone
    from pygments.util import ClassNotFound  # noqa: PLC0415 - see above

    try:
        return get_lexer_by_name(_ALIASES.get(language, language), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
