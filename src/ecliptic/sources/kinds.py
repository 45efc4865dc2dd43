"""The kinds of value a setting can have: what each allows, and how it is read."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ecliptic.errors import FilterError
from ecliptic.model.access import without_password
from ecliptic.model.paths import is_safe
from ecliptic.model.pipeline import Parameter
from ecliptic.model.reading_list import ACCOUNT_NAME
from ecliptic.model.rules import BASES
from ecliptic.sources import address as addresses
from ecliptic.sources.findings import suggestion


class Refused(ValueError):  # noqa: N818 - reads as what happened, like the tree in errors
    """A value is not allowed; the text, if any, says more than ``Kind.allowed``."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What a setting may hold. ``read`` returns the value or raises ``Refused``.

    ``fill`` is there for secrets: it fetches, before, what stands outside the
    configuration, and what was found is then never shown.
    """

    allowed: str
    read: Callable[[object], object]
    fill: Callable[[object, Path], object] | None = None


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_EMAIL = re.compile(r"[^\s@<>]+(@[^\s@<>]+| +[\[(]?at[\])]? +[^@<>]+)", re.IGNORECASE)
"""A mail address; many write theirs out, for people alone: ``ada at blog dot example``."""
_LINK_TYPES = re.compile(r"([a-z]+( [a-z]+)*)?")
_PAGE_PATH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
_OURS = frozenset({"archive", "faces", "feeds", "image", "images", "theme"})
_LONGEST_PATH = 100
_DIRECTIVE = re.compile(r"%[-_0^#]?(.?)", re.DOTALL)
_DIRECTIVES = frozenset("aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%")


def one_line(text: str) -> str:
    """Return what of a text a setting can hold: no control characters, no broken lines."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _line(value: object) -> str:
    if not isinstance(value, str) or _CONTROL.search(value):
        raise Refused
    return value.strip()


def _some(value: object) -> str:
    text = _line(value)
    if not text:
        raise Refused
    return text


def _address(value: object) -> str:
    text = _line(value)
    fault = addresses.fault(text)
    if fault:
        raise Refused(fault)
    return text


def _feed_address(value: object) -> str:
    text = _line(value)
    if fault := addresses.feed_fault(text):
        raise Refused(fault)
    return text


def _site_path(value: object) -> str:
    text = _line(value)
    if not is_safe(text):
        raise Refused
    return text


def _public_address(value: object) -> str:
    text = _address(value)
    if without_password(text) != text:
        raise Refused("everyone will see it, and it has a name or password in it")
    return text


def _face(value: object) -> str:
    """Return the address of a picture on the web, the path of one here, or ``none``."""
    text = _some(value)
    if "://" not in text and not text.lower().startswith("data:"):
        return text
    return _public_address(text)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Refused
    return value


def _matching(pattern: re.Pattern[str], *, empty: bool = False) -> Callable[[object], object]:
    def read(value: object) -> str:
        text = _line(value)
        if not (pattern.fullmatch(text) or (empty and not text)):
            raise Refused
        return text

    return read


def _time_zone(value: object) -> str:
    name = _some(value)
    if name == "UTC":
        return name
    import zoneinfo  # noqa: PLC0415 - most planets keep to UTC

    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(_zone_hint(name)) from None
    return name


