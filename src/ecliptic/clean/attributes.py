"""Attribute by attribute: what is kept, and what it becomes.

nh3 asks about every attribute of an element it keeps. A rule gives the value
to write, or ``None`` to drop the attribute; whatever a rule returns, it would
return unchanged when asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import unquote

from ecliptic.clean.address import is_plain_web, safe_address, safe_link
from ecliptic.clean.classes import safe_classes
from ecliptic.clean.images import is_small_data_image, is_tracker, safe_sources
from ecliptic.clean.styles import safe_style
from ecliptic.clean.words import words

_LONGEST_ID: Final = 200
_LONGEST_LIST: Final = 1_000
_LARGEST_PICTURE: Final = 16_384
_LARGEST_TABLE: Final = 2_000
# A letter comes first, and what stands before it is asked afterwards: so the expression is
# searched for four times as fast.
_ids_in = re.compile(
    r"[iInN](?<!\w[iInN])(?:(?<=[iI])[dD]|(?<=[nN])[aA][mM][eE])[ \t\n]*=[ \t\n]*"
    r"""["']?([^\s"'>]+)"""
).findall


class Page:
    """What the rules must know of the markup at hand: its base and its namespace."""

    __slots__ = ("_given", "_ids", "base", "html", "prefix")

    def __init__(self, html: str, base: str, prefix: str) -> None:
        self.html = html
        self.base = base
        self.prefix = prefix
        self._ids: frozenset[str] | None = None
        self._given: set[str] = set()

    def has_id(self, name: str) -> bool:
        """Whether an element here bears ``name``; reads the markup once, when first asked."""
        if self._ids is None:
            self._ids = frozenset(_ids_in(self.html))
        return name in self._ids

    def named(self, name: str) -> str | None:
        """Return ``name`` inside this entry's own namespace."""
        if not name or len(name) > _LONGEST_ID or any(map(str.isspace, name)):
            return None
        return name if name.startswith(self.prefix) else self.prefix + name

    def gives(self, name: str) -> bool:
        """Whether no element before this one bears ``name``; from now on, one does."""
        is_new = name not in self._given
        self._given.add(name)
        return is_new


Rule: TypeAlias = Callable[[Page, str, str], str | None]


def _link(page: Page, _tag: str, value: str) -> str | None:
    if is_plain_web(value) and not ("#" in value and value.startswith(page.base)):
        return value
    if value.startswith("#") and len(value) > 1:
        return _fragment(page, value[1:])
    address = safe_link(value, page.base)
    own_page, mark, name = address.partition("#")
    if mark and own_page == page.base and page.has_id(name) and (own := page.named(name)):
        return "#" + own
    return address or None


def _fragment(page: Page, name: str) -> str | None:
    """Follow the renamed id inside the entry; lead elsewhere to the page it came from."""
    if name.startswith(page.prefix):
        return "#" + name
    for spelling in (name, unquote(name)):
        if page.has_id(spelling) and (own := page.named(spelling)):
            return "#" + own
    return safe_address("#" + name, page.base) or None


def _source(page: Page, tag: str, value: str) -> str | None:
    if value[:5].lower() == "data:":
        return is_small_data_image(value) if tag == "img" else None
    address = safe_address(value, page.base)
    if not address or (tag == "img" and is_tracker(address)):
        return None
    return address


def _address(page: Page, _tag: str, value: str) -> str | None:
    return safe_address(value, page.base) or None


def _sources(page: Page, _tag: str, value: str) -> str | None:
    return safe_sources(value, page.base) or None


def _id(page: Page, _tag: str, value: str) -> str | None:
    """Return an id that no other element of the entry has: the first that asks for it keeps it."""
    own = page.named(value)
    return own if own and page.gives(own) else None


def _name(page: Page, _tag: str, value: str) -> str | None:
    return page.named(value)


def _names(page: Page, _tag: str, value: str) -> str | None:
    names = (page.named(name) for name in value.split()[:20])
    return " ".join(name for name in names if name) or None


def _map(page: Page, _tag: str, value: str) -> str | None:
    name = page.named(value[1:]) if value.startswith("#") else None
    return f"#{name}" if name else None


def _class(_page: Page, tag: str, value: str) -> str | None:
    return safe_classes(tag, value[:_LONGEST_LIST]) or None


def _style(_page: Page, _tag: str, value: str) -> str | None:
    return safe_style(value[:_LONGEST_LIST]) or None


_width_of = re.compile(r"[ \t\n]*([0-9]{1,5})(?:\.[0-9]+)?(%|px)?[ \t\n]*").fullmatch
_length_of = re.compile(r"[0-9]{0,2}(?:\.[0-9]{1,3})?(?:em|ex|px|pt|mu|%)?").fullmatch


