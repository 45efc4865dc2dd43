"""Addresses as they are asked for: checked, in ASCII, without secrets."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

import msgspec

_LONGEST: Final = 8_000  # RFC 9110, 4.1: at least 8,000 octets should be understood

# Most addresses are plain; these need no rewriting.
_PLAIN: Final = re.compile(
    r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?:[/?][!$-\[\]-~]*)?"
)
_CONFUSING: Final = re.compile(r"[\x00-\x20\x7f\\]")
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]")
# What browsers never connect to, for an HTTP request there can be made to
# speak another protocol: https://fetch.spec.whatwg.org/#port-blocking
_BAD_PORTS: Final = frozenset((
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
))  # fmt: skip
_LAST_PORT: Final = 65_535
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LITERAL: Final = re.compile(r"\[.*\]|[0-9.]+")
_KEPT: Final = "!#$%&'()*+,/:;=?@[]~"  # RFC 3986, 2.2, and "%" of what is escaped already


class BadAddressError(ValueError):
    """An address that is not asked for; its text says why."""


class Target(msgspec.Struct, frozen=True):
    """Where a request goes. ``credentials`` are ``user:password``, never shown or stored."""

    url: str
    scheme: str
    host: str
    port: int
    credentials: str = ""

    @property
    def is_named(self) -> bool:
        """Whether the host is a name rather than an address."""
        return _LITERAL.fullmatch(self.host) is None


def read_target(url: str) -> Target:
    """Check an absolute http or https address, or raise ``BadAddressError``."""
    if len(url) > _LONGEST:
        raise BadAddressError("longer than 8,000 characters")
    plain = _PLAIN.fullmatch(url)
    if plain is None:
        return _read_unusual(url)
    scheme, host, port = plain.groups()
    return Target(url, scheme, host, _port(scheme, port))


def read_redirect(location: str, source: Target) -> Target:
    """Resolve a ``Location`` against ``source``; credentials stay with their host."""
    try:
        absolute = urljoin(source.url, _unfold(location))
    except ValueError as error:
        raise BadAddressError("not an address") from error
    target = read_target(absolute)
    credentials = source.credentials if may_know_secrets(target, source) else ""
    return Target(target.url, target.scheme, target.host, target.port, credentials)


def _unfold(location: str) -> str:
    """Turn the bytes of a Location, held as Latin-1, into an address or path."""
    location = location.strip(" \t").replace(" ", "%20")
    data = location.encode("latin-1", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return quote(data, safe=_KEPT)


def may_know_secrets(target: Target, source: Target) -> bool:
    """Say whether ``target`` is the same place as ``source``, and no less safe to talk to."""
    is_same_place = urlsplit(target.url).netloc == urlsplit(source.url).netloc
    return is_same_place and target.scheme in {source.scheme, "https"}


def _read_unusual(url: str) -> Target:
    if _CONFUSING.search(url):
        raise BadAddressError("a space, control character or backslash in it")
    try:
        parts = urlsplit(url)
        port, name = parts.port, parts.hostname
    except ValueError as error:
        raise BadAddressError("not an address") from error
    if parts.scheme not in {"http", "https"}:
        raise BadAddressError("neither http nor https")
    if not name:
        raise BadAddressError("no host in it")
    host = _ascii_host(name)
    netloc = host if port is None else f"{host}:{port}"
    number = _port(parts.scheme, port)
    path = quote(parts.path, safe=_KEPT) or "/"
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    credentials = ""
    if parts.username is not None:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    url = f"{parts.scheme}://{netloc}{path}{query}"
    return Target(url, parts.scheme, host, number, credentials)


def _ascii_host(name: str) -> str:
    host = f"[{name}]" if ":" in name else name
    if not host.isascii():
        try:
            host = name.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise BadAddressError("a host name that cannot be") from error
    if not _HOST.fullmatch(host.lower()):
        raise BadAddressError("a host name that cannot be")
    return host.lower()


def _port(scheme: str, given: str | int | None) -> int:
    if given is None:
        return _DEFAULT_PORTS[scheme]
    port = int(given)
    if port in _BAD_PORTS:
        raise BadAddressError(f"port {port} is of another service")
    if port > _LAST_PORT:
        raise BadAddressError("a port that cannot be")
    return port
