"""Addresses as authors write them → absolute ones that are safe to follow.

An address that is relative with no base known, or whose scheme is not for
following (``javascript:``, ``data:`` …), becomes ``""``.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

_SCHEMES: Final = frozenset({
    "http", "https", "mailto", "ftp", "ftps", "tel", "gemini", "gopher", "magnet", "news", "nntp",
    "irc", "ircs", "xmpp", "geo", "sip", "sips", "webcal", "sms", "ipfs", "ipns", "acct", "git",
})  # fmt: skip
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DROPPED: Final = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
"""What browsers remove before they read an address (WHATWG URL, 4.4)."""

_SOUND: Final = re.compile(
    r"https?://(?>[^\x00-\x20\x7f\"<>\\^`{|}&]+)(?>&(?!amp;)[^\x00-\x20\x7f\"<>\\^`{|}&]*){0,50}\Z"
)
"""What most addresses look like: nothing about them needs to be changed."""

_UNSAFE: Final = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")
_WEB: Final = ("http://", "https://")
_MAX_LENGTH: Final = 8_192


def absolute(value: str | None, base: str) -> str:
    """Return ``value`` resolved against ``base``, or ``""`` if it may not be followed."""
    if not value:
        return ""
    if _SOUND.match(value):
        return value
    value = _DROPPED.sub("", value)
    if "&amp;" in value:  # escaped once too often
        value = value.replace("&amp;", "&")
    if not value or len(value) > _MAX_LENGTH:
        return ""
    return _escaped(_resolved(value, base))


def _resolved(value: str, base: str) -> str:
    match = _SCHEME.match(value)
    if match:
        scheme, rest = match[1].lower(), value[match.end() :]
        if scheme not in _SCHEMES:
            return ""
        if scheme in {"http", "https"} and not rest.startswith("//"):
            return _join(base, rest) or f"{scheme}://{rest.lstrip('/')}"
        return value
    if value.startswith("//"):
        return (base.partition("//")[0] or "https:") + value
    return _join(base, value) if base else ""


def document_base(url: str, content_location: str) -> str:
    """Return the address that a document's relative ones refer to (RFC 3986, 5.1.3)."""
    if content_location:
        located = absolute(content_location, url)
        if is_web(located):
            return located
    return absolute(url, "") or ""


def is_web(value: str) -> bool:
    """Tell whether ``value`` is an absolute http address."""
    return value.startswith(_WEB) or value[:8].lower().startswith(_WEB)


def _join(base: str, value: str) -> str:
    try:
        joined = urljoin(base, value)
        urlsplit(joined)
    except ValueError:  # e.g. an unclosed "[" where a host should be
        return ""
    match = _SCHEME.match(joined)
    return joined if match and match[1].lower() in _SCHEMES else ""


def _escaped(value: str) -> str:
    """Percent-encode the few characters that no address may hold (RFC 3986, 2)."""
    if not _UNSAFE.search(value):
        return value
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", value)
