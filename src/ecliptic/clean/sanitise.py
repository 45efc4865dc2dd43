"""From any markup to safe markup: limits, then nh3, which has the last word.

nh3 (the ammonia library) parses as browsers do and writes only what the policy
allows, every ``<`` and ``>`` that is not of a tag escaped. That makes its
output easy to edit: a few constants are written into tags (``loading=lazy``),
headings are renamed, pictures nobody can see are taken out. Larger changes
(frames, code) go through nh3 again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import local
from typing import Final, TypeAlias

import nh3

from ecliptic.clean import attributes, policy
from ecliptic.clean.embeds import folded_frames
from ecliptic.clean.finish import finished, with_first_breaks
from ecliptic.clean.highlight import highlighted
from ecliptic.clean.images import visible_pictures
from ecliptic.clean.limits import excess_of
from ecliptic.clean.nesting import plain_tags
from ecliptic.clean.plain import as_source
from ecliptic.clean.scriptless import without_scripts_and_forms
from ecliptic.model.text import SafeHTML

_CONTROLS: Final = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")
# Non-characters, and the byte order mark, which a parser drops at the start alone.
_NON_CHARACTERS: Final = ("\ufffe", "\uffff", "\ufeff")
# A character reference to one of them; the parser knows C1 references as Windows-1252.
_names_control = re.compile(
    r"&#(?:0*(?:[0-9]|[12][0-9]|3[01]|127|6553[45]|65279)(?![0-9])"
    r"|x0*(?:[01]?[0-9a-f]|7f|fff[ef]|feff)(?![0-9a-f]))",
    re.IGNORECASE,
).search
_tags_in = re.compile(r"<([a-z][a-z0-9]*+)").findall


class Sanitised:
    """Safe markup; ``reason`` says, in words, why it is escaped text, or is ``""``."""

    __slots__ = ("html", "reason")

    def __init__(self, html: str, reason: str = "") -> None:
        self.html = SafeHTML(html)
        self.reason = reason


def sanitise(
    html: str, *, base: str = "", prefix: str, link_rel: str, top_heading: int
) -> Sanitised:
    """Return ``html`` as safe markup, or escaped when it is too costly to read.

    ``base`` is what ``safe_base`` made of an address.
    """
    html = well_formed(html)
    if "<" not in html and "&" not in html:
        return Sanitised(html.replace(">", "&gt;").replace("\xa0", "&nbsp;"))
    tags = plain_tags(html) if len(html) <= policy.MOST_CHARACTERS else None
    if tags is None:
        html = without_scripts_and_forms(html)
    excess = excess_of(html, is_plain=tags is not None)
    if excess:
        return Sanitised(as_source(html), excess)
    if tags is not None and "iframe" in tags:
        tags = None  # what is nested plainly keeps its shape, but frames are replaced
    source = html
    cleaner = _cleaner()
    has_hidden_controls = _names_control(html) is not None
    for _ in range(policy.MOST_PASSES):
        html = cleaner.clean(attributes.Page(html, base, prefix))
        if has_hidden_controls:
            html = well_formed(html)
        html = _edited(html, tags, link_rel, top_heading)
        is_plain = tags is not None or plain_tags(html) is not None
        if is_plain or cleaner.keeps(html):
            # What we wrote must be within the limits too, or it could not be cleaned again.
            excess = excess_of(html, is_plain=is_plain)
            return Sanitised(as_source(source), excess) if excess else Sanitised(html)
    return Sanitised(as_source(source), "its markup has no stable reading")


def well_formed(text: str) -> str:
    """Drop what no UTF-8 or XML document may hold: lone surrogates, controls, non-characters."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        encoded = text.encode()
    allowed = encoded.translate(None, _CONTROLS)
    if len(allowed) != len(encoded):
        text = allowed.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in _NON_CHARACTERS:
        text = text.replace(character, "")
    return text


def _edited(html: str, tags: frozenset[str] | None, link_rel: str, top_heading: int) -> str:
    """Change what nh3 wrote; ``tags`` are those it may hold, as far as they are known."""
    if tags is None:
        html = folded_frames(html)
        tags = frozenset(_tags_in(html))
    if "img" in tags:
        html = visible_pictures(html)
    if "pre" in tags and "language-" in html:
        html = highlighted(html)
    return finished(html, tags, link_rel, top_heading)


class _Cleaner:
    """nh3 twice: once with our attribute rules, once to see whether it is content."""

    def __init__(self) -> None:
        self._page = attributes.Page("", "", "")
        self._clean = self._nh3(policy.ATTRIBUTES, self._kept).clean
        self._read = self._nh3(policy.WRITTEN, None).clean

    def clean(self, page: attributes.Page) -> str:
        """Return the page's markup with nothing in it that the policy does not allow."""
        self._page = page
        return self._clean(page.html)

    def keeps(self, html: str) -> bool:
        """Whether nh3 would write ``html`` as it is: safe, and read by all in one way."""
        return with_first_breaks(self._read(html)) == html

    @staticmethod
    def _nh3(allowed: dict[str, set[str]], rules: _Filter | None) -> nh3.Cleaner:
        return nh3.Cleaner(
            tags=set(policy.TAGS),
            clean_content_tags=set(policy.DROPPED_WITH_CONTENT),
            attributes=allowed,
            attribute_filter=rules,
            link_rel=None,
            url_schemes=set(policy.LINK_SCHEMES) | {"data"},  # data: passes no rule but an img's
            url_relative="pass_through",
        )

    def _kept(self, tag: str, attribute: str, value: str) -> str | None:
        rule = attributes.rule_of(attribute)
        return value if rule is None else rule(self._page, tag, value)


_Filter: TypeAlias = Callable[[str, str, str], str | None]
_own = local()


def _cleaner() -> _Cleaner:
    """Return this thread's cleaner: making one costs as much as half an entry."""
    cleaner: _Cleaner | None = getattr(_own, "cleaner", None)
    if cleaner is None:
        cleaner = _own.cleaner = _Cleaner()
    return cleaner
