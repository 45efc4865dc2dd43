"""Text from strangers, by how far it may be trusted.

``Content`` is what an author published, and never shown as it is. Only ``clean``
turns it into ``SafeHTML``; ``store`` gives back what ``clean`` made. Everything
that is neither is plain text, escaped when shown.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NewType

import msgspec

SafeHTML = NewType("SafeHTML", str)
"""Markup that passed ``clean``: balanced, allow-listed, with absolute addresses."""


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One text construct of a feed: a title, a summary, a body (RFC 4287, 3.1).

    ``kind`` says what ``value`` is: ``text`` is plain text (``a < b`` means
    itself), ``html`` is markup. ``base`` is the absolute address that relative
    ones inside it are resolved against; ``language`` a BCP 47 tag or ``""``.
    """

    value: str
    kind: Literal["text", "html"] = "html"
    base: str = ""
    language: str = ""


# Elements inside a line; every other tag ends one.
_INLINE: Final = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|i|ins|kbd|mark|m[a-z]+|q|rb|rp|rt|rtc|"
    "ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|annotation|semantics"
)
_TAGS: Final = r"<[^<>]*>"
_INLINE_TAGS: Final = rf"</?(?:{_INLINE})(?: [^<>]*)?>"
_PICTURES: Final = r'<img(?: [^<>]*)? alt="([^"]*)"[^<>]*>'


def words_of_html(html: str) -> str:
    r"""Return what a reader sees of safe markup as plain text: blocks end lines, images are words.

    >>> words_of_html('<p>Py<b>thon</b> &amp; more</p><p><img alt="A snake"></p>').split()
    ['Python', '&', 'more', 'A', 'snake']
    """
    if "<" in html:
        if "<img" in html:
            html = re.sub(_PICTURES, r" \1 ", html)
        html = re.sub(_TAGS, "\n", re.sub(_INLINE_TAGS, "", html))
    if "&" in html:
        from html import unescape  # noqa: PLC0415 - a large table, and a run seldom asks for words

        return unescape(html)
    return html
