"""Dates as the specifications have them; ``parse`` reads many more than are right."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ecliptic.parse.validate.rules import Fault

_TIME: Final = r"(?P<hour>\d\d):(?P<minute>\d\d)"
_ZONE: Final = r"(?:[Zz]|[+-](?P<zh>\d\d):(?P<zm>\d\d))"
_RFC3339: Final = re.compile(
    rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)[Tt]{_TIME}:(?P<second>\d\d)(?:\.\d+)?{_ZONE}\Z"
)
_W3CDTF: Final = re.compile(
    rf"(?P<y>\d{{4}})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d)"
    rf"(?:T{_TIME}(?::(?P<second>\d\d)(?:\.\d+)?)?{_ZONE})?)?)?\Z"
)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_RFC822: Final = re.compile(
    rf"(?:(?P<dow>{'|'.join(_DAYS)})\s*,\s*)?(?P<d>\d\d?)\s+(?P<month>{'|'.join(_MONTHS)})\s+"
    r"(?P<y>\d{4}|\d\d)\s+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s+"
    r"(?:(?P<zone>ut|utc|gmt|z|[ecmp][sd]t)|(?P<letter>[a-ik-y])|[+-](?P<zh>\d\d)(?P<zm>\d\d))\Z",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"\((?:[^()\\]|\\.)*+\)")
_DEEPEST: Final = 5
_QUARTERS: Final = ("00", "15", "30", "45")


def rfc3339(value: str) -> Fault | None:
    """Check a date of Atom (RFC 4287, 3.3; RFC 3339, 5.6)."""
    return _judged(_RFC3339.match(value), "RFC 3339: 2003-12-13T18:30:02Z")


def w3cdtf(value: str) -> Fault | None:
    """Check a date of Dublin Core (dcterms:W3CDTF, https://www.w3.org/TR/NOTE-datetime)."""
    return _judged(_W3CDTF.match(value.strip()), "W3C-DTF: 2003-12-13T18:30+01:00")


def rfc822(value: str) -> Fault | None:
    """Check a date of RSS 2.0 (RFC 822, 5, with years of four digits)."""
    text = value.strip()
    plain = _without_comments(text)
    match = _RFC822.match(plain)
    fault = _judged(match, "RFC 822: Sat, 13 Dec 2003 18:30:02 GMT")
    if fault or not match:
        return fault
    if _day_differs(match):
        return Fault("check.bad_date", "the day of the week must be that of the date")
    return _unusual(match, had_comments=plain != text)


def day_of(value: str) -> date | None:
    """Return the day of a date that is written as one of the specifications has it."""
    text = value.strip()
    match = _W3CDTF.match(text) or _RFC3339.match(text) or _RFC822.match(_without_comments(text))
    return _day(match) if match and _exists(match) else None


def _unusual(match: re.Match[str], *, had_comments: bool) -> Fault | None:
    """Say what is right by the letter, but is read differently by different readers."""
    if had_comments:
        return Fault("check.unusual_date", "comments in brackets")
    if len(match["y"]) == len("99"):
        return Fault("check.unusual_date", "a year of two digits")
    if match["letter"]:
        return Fault("check.unusual_date", "a time zone of one letter")
    if match["zm"] and match["zm"] not in _QUARTERS:
        return Fault("check.unusual_date", "an offset that no time zone has")
    return None


def _without_comments(text: str) -> str:
    """Take comments off, which may nest (RFC 822, 3.4.3)."""
    for _ in range(_DEEPEST):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return re.sub(r"\s+,", ",", text).strip()


def _judged(match: re.Match[str] | None, example: str) -> Fault | None:
    return None if match and _exists(match) else Fault("check.bad_date", example)


def _exists(match: re.Match[str]) -> bool:
    """Tell whether the day and the time exist; a 60th second may be a leap second."""
    parts = match.groupdict()
    try:
        _day(match)
    except ValueError:
        return False
    limits = (("hour", 23), ("minute", 59), ("second", 60), ("zh", 23), ("zm", 59))
    return all(int(parts.get(name) or 0) <= most for name, most in limits)


def _day(match: re.Match[str]) -> date:
    parts = match.groupdict()
    year = int(parts["y"])
    if len(parts["y"]) == len("99"):
        year += 2000 if year < 50 else 1900  # noqa: PLR2004 - RFC 2822, 4.3
    month = parts.get("month")
    number = _MONTHS.index(month.lower()) + 1 if month else int(parts.get("m") or 1)
    return date(year, number, int(parts.get("d") or 1))


def _day_differs(match: re.Match[str]) -> bool:
    return bool(match["dow"]) and _DAYS[_day(match).weekday()] != match["dow"].lower()