def _width(_page: Page, tag: str, value: str) -> str | None:
    found = _width_of(value)
    if found is None:
        return value if tag in _SPACED and _length_of(value) else None
    number = int(found[1])
    if found[2] == "%":
        return f"{number}%" if number <= 100 else None  # noqa: PLR2004 - a hundred percent
    if tag in _SPACED:
        return value if _length_of(value) else None
    largest = _LARGEST_PICTURE if tag in _PICTURES else _LARGEST_TABLE
    return str(number) if number <= largest else None


_PICTURES: Final = frozenset({"img", "iframe", "source", "video"})
_SPACED: Final = frozenset({"mpadded", "mspace", "mtable"})


def _length(_page: Page, _tag: str, value: str) -> str | None:
    return value if _length_of(value) else None


def _lengths(_page: Page, _tag: str, value: str) -> str | None:
    return value if all(_length_of(part) for part in value.split()) else None


def _number(smallest: int, largest: int) -> Rule:
    def rule(_page: Page, _tag: str, value: str) -> str | None:
        try:
            number = int(value)
        except ValueError:
            return None
        return str(number) if smallest <= number <= largest else None

    return rule


def _matching(pattern: str) -> Rule:
    is_good = re.compile(pattern).fullmatch

    def rule(_page: Page, _tag: str, value: str) -> str | None:
        value = value.strip()
        return value if is_good(value) else None

    return rule


def _word(words: str) -> Rule:
    allowed = frozenset(words.split())

    def rule(_page: Page, _tag: str, value: str) -> str | None:
        value = value.strip().lower()
        return value if value in allowed else None

    return rule


def _flag(_page: Page, _tag: str, _value: str) -> str:
    return ""


_ROLES: Final = (
    "definition directory figure group heading img list listitem math none note presentation "
    "separator table term doc-abstract doc-afterword doc-appendix doc-backlink doc-biblioentry "
    "doc-bibliography doc-biblioref doc-chapter doc-conclusion doc-endnote doc-endnotes "
    "doc-epigraph doc-epilogue doc-example doc-footnote doc-foreword doc-glossary doc-glossref "
    "doc-introduction doc-noteref doc-notice doc-preface doc-prologue doc-pullquote doc-qna "
    "doc-subtitle doc-tip doc-toc"
)
_TEXTUAL: Final = r"[\w\s.,:;/|()\[\]{}+-]{0,64}"
_ALIGN: Final = _word("left right center justify char start end top middle bottom")
_LANGUAGE: Final = _matching(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,6}")

_RULES: Final[dict[str, Rule]] = {
    "align": _ALIGN,
    "aria-describedby": _names,
    "aria-hidden": _word("true false"),
    "aria-labelledby": _names,
    "allowfullscreen": _flag,
    "border": _number(0, 10),
    "cite": _address,
    "class": _class,
    "colspan": _number(1, 100),
    "columnspan": _number(1, 100),
    "coords": _matching(r"[0-9.,\s-]{1,500}"),
    "data-src": _source,
    "data-srcset": _sources,
    "datetime": _matching(r"[0-9A-Za-z:.,+\s-]{1,64}"),
    "default": _flag,
    "dir": _word("ltr rtl auto"),
    "headers": _names,
    "height": _width,
    "href": _link,
    "hreflang": _LANGUAGE,
    "id": _id,
    "kind": _word("subtitles captions descriptions chapters metadata"),
    "lang": _LANGUAGE,
    "linethickness": _length,
    "longdesc": _address,
    "loop": _flag,
    "lspace": _length,
    "maxsize": _length,
    "media": _matching(r"[\w\s().,:<=>/-]{1,200}"),
    "minsize": _length,
    "columnspacing": _lengths,
    "rowspacing": _lengths,
    "rspace": _length,
    "muted": _flag,
    "name": _name,
    "nowrap": _flag,
    "open": _flag,
    "playsinline": _flag,
    "poster": _address,
    "reversed": _flag,
    "role": _word(_ROLES),
    "rowspan": _number(1, 1_000),
    "scope": _word("row col rowgroup colgroup"),
    "shape": _word("rect circle poly default"),
    "sizes": _matching(r"[\w\s().,:%<=>/*+-]{1,500}"),
    "span": _number(1, 100),
    "src": _source,
    "srclang": _LANGUAGE,
    "srcset": _sources,
    "start": _number(-1_000_000, 1_000_000),
    "style": _style,
    "translate": _word("yes no"),
    "type": _matching(r"[\w.+/;=\s\"',-]{1,100}"),
    "usemap": _map,
    "valign": _word("top middle bottom baseline"),
    "value": _matching(r"[\w.:+-]{1,100}"),
    "width": _width,
    **dict.fromkeys(
        words(
            "accent accentunder close columnalign columnlines display displaystyle fence form "
            "frame largeop mathvariant movablelimits notation rowalign rowlines scriptlevel "
            "separator separators stretchy symmetric"
        ),
        _matching(_TEXTUAL),
    ),
}


rule_of: Final = _RULES.get
"""The rule of an attribute; without one, its value is plain text and stays."""