def _zone_hint(name: str) -> str:
    """Return more about an unknown zone; a system without zone data knows none at all."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - see `_time_zone`

    known = {zone.lower(): zone for zone in available_timezones()}
    if len(known) <= 1:
        return "this system has no time zone data (on Debian: the package tzdata)"
    hint = suggestion(name, known)
    for lower, zone in known.items():
        hint = hint.replace(f'"{lower}"', f'"{zone}"')
    return hint.removeprefix("; ")


def _date_format(value: object) -> str:
    text = _some(value)
    for match in _DIRECTIVE.finditer(text):
        if match.group(1) not in _DIRECTIVES or not match.group(1):
            raise Refused(f"{match.group()} is no directive")
    try:
        datetime(2018, 4, 25, 1, 47, tzinfo=UTC).strftime(text)
    except ValueError as problem:
        raise Refused(str(problem)) from None
    return text


def _networks(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Refused
    return tuple(_network(part) for part in value)


def _network(part: object) -> str:
    if not isinstance(part, str):
        raise Refused
    try:
        return str(ipaddress.ip_network(part.strip(), strict=False))
    except ValueError:
        raise Refused(f'"{part}" is no network') from None


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Refused
    return tuple(_some(part) for part in value)


def _base(value: object) -> str:
    text = _line(value)
    return text if text in {"", *BASES} else _address(text)


def _parameter(value: object) -> Parameter:
    if isinstance(value, list):
        if not all(isinstance(part, str) for part in value):
            raise Refused("its list holds something else than texts")
        return tuple(value)
    if not isinstance(value, str | int | float):
        raise Refused
    return value


def _extra(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Refused
    for key, text in value.items():
        if not isinstance(text, str):
            raise Refused(f'"{key}" is not a text in quotes')
    return value


def _accounts(value: object) -> dict[str, str]:
    found = _extra(value)
    for service, feed in found.items():
        if ACCOUNT_NAME not in feed or addresses.fault(feed.replace(ACCOUNT_NAME, "x")):
            raise Refused(f"{service} has no address of a feed with {ACCOUNT_NAME} in it")
    return found


def _filter(value: object) -> str:
    """Return an expression that is judged once: nothing in it may change with time alone."""
    text = value.strip() if isinstance(value, str) else value
    return _expression(text, "entries are judged when they come") if text != "" else ""


def _page_filter(value: object) -> str:
    """Return an expression for a page, which is made again only when entries change."""
    return _expression(
        value, "a page is made again when an entry is new or changed; see days_per_page"
    )


def _expression(value: object, why_not: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused
    from ecliptic.filters import follows_state, read  # noqa: PLC0415 - most planets have none

    try:
        moving = follows_state(read(value.strip()))
    except FilterError as problem:
        raise Refused(problem.message) from None
    if moving:
        raise Refused(f"{moving} changes by itself, and {why_not}")
    return value.strip()


def _page_path(value: object) -> str:
    """Return the folder of a page: none that is ours, or that file systems keep for themselves."""
    text = _line(value).strip("/")
    if not _PAGE_PATH.fullmatch(text) or len(text) > _LONGEST_PATH:
        raise Refused
    first = text.partition("/")[0]
    if first in _OURS:
        raise Refused(f"{first} is a folder of our own")
    for part in text.split("/"):
        if _DEVICE.fullmatch(part):
            raise Refused(f"{part} is no name for a folder on every system")
    return text


TEXT = Kind(allowed="one line of text", read=_line)
NAME = Kind(allowed="one line of text that is not empty", read=_some)
ADDRESS = Kind(allowed=addresses.ALLOWED, read=_address)
PUBLIC_ADDRESS = Kind(allowed=addresses.ALLOWED, read=_public_address)
FEED_ADDRESS = Kind(
    allowed=f"{addresses.ALLOWED}, or file: and the path of a file",
    read=_feed_address,
)
FLAG = Kind(allowed="true or false", read=_flag)
SITE_PATH = Kind(
    allowed="a path inside the site, such as index.html or de/index.html", read=_site_path
)
FOLDER = Kind(allowed="a path, relative to the folder of this file", read=_some)
FILE = Kind(allowed="the path of a file, relative to the folder of this file", read=_line)
SOCIAL_IMAGE = Kind(allowed='"name", or the path of a PNG, JPEG or WebP file here', read=_line)
LANGUAGE = Kind(allowed="a language tag such as en or pt-BR", read=_matching(_LANGUAGE))
EMAIL = Kind(
    allowed="a mail address, or one written out: ada at blog dot example",
    read=_matching(_EMAIL, empty=True),
)
LINK_TYPES = Kind(allowed="link types such as nofollow noopener", read=_matching(_LINK_TYPES))
TIME_ZONE = Kind(allowed="a time zone such as UTC or Europe/Berlin", read=_time_zone)
DATE_FORMAT = Kind(allowed="a strftime format such as %d %B %Y %H:%M", read=_date_format)
NETWORKS = Kind(allowed='a list of networks such as ["192.0.2.0/24"]', read=_networks)
FILTER = Kind(allowed="a filter, such as title:python and not tag:jobs", read=_filter)
PAGE_FILTER = Kind(allowed="a filter, such as tag:jobs", read=_page_filter)
PAGE_PATH = Kind(
    allowed="small letters, digits and hyphens, as in jobs or topics/web", read=_page_path
)
NAMES = Kind(allowed='a list of names such as ["preview_image"]', read=_names)
BASE = Kind(allowed=f"{', '.join(BASES)}, or {addresses.ALLOWED}", read=_base)
PARAMETER = Kind(allowed="a text, a number, true, false, or a list of texts", read=_parameter)
FACE = Kind(allowed="the address of a picture, the path of a file here, or none", read=_face)
ACCOUNTS = Kind(allowed="a table of addresses of feeds, by the page of the service", read=_accounts)
EXTRA = Kind(allowed="a table of texts for templates", read=_extra)


def some_of(words: Collection[str]) -> Kind:
    """Return the kind of lists of words out of a few."""

    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise Refused
        if not all(isinstance(part, str) and part in words for part in value):
            raise Refused
        return tuple(dict.fromkeys(value))

    return Kind(allowed=f"a list of {', '.join(words)}, or []", read=read)


def whole(minimum: int, maximum: int) -> Kind:
    """Return the kind of whole numbers within bounds."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused
        if not minimum <= value <= maximum:
            raise Refused
        return value

    return Kind(allowed=f"a whole number from {minimum:,} to {maximum:,}", read=read)


def seconds(minimum: float, maximum: float) -> Kind:
    """Return the kind of times in seconds within bounds."""
    return number(minimum, maximum, what="a number of seconds")


def number(minimum: float, maximum: float, *, what: str = "a number") -> Kind:
    """Return the kind of numbers within bounds."""

    def read(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Refused
        if not minimum <= value <= maximum:
            raise Refused
        return float(value)

    return Kind(allowed=f"{what} from {minimum:g} to {maximum:g}", read=read)


def choice(*words: str) -> Kind:
    """Return the kind of a word out of a few."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise Refused
        if value not in words:
            raise Refused(suggestion(value, words).removeprefix("; "))
        return value

    return Kind(allowed=" or ".join(f'"{word}"' for word in words), read=read)
