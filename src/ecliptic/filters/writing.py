"""How values and patterns are written in an expression, so that they read back the same."""

from __future__ import annotations

import re

# After a field a word may hold more than it may alone, where ``a:b`` names a field.
_is_plain_value = re.compile(r"(?![=~])[^\s()\"]+").fullmatch
_is_plain_word = re.compile(r"(?!(?:and|or|not)\Z)(?!-)[^\s()\"<>=:]+", re.IGNORECASE).fullmatch
_quotes = re.compile(r'\\.|"', re.DOTALL)


def word(text: str) -> str:
    """Return a text that stands alone."""
    return text if _is_plain_word(text) else quoted(text)


def value(text: str) -> str:
    """Return a text that follows its field."""
    return text if _is_plain_value(text) else quoted(text)


def quoted(text: str) -> str:
    r"""Return a text in quotes.

    >>> print(quoted('say "hi" \\o/'))
    "say \"hi\" \\o/"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def quoted_pattern(text: str) -> str:
    r"""Return a pattern in quotes; what stands behind a backslash is left with it.

    >>> print(quoted_pattern(r'\d"'))
    "\d\""
    """
    escaped = _quotes.sub(lambda found: '\\"' if found[0] == '"' else found[0], text)
    return f'"{escaped}"'
