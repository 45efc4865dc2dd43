"""Titles and names: short text, on one line, that cannot disturb what stands around it."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Final

import nh3

from ecliptic.clean.limits import excess_of
from ecliptic.clean.plain import escaped
from ecliptic.clean.sanitise import well_formed
from ecliptic.clean.words import words
from ecliptic.model.text import Content, SafeHTML

_LONGEST_TITLE: Final = 1_000
_MOST_MARKS: Final = 4

_INLINE: Final = set(
    words(
        "abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup "
        "time tt u var ruby rb rp rt rtc"
    )
)
_HIDDEN: Final = set(
    words(
        "script style title textarea template noscript svg math object select iframe noembed "
        "noframes xmp"
    )
)
_inline = nh3.Cleaner(
    tags=_INLINE, clean_content_tags=_HIDDEN, attributes={"*": {"dir", "lang"}}, link_rel=None
)
_no_tags = nh3.Cleaner(tags=set(), clean_content_tags=_HIDDEN, attributes={}, link_rel=None)

# Controls; the marks and overrides of writing direction that could turn around
# what follows (UAX 9); invisible tags and separators.
_dropped = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_mark_run = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}"
)
_block_tag = re.compile(
    r"</?(?:p|div|br|li|tr|td|th|h[1-6]|ul|ol|dd|dt|blockquote|hr|table)\b", re.IGNORECASE
)


def tidy(text: str, *, limit: int = 0) -> str:
    r"""Return ``text`` on one line, without what could disturb the text around it.

    Controls and overrides of direction are dropped, white space is folded, at
    most four combining marks stand on a letter, and ``limit`` characters are
    kept, cut where no letter is torn from its marks.

    >>> tidy("safe \u202egnp.exe\n  x")
    'safe gnp.exe x'
    """
    if not text:
        return ""
    if not (text.isascii() and text.isprintable()):
        text = _dropped.sub("", " ".join(text.split()))
        text = _mark_run.sub(lambda found: found.group()[:_MOST_MARKS], text)
    if "  " in text or text != text.strip():
        text = " ".join(text.split())
    return _cut(text, limit) if limit and len(text) > limit else text


def _cut(text: str, limit: int) -> str:
    end = limit - 1
    while end > 0 and _belongs_to_previous(text, end):
        end -= 1
    return (text[:end] or text[: limit - 1]).rstrip() + "…"


def _belongs_to_previous(text: str, place: int) -> bool:
    """Whether cutting before ``place`` would tear a character (roughly UAX 29)."""
    character = text[place]
    return (
        character == "\u200d"
        or text[place - 1] == "\u200d"
        or unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or "\ufe00" <= character <= "\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def plain_text(content: Content | None, *, limit: int = 0) -> str:
    """Return the words of a text construct, on one line, without any markup."""
    if content is None:
        return ""
    if content.kind == "html":
        return words_of(content.value, limit=limit)
    return tidy(content.value, limit=limit)


def words_of(html: str, *, limit: int = 0) -> str:
    """Return the words of markup, or of a name that may be markup, on one line."""
    return tidy(_read(html) if "<" in html or "&" in html else html, limit=limit)


def _read(html: str) -> str:
    html = well_formed(html)
    if "<" not in html:
        return unescape(html)
    if excess_of(html):
        return html
    return unescape(_no_tags.clean(_block_tag.sub(r" \g<0>", html)))


def clean_title(content: Content | None) -> tuple[str, SafeHTML]:
    """Return a title as plain text, and as markup of inline elements without links."""
    text = plain_text(content, limit=_LONGEST_TITLE)
    if (
        content is None
        or content.kind == "text"
        or "<" not in content.value
        or text.endswith("…")
        or excess_of(content.value)
    ):
        return text, SafeHTML(escaped(text))
    html = well_formed(content.value)
    inline = tidy(_inline.clean(_block_tag.sub(r" \g<0>", html)))
    return text, SafeHTML(inline if "<" in inline else escaped(text))
