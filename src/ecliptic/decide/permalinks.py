"""When two addresses are one, and which ids no two posts of the world share.

What an address names does not depend on the scheme, on ``www.``, on the last
slash, or on what was added to it to count visitors.
"""

from __future__ import annotations

import re
from typing import Final

from ecliptic.decide.addresses import kept_query, site_host

_PLAIN: Final = re.compile(
    r"https?://(?:www\.)?((?>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?>(?:/[!$&-.0-9:;=@A-Z_a-z~]+)+))/?"
)
"""What most addresses look like: only their ends are left out."""

_SCHEMED: Final = re.compile(r"https?:/*", re.IGNORECASE)
_HOST: Final = re.compile(r"https?:/*([^/?#]*)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_INDEX: Final = ("/index.html", "/index.htm", "/index.php")
_UNRESERVED: Final = frozenset("-._~0123456789")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UNIQUE: Final = re.compile(
    # RFC 4151; RFC 8141; DOIs; Bluesky; YouTube: each ends in what one authority gave out once.
    r"tag:[^,:\s]+,\d{4}(?:-\d\d){0,2}:\S+|urn:[a-z0-9-]{2,31}:\S+|(?:info:)?doi[:/]\S+"
    r"|at://\S+/\S+|yt:video:\S+",
    re.IGNORECASE,
)
_NO_UUID: Final = "00000000-0000-0000-0000-000000000000"


def permalink(address: str) -> str:
    """Return what is compared of an address; ``""`` for a front page, which is no post.

    >>> permalink("http://www.Blog.example:80/2018/post/?utm_source=rss#comments")
    'blog.example/2018/post'
    """
    plain = _PLAIN.fullmatch(address)
    if plain is not None and "/index." not in address:
        return plain[1]
    found = _SCHEMED.match(address)
    if found is None:
        return ""
    rest, _, fragment = address[found.end() :].partition("#")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    path = slash + path
    if query:
        query = kept_query(query)
    if path.endswith(_INDEX) and not query:
        path = path[: path.rindex("/")]
    path = path.rstrip("/")
    if "%" in path:
        path = _ESCAPE.sub(_unescaped, path)
    if fragment and fragment[0] in "!/":  # a page made by a script, which reads where it is
        path += "#" + fragment
    host = site_host(host)
    if not host or not (path or query):
        return ""
    return f"{host}{path}?{query}" if query else host + path


def fragment_of(address: str) -> str:
    """Return the part of a page that an address names."""
    return address.partition("#")[2]


def host_of(address: str) -> str:
    """Return the host of a web address, as it is compared; ``""`` if it has none."""
    found = _HOST.match(address)
    return site_host(found[1]) if found else ""


def place_of(address: str) -> tuple[str, str]:
    """Return host and folder of an address, as they are compared; two empty ones if it has none.

    >>> place_of("https://www.blog.example/~ann/index.html")
    ('blog.example', '/~ann/')
    """
    found = _SCHEMED.match(address)
    if found is None:
        return "", ""
    rest = re.split(r"[?#]", address[found.end() :], maxsplit=1)[0]
    host, slash, path = rest.partition("/")
    folder, _, last = (slash + path).rpartition("/")
    is_file = "." in last or not last
    return site_host(host), (folder if is_file else f"{folder}/{last}") + "/"


def unique_id(identifier: str) -> str:
    """Return what is compared of an id that no two posts share; ``""`` for any other.

    An address is such an id and is compared like one; ``1`` and ``post-3`` are not.
    """
    if identifier[:4].lower() == "http":
        return permalink(identifier)
    if _UUID.fullmatch(identifier):
        return "" if identifier == _NO_UUID else f"urn:uuid:{identifier.lower()}"
    if _UNIQUE.fullmatch(identifier):
        lowered = identifier.lower()
        return lowered if lowered.startswith("urn:uuid:") else identifier
    return ""


def _unescaped(found: re.Match[str]) -> str:
    """Undo an escape that changes nothing (RFC 3986, 6.2.2.2)."""
    character = chr(int(found[1], 16))
    is_plain = character in _UNRESERVED or (character.isascii() and character.isalpha())
    return character if is_plain else found[0].upper()
