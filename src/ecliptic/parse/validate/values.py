"""Numbers, words from a list, languages, media types, e-mail: values that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from ecliptic.parse.validate.languages import LANGUAGES
from ecliptic.parse.validate.rules import Check, Fault

_INTEGER: Final = re.compile(r"[+-]?\d{1,30}\Z")
_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?\Z")
_LANGUAGE: Final = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z"
    r"|[xXiI](?:-[A-Za-z0-9]{1,8})+\Z"
)
_MIME: Final = re.compile(
    r"""[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:"[^"]*"|[^\s";]+))*\s*\Z""", re.ASCII
)
_ADDR_SPEC: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z"
)
_CONTACT: Final = re.compile(r"(?P<address>[^\s()<>]+)(?:\s*\((?P<name>.*)\))?\Z", re.DOTALL)


def anything(_value: str) -> Fault | None:
    """Check nothing."""
    return None


def stripped(check: Check) -> Check:
    """Return a check that forgives white space around a value."""
    return lambda value: check(value.strip())


def integer(least: int | None = None, most: int | None = None) -> Check:
    """Return a check for whole numbers between two limits."""
    return _number(_INTEGER, "a whole number", least, most)


def decimal(least: float | None = None, most: float | None = None) -> Check:
    """Return a check for numbers between two limits."""
    return _number(_DECIMAL, "a number", least, most)


def _number(pattern: re.Pattern[str], kind: str, least: float | None, most: float | None) -> Check:
    allowed = kind
    if least is not None:
        allowed += f", {least:,} at least" if most is None else f" from {least} to {most:,}"
    elif most is not None:
        allowed += f", {most:,} at most"

    def check(value: str) -> Fault | None:
        text = value.strip()
        if not pattern.match(text):
            return Fault("check.bad_number", allowed)
        number = float(text)
        is_inside = (least is None or number >= least) and (most is None or number <= most)
        return None if is_inside else Fault("check.bad_number", allowed)

    return check


def one_of(values: Iterable[str], *, ignore_case: bool = False, shown: str = "") -> Check:
    """Return a check for words from a list."""
    allowed = tuple(values)
    known = {value.lower() if ignore_case else value for value in allowed}
    listed = shown or ", ".join(allowed)

    def check(value: str) -> Fault | None:
        text = value.strip()
        is_known = (text.lower() if ignore_case else text) in known
        return None if is_known else Fault("check.bad_choice", listed)

    return check


def each_of(check: Check) -> Check:
    """Return a check for words with spaces between them."""
    return lambda value: next(filter(None, map(check, value.split())), None)


def matching(pattern: str, shown: str) -> Check:
    """Return a check for values of a form, which is shown where they have another."""
    compiled = re.compile(pattern)

    def check(value: str) -> Fault | None:
        return None if compiled.fullmatch(value.strip()) else Fault("check.bad_value", shown)

    return check


def at_most(length: int) -> Check:
    """Return a check for texts that are shown in little room."""
    return lambda value: (
        Fault("check.too_long", f"{length:,}") if len(value.strip()) > length else None
    )


def both(first: Check, second: Check) -> Check:
    """Return a check that is two checks, one after the other."""
    return lambda value: first(value) or second(value)


def language(value: str) -> Fault | None:
    """Check a language tag (BCP 47, 2.1): its form, and short ones by name (ISO 639-1).

    No language has a tag that begins with more than three letters.
    """
    text = value.strip()
    primary = text.partition("-")[0].lower()
    is_known = len(primary) != len("en") or primary in LANGUAGES
    return None if _LANGUAGE.match(text) and is_known else Fault("check.bad_language")


def mime_type(value: str) -> Fault | None:
    """Check a media type (RFC 2045, 5.1; the names by RFC 6838, 4.2)."""
    return None if _MIME.match(value) else Fault("check.bad_type")


def addr_spec(value: str) -> Fault | None:
    """Check an e-mail address that stands alone (RFC 4287, 3.2.3)."""
    return None if _ADDR_SPEC.match(value) else Fault("check.bad_email", "user@host.example")


def contact(value: str) -> Fault | None:
    """Check an e-mail address with a name after it, as RSS has them (RSS Profile, 3.3)."""
    text = value.strip()
    if text.startswith("mailto:"):  # RFC 6068
        text = unquote(text.removeprefix("mailto:"))
    match = _CONTACT.match(text)
    if match and _ADDR_SPEC.match(match["address"]) and "@" not in (match["name"] or ""):
        return None
    return Fault("check.bad_email", "user@host.example (Name)")


TRUE_FALSE: Final = one_of(("true", "false"))
YES_NO: Final = one_of(("yes", "no"))
