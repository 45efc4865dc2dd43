"""Class names worth keeping: what they say is meaning, not somebody else's design."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pygments.token import STANDARD_TYPES

from ecliptic.clean.languages import LANGUAGES

# Microformats 2, footnotes, alignment as WordPress writes it, small pictures,
# our own embeds.
_is_meaning = re.compile(
    r"(?:h|p|u|dt|e)-[a-z][a-z0-9-]{1,30}|footnotes?(?:-[a-z]{1,12}){0,3}|align(?:left|right|center)"
    r"|emoji|wp-smiley|task-list-item|contains-task-list|embed"
).fullmatch
_LANGUAGE_PREFIXES: Final = ("language-", "lang-", "highlight-source-", "brush:")
_is_language = re.compile(r"[a-z0-9][a-z0-9+#_.-]{0,30}", re.IGNORECASE).fullmatch
_CODE: Final = frozenset({"code", "div", "pre", "span"})
# Pygments, Rouge and Chroma write the same short names.
_TOKENS: Final = frozenset(filter(None, STANDARD_TYPES.values())) | {"hll", "gp", "linenos"}


@lru_cache(maxsize=4_096)
def safe_classes(tag: str, value: str) -> str:
    """Return the class names of ``value`` that may stay on ``tag``, in their order."""
    names: list[str] = []
    is_code = tag in _CODE
    for name in value.replace("brush: ", "brush:").split()[:50]:
        kept = _code_class(tag, name) if is_code else ""
        if not kept and _is_meaning(name):
            kept = name
        if kept and kept not in names:
            names.append(kept)
    return " ".join(names)


def _code_class(tag: str, name: str) -> str:
    if name in {"highlight", "sourceCode"}:
        return "highlight"
    if tag == "span":
        return name if name in _TOKENS else ""
    if tag != "div" and name.lower() in LANGUAGES:
        return f"language-{name.lower()}"
    for prefix in _LANGUAGE_PREFIXES:
        if name.startswith(prefix):
            language = name[len(prefix) :].strip(";")
            return f"language-{language.lower()}" if _is_language(language) else ""
    return ""
