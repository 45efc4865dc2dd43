r"""Addresses: made absolute, and only of schemes that do no harm.

Follows the URL Standard where browsers differ from RFC 3986: white space at the
ends and line breaks inside are dropped, ``\`` means ``/``, any number of
slashes may follow ``http:``. What a browser could read in another way than we
do is never left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

import nh3

from ecliptic.clean.policy import LINK_SCHEMES

WEB: Final = frozenset({"http", "https"})

_LONGEST: Final = 8_192
is_plain_web: Final = re.compile(
    r"https?://[a-zA-Z0-9-]{1,63}+(?:\.[a-zA-Z0-9-]{1,63}+){0,20}+(?::[0-9]{1,5})?+(?:[/?][!$-;=?-Z_a-z~]{0,3000}+)?+(?:#[!$-;=?-Z_a-z~]{0,1000}+)?"
).fullmatch
"""Match an address that nobody can read in two ways: most are such."""

_is_plain_path: Final = re.compile(r"/(?!/)[!$-;=?-Z_a-z~]{0,4000}+").fullmatch
_SEGMENT: Final = r"[a-zA-Z0-9_~-][a-zA-Z0-9._~%-]{0,200}+"
_plain_relative: Final = re.compile(
    rf"((?:\.\./){{0,9}}+)((?:{_SEGMENT}/){{0,20}}{_SEGMENT}/?)"
).fullmatch
_AT_THE_ENDS: Final = "".join(map(chr, range(33)))
_LINE_BREAKS: Final = str.maketrans("", "", "\t\n\r")
_scheme_of = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:").match
_web_parts = re.compile(
    r"https?:[/\\]+([^/\\?#]*)([^?#]*)(.*)", re.IGNORECASE | re.DOTALL
).fullmatch
_may_be_host = re.compile(
    r"(?:[^\s\x00-\x20\"'<>@%\[\]^`{|}:]+|\[[0-9a-f:.]+\])(?::[0-9]*)?", re.IGNORECASE
).fullmatch
# Not allowed in an address (RFC 3986, 2): encoded, so that no reader trips over them.
_unsafe = re.compile(
    r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def safe_address(address: str, base: str = "", schemes: AbstractSet[str] = WEB) -> str:
    r"""Return the absolute address that ``address`` means at ``base``, or ``""``.

    An empty address is no address here, and not another name of ``base``.

    >>> safe_address("../a b.png", "https://blog.example/2026/post/")
    'https://blog.example/2026/a%20b.png'
    >>> safe_address("java\nscript:alert(1)", "https://blog.example/")
    ''
    """
    if not address or is_plain_web(address):
        return address
    if base and (joined := _plainly_joined(address, base)):
        return joined
    address = address.strip(_AT_THE_ENDS).translate(_LINE_BREAKS)
    if not address or len(address) > _LONGEST:
        return ""
    found = _scheme_of(address)
    if found is None:
        return _web_address(_join(address, base))
    scheme = found.group()[:-1].lower()
    if scheme not in schemes:
        return ""
    return _web_address(address) if scheme in WEB else _encoded(address)


def safe_link(address: str, base: str = "") -> str:
    """Return ``address`` made absolute if a reader may be led there, else ``""``."""
    return safe_address(address, base, LINK_SCHEMES)


def safe_base(address: str) -> str:
    """Return ``address`` if others can be resolved against it, else ``""``."""
    address = safe_address(address)
    found = _web_parts(address)
    return address if found is not None and _is_host(found[1]) else ""


def _plainly_joined(address: str, base: str) -> str:
    """Return what most paths mean at ``base``, or ``""``: ``urljoin`` takes long for them."""
    if _is_plain_path(address):
        way, rest = "/", "" if "/." in address else address[1:]
    elif found := _plain_relative(address):
        way, rest = f"{found[1]}.", found[2]
    else:
        return ""
    folder = _folder_of(base, way) if rest else ""
    return folder and folder + rest


@lru_cache(maxsize=64)
def _folder_of(base: str, way: str) -> str:
    """Return the folder of ``base``, one so many levels above, or the uppermost."""
    scheme, _, path = base.partition("?")[0].partition("://")
    if not is_plain_web(base) or "#" in path or "/." in path or "//" in path:
        return _web_address(_join(way, base))
    host, *folders = path.split("/")
    kept = 0 if way == "/" else max(0, len(folders) - 1 - way.count("../"))
    return "/".join((f"{scheme}:/", host, *folders[:kept], ""))


def _join(address: str, base: str) -> str:
    if not base:
        return ""
    path, mark, rest = _split_path(address)
    try:
        return urljoin(base, path.replace("\\", "/") + mark + rest)
    except ValueError:  # a bracket that is no IPv6 address
        return ""


def _split_path(address: str) -> tuple[str, str, str]:
    for index, character in enumerate(address):
        if character in "?#":
            return address[:index], character, address[index + 1 :]
    return address, "", ""


def _web_address(address: str) -> str:
    found = _web_parts(address)
    if found is None:
        return ""
    host, path, rest = found.groups()
    host = host.rpartition("@")[2]  # a name and password are bait or a leak
    if not _is_host(host):
        return ""
    scheme = address[: address.index(":")].lower()
    return f"{scheme}://{host}" + _encoded(path.replace("\\", "/") + rest)


@lru_cache(maxsize=4_096)
def _is_host(host: str) -> bool:
    """Whether nh3 takes ``host`` for one: what we write must be kept when it is read again."""
    if _may_be_host(host) is None:
        return False
    return bool(_is_plain_name(host)) or "href" in _probe.clean(f'<a href="https://{host}/">')


_probe: Final = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, link_rel=None)
# No number at the end, which would be an address (URL Standard, 3.5), and no Punycode.
_is_plain_name = re.compile(r"(?!.*xn--)(?:[a-z0-9-]{1,63}\.){0,20}[a-z][a-z-]{0,62}").fullmatch


def _encoded(address: str) -> str:
    return _unsafe.sub(lambda found: _percent(found.group()), address)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
