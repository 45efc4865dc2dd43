"""Markup that would be slow to read is found before it is read.

Every known HTML parser is quadratic on some input: on nesting, on formatting
elements that are never closed, on the attributes of one tag, on runs of ``&``.
The checks here are linear.
"""

from __future__ import annotations

import re
from typing import Final

from ecliptic.clean import policy
from ecliptic.clean.words import words

# Below these sizes nothing is slow, whatever it is.
_SHORT: Final = 16 * 1024
_FEW_TAGS: Final = 100
_LONG_TAG: Final = 2_000
# How many tags may stand in markup whose nesting we cannot foresee.
_MOST_UNFORESEEN: Final = 1_500

# Tokens, read as the HTML standard does (13.2.5). Each alternative that can run
# to the end of the text takes it, so that the whole scan is linear.
_SPACE = r"[ \t\n\f\r]"
_NAME = r"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)"""
_ATTRIBUTE = rf"{_NAME}(?:{_SPACE}*+=(?:{_SPACE}*+{_VALUE})?)?"
_attributes_of = re.compile(_ATTRIBUTE).finditer
_next_token = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?:[!?]|/(?![a-z]))[^>]*+(?:>|\Z)
    | <(?P<close>/?)(?P<name>[a-z][^ \t\n\f\r/>]*+)
      (?P<attributes>(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+)(?:>|\Z)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
).search
_RAW = "script style textarea title xmp iframe noembed noframes"
_ends_of_raw: Final = {
    name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search for name in _RAW.split()
}

_FORMATS: Final = words("a b big code em font i nobr s small strike strong tt u")
_FOREIGN: Final = frozenset({"math", "svg"})
_ONE_AT_A_TIME: Final = frozenset({"a", "nobr"})
# So many formats alike are opened again, no more ("Noah's Ark clause").
_MOST_ALIKE: Final = 3
_BARRIERS: Final = words("applet caption math object svg table td template th")
# Which open elements a start tag closes when they stand last (HTML 13.1.2.4).
_PARAGRAPH: Final = frozenset({"p"})
_CLOSED_BY: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        words(
            "address article aside blockquote center details div dl fieldset figure footer form "
            "h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section ul"
        ),
        _PARAGRAPH,
    ),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
    "tr": frozenset({"td", "th", "tr", "p"}),
}
# Where the tags inside are text or not, by rules that a scan cannot follow.
_hides = re.compile(
    r"<!\[cdata\[|<(?:plaintext|noscript|template|select|frameset)\b", re.IGNORECASE
).search
_has_foreign = re.compile(r"<(?:math|svg)\b", re.IGNORECASE).search
_has_raw = re.compile(rf"<(?:{_RAW.replace(' ', '|')})\b", re.IGNORECASE).search


def _is_unforeseeable(html: str) -> bool:
    if _hides(html):
        return True
    return bool(_has_raw(html)) and (bool(_has_foreign(html)) or "<!--" in html)


def excess_of(html: str, *, is_plain: bool = False) -> str:
    """Return what makes this markup too costly to read, in words, or ``""``.

    ``is_plain`` spares a look at each tag: what it may hold is known to be within the limits.
    """
    if is_plain and len(html) <= policy.MOST_TAGS:
        return ""  # so short a text holds too little of anything
    return _excess_in_number(html) or ("" if is_plain else _excess_in_shape(html))


def _excess_in_number(html: str) -> str:
    if len(html) > policy.MOST_CHARACTERS:
        return f"it is longer than {policy.MOST_CHARACTERS:,} characters"
    if html.count("<") > policy.MOST_TAGS:
        return f"it has more than {policy.MOST_TAGS:,} tags"
    if html.count("&") > policy.MOST_REFERENCES:
        return f"it has more than {policy.MOST_REFERENCES:,} ampersands"
    return ""


def _excess_in_shape(html: str) -> str:
    tags = html.count("<")
    if tags <= _FEW_TAGS or _opens_little(html):
        return "" if len(html) <= _SHORT or not _has_long_tag(html) else _excess_of_tags(html)
    if tags > _MOST_UNFORESEEN and _is_unforeseeable(html):
        return f"it has more than {_MOST_UNFORESEEN:,} tags beside others that hide text"
    return _excess_of_tags(html)


