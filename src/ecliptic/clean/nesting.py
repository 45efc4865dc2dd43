"""Whether markup is nested so plainly that a parser leaves its shape alone.

A parser may move, close and open elements; what it makes of its own output can
differ again (HTML 13.3). Of plain nesting we know that it does not, so a second
look is spared for most entries.
"""

from __future__ import annotations

import re
from typing import Final

from ecliptic.clean.policy import MOST_DEPTH
from ecliptic.clean.words import words

# No quote, ``<`` or ``>`` stands where it could be read in two ways.
_VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^ \t\n\f\r=<>"'`]++)"""
_ATTRIBUTE = rf"""[a-zA-Z_:][^ \t\n\f\r=<>"'/]*+(?:={_VALUE})?+"""
_tags_of = re.compile(
    rf"<(?:(/?[a-z][a-z0-9]*+)(?:>|(?:[ \n]++(?:{_ATTRIBUTE})?+)*+/?>)|!--[^<>]*-->)"
).findall

_VOID: Final = words("br hr img wbr")
_INLINE: Final = words(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time "
    "u var"
)
_BLOCKS: Final = words(
    "article aside blockquote details div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li dt dd main nav ol p pre section summary ul"
)
_PARENTS: Final = {
    "li": frozenset({"ol", "ul"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
}
_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_KNOWN: Final = _INLINE | _BLOCKS | _VOID
# Room for one element more: words of code that are marked stand in one.
_DEEPEST: Final = MOST_DEPTH - 1


def is_plainly_nested(html: str) -> bool:
    """Whether every element is a common one, closed by its own tag, where it may stand."""
    tags = _tags_of(html)
    if len(tags) != html.count("<"):
        return False
    path: list[str] = []
    for tag in tags:
        if tag in _VOID or not tag:  # no name: a comment
            if tag == "hr" and "p" in path:
                return False
        elif tag[0] == "/":
            if not path or path.pop() != tag[1:]:
                return False
        elif tag in _KNOWN and _may_stand(tag, path):
            path.append(tag)
        else:
            return False
    return not path


def _may_stand(tag: str, path: list[str]) -> bool:
    if len(path) >= _DEEPEST:
        return False
    if tag in _BLOCKS:
        if "p" in path:
            return False
        if tag in _HEADINGS and not _HEADINGS.isdisjoint(path):
            return False
        parents = _PARENTS.get(tag)
        return parents is None or bool(path and path[-1] in parents)
    return tag != "a" or "a" not in path
