"""Media RSS 1.5.1 (https://www.rssboard.org/media-rss) as a table."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, markup, values
from ecliptic.parse.validate.rules import Fault, Module, Note, Rule, module, rule

_M: Final = "{http://search.yahoo.com/mrss/}"
_TYPES: Final = values.one_of(("plain", "html"))
_NUMBER: Final = values.decimal(0)
_POSITIVE: Final = values.integer(1)
_NPT: Final = values.matching(
    r"\d+(?:\.\d*)?|\d+:[0-5]\d:[0-5]\d(?:\.\d*)?", "a time as in RFC 2326: 12:05:35 or 42.5"
)
_RATINGS: Final = {
    "": ("adult", "nonadult"),
    "urn:simple": ("adult", "nonadult"),
    "urn:mpaa": ("g", "pg", "pg-13", "r", "nc-17"),
    "urn:v-chip": ("tv-y", "tv-y7", "tv-y7-fv", "tv-g", "tv-pg", "tv-14", "tv-ma"),
}
_RELATION: Final = values.one_of(("allow", "deny", "disallow"), shown="allow or deny")
"""The specification has two words; a third is in use and understood."""
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}\Z")
_DIGITS: Final = {"md5": 32, "sha-1": 40}
_HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]+\Z")
_ROLES_WORDS: Final = """
actor adaptor anchor animator announcer arranger artist author band camera choreographer
cinematographer commentator company composer conductor contributor correspondent costume creator
dancer designer developer director distributor editor engineer ensemble executive guest host
illustrator interviewee interviewer journalist librettist lighting lyricist maker moderator
musician narrator orchestra owner participant performer photographer presenter producer
production programmer publisher reader recording rapporteur reporter researcher sculptor singer
soloist sound speaker sponsor supervisor translator vocals voice writer
"""
_ROLES: Final = frozenset(_ROLES_WORDS.split())
"""First words of the roles of the European Broadcasting Union, in common use."""


def _typed(element: Element, note: Note) -> None:
    value = element.text or ""
    if element.get("type", "plain") == "html":
        markup.html(value, note, is_relative_right=False)
        return
    fault = markup.plain(value)
    if fault:
        note(fault.code, value, fault.detail)


def _rating(element: Element, note: Note) -> None:
    allowed = _RATINGS.get(element.get("scheme", ""))
    value = (element.text or "").strip().lower()
    if allowed and value not in allowed:
        note("check.bad_choice", value, ", ".join(allowed))


def _restriction(element: Element, note: Note) -> None:
    """Look at countries, or the words all and none (Media RSS, media:restriction)."""
    value = (element.text or "").strip()
    kind = element.get("type", "country")
    if value in {"", "all", "none"} or kind not in {"country", ""}:
        return
    if not all(map(_COUNTRY.match, value.split())):
        note("check.bad_value", value, "all, none, or codes of countries with two letters")


def _hash(element: Element, note: Note) -> None:
    value = (element.text or "").strip()
    algorithm = element.get("algo", "md5").lower()
    digits = _DIGITS.get(algorithm, 0)
    if not digits:
        note("check.bad_value", algorithm, "the algorithm md5 or sha-1")
    elif len(value) != digits or not _HEXADECIMAL.match(value):
        note("check.bad_value", value, f"{digits} hexadecimal digits")


def _credit(element: Element, note: Note) -> None:
    """Look at a role, which is a word in lower case (EBU role codes)."""
    role = element.get("role", "")
    if element.get("scheme", "urn:ebu") == "urn:ebu" and role:
        first = role.split()[0] if role.split() else ""
        if role != role.lower() or first not in _ROLES:
            note("check.unusual_role", role, "")


def _group(element: Element, note: Note) -> None:
    if len(element.findall(f"{_M}content")) == 1:
        note("check.group_of_one", "", "")


def _scheme(value: str) -> Fault | None:
    """Check a scheme: the specification itself names some that are short of an URN."""
    return None if _SHORT_URN.match(value) else addresses.full(value)


_SHORT_URN: Final = re.compile(r"urn:[a-z-]+\Z")
_SIZE: Final = {"width": _POSITIVE, "height": _POSITIVE}
_TEXT: Final = {"type": _TYPES}
_IN: Final = "feed entry media"


def _once(found: Rule) -> Module:
    return module(_IN, "?", found)


def _many(found: Rule) -> Module:
    return module(_IN, "*", found)


MEDIA: Final[dict[str, Module]] = {
    "media:group": module("entry feed", "*", rule("media:content*", _group, place="media")),
    "media:content": module("entry feed", "*", rule(place="media", attributes={
        "url": addresses.full, "fileSize": _POSITIVE, "type": values.mime_type,
        "medium": values.one_of(("image", "audio", "video", "document", "executable")),
        "isDefault": values.TRUE_FALSE,
        "expression": values.one_of(("sample", "full", "nonstop")),
        "bitrate": _NUMBER, "framerate": _NUMBER, "samplingrate": _NUMBER,
        "channels": values.integer(1), "duration": _NUMBER, "lang": values.language, **_SIZE,
    })),
    "media:title": _once(rule("", _typed, attributes=_TEXT, text=values.anything,
        may_be_empty=True)),
    "media:description": _once(rule("", _typed, attributes=_TEXT, text=values.anything,
        may_be_empty=True)),
    "media:keywords": _once(rule(text=markup.plain, may_be_empty=True)),
    "media:thumbnail": _many(rule(attributes={"url!": addresses.full, "time": _NPT, **_SIZE})),
    "media:category": _many(rule(text=values.anything, may_be_empty=True, attributes={
        "scheme": _scheme, "label": values.anything,
    })),
    "media:hash": _many(rule("", _hash, text=values.anything)),
    "media:player": _once(rule(attributes={"url!": addresses.full, **_SIZE})),
    "media:credit": _many(rule("", _credit, text=values.anything, may_be_empty=True, attributes={
        "scheme": _scheme,
    })),
    "media:copyright": _once(rule(text=values.anything, may_be_empty=True, attributes={
        "url": addresses.full,
    })),
    "media:rating": _many(rule("", _rating, text=values.anything)),
    "media:adult": _many(rule("", lambda _element, note: note("check.obsolete_element", "",
        "media:rating"), text=values.anything)),
    "media:restriction": _many(rule("", _restriction, text=values.anything, may_be_empty=True,
        attributes={"relationship!": _RELATION})),
    "media:text": _many(rule("", _typed, text=values.anything, may_be_empty=True, attributes={
        "type": _TYPES, "lang": values.language, "start": _NPT, "end": _NPT,
    })),
    **{f"media:{name}": _many(rule(place="any")) for name in (
        "community", "comments", "embed", "responses", "backLinks", "status", "price", "license",
        "subTitle", "peerLink", "location", "rights", "scenes", "tags", "people", "credits",
        "starRating", "statistics",
    )},
}  # fmt: skip
