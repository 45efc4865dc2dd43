"""Addresses and identifiers: RFC 3986 and 3987, tag (RFC 4151), urn (RFC 8141), uuid (RFC 9562)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from ecliptic.parse.validate.rules import Fault
from ecliptic.parse.validate.schemes import SCHEMES

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_UNFIT: Final = re.compile(r"""[\x00-\x20\x7f<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})""")
_HOST: Final = re.compile(r"(?:[^\s/?#@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?\Z")
_WEB: Final = frozenset({"http", "https", "ftp"})
_PATH: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
_TAG: Final = re.compile(
    r"tag:(?:[\w.+-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
    r",\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    rf":(?:{_PATH}|\?)*(?:#(?:{_PATH}|\?)*)?\Z"
)
_URN: Final = re.compile(
    r"urn:(?!urn:)[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]"
    rf":{_PATH}+(?:\?[+=](?:{_PATH}|\?)+)?(?:#(?:{_PATH}|\?)*)?\Z",
    re.IGNORECASE,
)
_UUID: Final = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\Z"
)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ftp": 21}
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
_DOTS: Final = re.compile(r"/\.\.?(?:/|\Z)")


def reference(value: str) -> Fault | None:
    """Check an address that may be relative (IRI-reference; RFC 4287, 2)."""
    if value != value.strip():
        return Fault("check.bad_address", "there is white space around it")
    scheme = _SCHEME.match(value)
    if scheme and scheme[0].lower() in _NAMES:
        return _of_name(scheme[0].lower(), value)
    if _UNFIT.search(value):
        return Fault("check.bad_address", _reason(value))
    if scheme:
        return _of_scheme(scheme[0].lower(), value)
    is_odd = ":" in _FIRST_SEGMENT.split(value, maxsplit=1)[0]
    return Fault("check.bad_address", _NO_SCHEME) if is_odd else None


_NAMES: Final = ("tag", "urn")
_FIRST_SEGMENT: Final = re.compile(r"[/?#]")


_NO_SCHEME: Final = "what stands before the colon is no scheme like https"


def full(value: str) -> Fault | None:
    """Check an address that must say all (RFC 3986, 4.3)."""
    fault = reference(value)
    if fault or _SCHEME.match(value):
        return fault
    return Fault("check.relative_address")


def identifier(value: str) -> Fault | None:
    """Check the id of an Atom feed or entry (RFC 4287, 4.2.6)."""
    return full(value) or canonical(value)


def ascii_full(value: str) -> Fault | None:
    """Check an address of RSS, whose readers may not know those with other letters."""
    value = value.strip()
    return full(value) or (None if value.isascii() else Fault("check.address_not_ascii"))


def _of_name(scheme: str, value: str) -> Fault | None:
    if scheme == "urn":
        return _of_urn(value)
    if _TAG.match(value):
        return None
    return Fault("check.bad_id", "tag:example.org,2003-12-13:article-1 (RFC 4151)")


def _of_scheme(scheme: str, value: str) -> Fault | None:
    if scheme in _WEB and not _has_host(value):
        return Fault("check.bad_address", "it has no host, as in https://example.org/")
    if scheme not in SCHEMES:
        return Fault("check.unknown_scheme", scheme)
    return None


def _of_urn(value: str) -> Fault | None:
    _, name, rest = (*value.split(":", 2), "", "")[:3]
    if name.lower() == "uuid" and not _UUID.match(rest):
        return Fault("check.bad_id", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
    return None if _URN.match(value) else Fault("check.bad_id", "urn:isbn:9780141036144 (RFC 8141)")


def _has_host(value: str) -> bool:
    try:
        host = urlsplit(value).netloc
    except ValueError:  # an unclosed "["
        return False
    return bool(_HOST.match(host))


def _reason(value: str) -> str:
    found = _UNFIT.search(value)
    character = found[0] if found else ""
    if character.isspace():
        return "there is white space in it; a space is written %20"
    return f"it holds {character}, which must be percent-encoded"


def canonical(value: str) -> Fault | None:
    """Check that an id is spelled in the one way that all agree on (RFC 3986, 6.2.2)."""
    scheme = _SCHEME.match(value)
    if scheme and scheme[0] != scheme[0].lower():
        return Fault("check.not_canonical", "the scheme in lower case")
    for escape in _ESCAPE.findall(value):
        if escape != escape.upper():
            return Fault("check.not_canonical", f"%{escape.upper()} instead of %{escape}")
        if _UNRESERVED.match(chr(int(escape, 16))):
            return Fault("check.not_canonical", f"{chr(int(escape, 16))} instead of %{escape}")
    return _canonical_web(value) if scheme and scheme[0] in _DEFAULT_PORTS else None


def _canonical_web(value: str) -> Fault | None:
    parts = urlsplit(value)
    host = parts.netloc.rpartition("@")[2]
    if host != host.lower():
        return Fault("check.not_canonical", "the host in lower case")
    if host.endswith((f":{_DEFAULT_PORTS[parts.scheme]}", ":")):
        return Fault("check.not_canonical", "no port, where it is the usual one")
    if _DOTS.search(parts.path):
        return Fault("check.not_canonical", "a path without . and ..")
    return None if parts.path else Fault("check.not_canonical", "a slash after the host")
