"""Addresses as feedparser gives them: joined to their base, and otherwise as written."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import urljoin

_SLASHES: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)/+")
_IS_ABSOLUTE: Final = re.compile(r"https?://[^/\s\[\]]")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ACTING: Final = frozenset({"javascript", "vbscript", "data", "livescript", "mocha", "blob"})
"""Schemes that run or hold a document instead of leading to one."""

_TAG: Final = re.compile(r"<[A-Za-z][^<>]*>")
_IN_TAG: Final = re.compile(
    r"""(\s(?:action|background|cite|href|longdesc|poster|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)
_INVISIBLE: Final = dict.fromkeys(range(33))


def joined(base: str, address: str) -> str:
    """Return ``address`` resolved against ``base``; one that cannot be is ``""``."""
    if _IS_ABSOLUTE.match(address):
        return address
    try:
        return urljoin(base, _SLASHES.sub(r"\1", address))
    except ValueError:
        return ""


def followed(base: str, address: str) -> str:
    """Return an address that a reader may follow, or ``""`` if it would act instead."""
    return "" if is_acting(address) else joined(base, address)


def is_acting(address: str) -> bool:
    """Tell whether to follow ``address`` means to run it."""
    return scheme_of(address.translate(_INVISIBLE)) in _ACTING


def scheme_of(address: str) -> str:
    """Return the scheme of an address in lower case, or ``""``."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""


def moved_base(base: str, address: str) -> str:
    """Return the base where ``xml:base`` says ``address``: unsafe and unreadable ones say nothing.

    >>> moved_base("http://blog.example/a", "javascript:x"), moved_base("", "http://b.example/")
    ('http://blog.example/a', 'http://b.example/')
    """
    moved = joined(base, address.strip())
    has_host = scheme_of(moved) in {"http", "https", "ftp", "file"} or not scheme_of(moved)
    return moved if moved and has_host else base


def resolved_in(markup: str, base: str) -> str:
    """Return markup, otherwise as it is, with its addresses resolved against ``base``."""

    def resolved(found: re.Match[str]) -> str:
        address = html.unescape(found[2] if found[2] is not None else found[3])
        return f'{found[1]}"{html.escape(joined(base, address.strip()))}"'

    return _TAG.sub(lambda tag: _IN_TAG.sub(resolved, tag[0]), markup) if base else markup
