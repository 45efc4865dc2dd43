"""Whether markup is nested so plainly that a parser leaves its shape alone.

A parser may move, close and open elements; what it makes of its own output can
differ again (HTML 13.3). Of plain nesting we know that it does not, so a second
look is spared for most entries: each element is closed by its own tag, and
stands where its start closes nothing and opens nothing else (HTML 13.2.6.4.7).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ecliptic.clean.policy import MOST_ATTRIBUTES, MOST_DEPTH
from ecliptic.clean.words import words

# No quote, ``<`` or ``>`` stands where it could be read in two ways.
_VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^ \t\n\f\r=<>"'`]++)"""
_ATTRIBUTE = rf"""[a-zA-Z_:][^ \t\n\f\r=<>"'/]*+(?:={_VALUE})?+"""
_tags_of = re.compile(
    rf"<(?:(/?[a-z][a-z0-9]*+)(?:>|(?:[ \n]++(?:{_ATTRIBUTE})?+){{0,{MOST_ATTRIBUTES}}}+/?>)"
    r"|!--[^<>]*-->)"
).findall

_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
# What closes an open paragraph.
_BLOCKS: Final = _HEADINGS | words(
    "address article aside blockquote center dd details div dl dt figcaption figure footer header "
    "hgroup hr li main nav ol p pre section summary table ul"
)
_INLINE: Final = words(
    "a abbr acronym audio b bdi bdo big cite code data del dfn em i iframe ins kbd map mark "
    "picture q ruby s samp small span strike strong sub sup time tt u var video"
)
# Tags that open nothing; ``""`` is a comment, and no element is ever open that these ends close.
_EMPTY: Final = words("area br col hr img source track wbr /hr /img /wbr") | {""}
_PARENTS: Final = {
    **dict.fromkeys(("li",), words("ol ul")),
    **dict.fromkeys(("dt", "dd"), words("dl")),
    **dict.fromkeys(("rb", "rp", "rt", "rtc"), words("ruby")),
    **dict.fromkeys(("caption", "colgroup", "tbody", "tfoot", "thead"), words("table")),
    **dict.fromkeys(("col",), words("colgroup")),
    **dict.fromkeys(("tr",), words("tbody tfoot thead")),
    **dict.fromkeys(("td", "th"), words("tr")),
}
# What holds nothing but its own parts: anything else would be moved, or is no markup there.
_NARROW: Final = words("colgroup iframe table tbody tfoot thead tr")
_KNOWN: Final = _BLOCKS | _INLINE | _EMPTY | _PARENTS.keys()
# What may not stand anywhere inside an element.
_BARRED_BY: Final = {
    "a": frozenset({"a"}),
    "p": _BLOCKS,
    **dict.fromkeys(_HEADINGS, _HEADINGS),
}
# Text beside the parts of a table would be moved before it.
_has_loose_text = re.compile(
    r"<(?:col|colgroup|table|tbody|tfoot|thead|tr|/(?:caption|colgroup|t[dhr]|tbody|tfoot|thead))"
    r"\b[^<>]*>[ \t\n]*+[^<]"
).search
# Room for one element more: words of code that are marked stand in one.
_DEEPEST: Final = MOST_DEPTH - 1


class _Inside(dict[str, "_Inside"]):
    """What may stand in an open element: each tag, with what may stand in the element it opens.

    It is filled as it is asked, and raises ``KeyError`` for all else.
    """

    __slots__ = ("_barred", "_parent", "end")

    def __init__(self, parent: str, barred: frozenset[str]) -> None:
        super().__init__()
        self.end = f"/{parent}"
        self._parent = parent
        self._barred = barred

    def __missing__(self, tag: str) -> _Inside:
        parents = _PARENTS.get(tag)
        is_at_home = self._parent in parents if parents else self._parent not in _NARROW
        if tag not in _KNOWN or tag in self._barred or not is_at_home:
            raise KeyError(tag)
        barred = self._barred | _BARRED_BY.get(tag, frozenset())
        inside = self[tag] = _NOTHING if tag in _EMPTY else _inside(tag, barred)
        return inside


_inside: Final = cache(_Inside)
_NOTHING: Final = _Inside("", frozenset())
_OUTSIDE: Final = _inside("", frozenset())


def plain_tags(html: str) -> frozenset[str] | None:
    """Return the tags of ``html`` if every element is a common one, closed, where it may stand."""
    tags = _tags_of(html)
    if len(tags) != html.count("<"):
        return None
    here = _OUTSIDE
    path: list[_Inside] = []
    try:
        for tag in tags:
            if tag == here.end:
                here = path.pop()
            elif (inside := here[tag]) is not _NOTHING:
                path.append(here)
                here = inside
                if len(path) > _DEEPEST:
                    return None
    except KeyError:
        return None
    names = frozenset(tags)
    if path or ("table" in names and _has_loose_text(html)):
        return None
    if "iframe" in names and html.count("></iframe>") != tags.count("iframe"):
        return None  # what stands in a frame is no markup
    return names