_formats_of = re.compile(rf"<(?:{'|'.join(sorted(_FORMATS))})\b", re.IGNORECASE).findall


def _opens_little(html: str) -> bool:
    """Whether the limits hold even if no element is ever closed."""
    starts = html.count("<") - html.count("</")
    return starts <= policy.MOST_DEPTH and len(_formats_of(html)) <= policy.MOST_OPEN_FORMATS


_has_long_tag = re.compile(rf"<[^<>]{{{_LONG_TAG}}}").search


def _excess_of_tags(html: str) -> str:
    nesting = _Nesting()
    place = 0
    while token := _next_token(html, place):
        place = token.end()
        close, name, attributes = token.groups()
        if name is None:
            continue
        name = name.lower()
        if close:
            nesting.close(name)
            continue
        if _has_too_many_attributes(attributes):
            return f"a tag has more than {policy.MOST_ATTRIBUTES} attributes"
        if name in _ends_of_raw:
            end = _ends_of_raw[name](html, place)
            place = end.start() if end else len(html)
        elif name not in policy.VOID:
            nesting.open(name, attributes)
            if nesting.excess:
                return nesting.excess
    return ""


def _has_too_many_attributes(attributes: str) -> bool:
    if len(attributes) <= 2 * policy.MOST_ATTRIBUTES:
        return False
    return sum(1 for _ in _attributes_of(attributes)) > policy.MOST_ATTRIBUTES


class _Nesting:
    """Which elements an HTML parser would hold open; never fewer than it does, save by malice.

    A format that was not closed itself is opened again in every block that
    follows (the list of active formatting elements, HTML 13.2.4.3), so it
    counts on when the element around it is closed. ``_reopened`` is the work
    that this may come to.
    """

    def __init__(self) -> None:
        self._tags: list[str] = []
        self._formats: list[tuple[str, str]] = []
        self._reopened = 0

    @property
    def excess(self) -> str:
        """What is too much, in words, or ``""``."""
        if len(self._formats) > policy.MOST_OPEN_FORMATS:
            return f"more than {policy.MOST_OPEN_FORMATS} formats are open at once"
        if self._reopened > policy.MOST_REOPENED:
            return "formats that were not closed would be opened again too often"
        if len(self._tags) > policy.MOST_DEPTH:
            return f"it is nested more than {policy.MOST_DEPTH} deep"
        return ""

    def open(self, name: str, attributes: str) -> None:
        """Take in a start tag, and the ends of elements that it implies."""
        tags = self._tags
        self._reopened += len(self._formats)
        if name in _FORMATS:
            if name in _ONE_AT_A_TIME:
                self.close(name)
            kind = (name, attributes)
            if self._formats.count(kind) >= _MOST_ALIKE:
                self._formats.remove(kind)
            self._formats.append(kind)
        elif attributes.endswith("/") and (name in _FOREIGN or not _FOREIGN.isdisjoint(tags)):
            return
        closed = _CLOSED_BY.get(name)
        if closed is not None:
            while tags and tags[-1] in closed:
                tags.pop()
        tags.append(name)

    def close(self, name: str) -> None:
        """Take in an end tag; one that closes nothing is passed over."""
        tags = self._tags
        if tags and tags[-1] == name:
            tags.pop()
            self._forget_format(name)
        elif name in _FORMATS:
            if _BARRIERS.isdisjoint(tags) and self._forget_format(name) and name in tags:
                del tags[_last(tags, name)]
        elif name in tags:
            place = _last(tags, name)
            if name in _BARRIERS or _BARRIERS.isdisjoint(tags[place:]):
                del tags[place:]

    def _forget_format(self, name: str) -> bool:
        for place in range(len(self._formats) - 1, -1, -1):
            if self._formats[place][0] == name:
                del self._formats[place]
                return True
        return False


def _last(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)
