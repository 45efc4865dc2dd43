"""Which addresses a subscription may have."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

from ecliptic.model.access import without_password

ALLOWED = "an absolute http:// or https:// address"
LENGTH_LIMIT = 4_000

_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}\u2028\u2029]")
_NOT_IN_PATHS = re.compile(r"[\x00-\x1f\x7f?#\[\]\u2028\u2029\ud800-\udfff]")
_LABEL_LIMIT = 63
_SAFE = r"!$-;=@-\[\]_a-z~"
_PLAIN = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,20}"
    r"(?::(?!80/|443/)[1-9][0-9]{0,3}|:[1-5][0-9]{4})?"
    rf"/[{_SAFE}]{{0,2000}}(?:\?[{_SAFE}?]{{1,1000}})?"
)
"""An address without fault, of one spelling: most are such, and need no closer look."""


def fault(address: str) -> str:
    """Return what is wrong with an address, or ``""``. Hosts may be international (RFC 5890)."""
    if _PLAIN.fullmatch(address):
        return ""
    if len(address) > LENGTH_LIMIT:
        return f"it is longer than {LENGTH_LIMIT:,} characters"
    bad = _NOT_IN_ADDRESSES.search(address)
    if bad:
        return f"it holds {bad.group()!r}, which addresses cannot (RFC 3986)"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        return "it is no address" if "@" in address else str(problem)
    if parts.scheme not in {"http", "https"}:
        return f"its scheme is {parts.scheme}:" if parts.scheme else "it has no scheme"
    return "its port is 0" if port == 0 else _host_fault(parts)


def _host_fault(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host:
        return "it names no host"
    if ":" in host:  # an IPv6 literal, which urlsplit has checked
        return ""
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return f"{host} is not a host name"
    labels = ascii_host.rstrip(".").split(".")
    if not all(0 < len(label) <= _LABEL_LIMIT for label in labels):
        return f"{host} is not a host name"
    return ""


def comparable(address: str) -> str:
    """Return an address in the form in which two spellings of one are equal (RFC 3986, 6.2.2)."""
    if _PLAIN.fullmatch(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=_comparable_host(parts), path=parts.path or "/"
    ).geturl()


def _comparable_host(parts: SplitResult) -> str:
    userinfo, at, host = parts.netloc.rpartition("@")
    default_port = {"http": ":80", "https": ":443"}.get(parts.scheme.lower(), ":")
    return userinfo + at + host.lower().removesuffix(default_port)


def kinship(address: str) -> str:
    """Return what is left of an address without the parts in which near duplicates differ."""
    whole = comparable(without_password(address))
    _, mark, rest = whole.partition("://")
    return (rest if mark else whole).removeprefix("www.").rstrip("/")


def is_file(address: str) -> bool:
    """Say whether an address means a file of this machine."""
    return address[:5].lower() == "file:"


def file_fault(address: str) -> str:
    """Return what is wrong with the address of a file, or ``""``."""
    bad = _NOT_IN_PATHS.search(address)
    if bad:
        return f"it holds {bad.group()!r}; a % and two digits stand for it"
    parts = urlsplit(address)
    if parts.netloc not in {"", "localhost"}:
        return "it names a host, and means a file of this machine"
    if "\0" in unquote(parts.path):
        return "it holds %00"
    return "" if parts.path.strip("/") else "it names no file"


def feed_fault(address: str) -> str:
    """Return what is wrong with the address of a feed or list, which may be a file here."""
    return file_fault(address) if is_file(address) else fault(address)


def mended(address: str) -> str:
    """Return the address meant by spellings that readers hand around: ``feed:``, bare spaces."""
    address = address.strip().replace(" ", "%20")
    for prefix, replacement in (("feed:http", "http"), ("feed://", "http://")):
        if address.lower().startswith(prefix):
            return replacement + address[len(prefix) :]
    return address
