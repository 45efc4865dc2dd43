"""Where links of one feed lead: the host apart from the rest, and each part of a page a place.

``permalinks`` is what is compared between feeds, which must be surer and much faster.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from ecliptic.decide.addresses import kept_query, site_host, without_session

_PLAIN: Final = re.compile(
    r"https?://(?:www\.)?+((?>[a-z0-9-]+(?:\.[a-z0-9-]+)+))/([!$&-/0-9:=@A-Z_a-z~]*+)"
)
"""Most links: nothing of them is left out but the ends."""

_IDLE_FRAGMENT: Final = re.compile(
    r"(?:comments|respond|more-\d+|:~:.*|(?:utm_|xtor|ref|rss|feed).*)?\Z",
    re.IGNORECASE | re.DOTALL,
)
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_LEAST_PATH: Final = 4


class Place(NamedTuple):
    """Where a link leads: a host, and what of it; both without what makes no difference."""

    host: str
    path: str

    @property
    def is_home(self) -> bool:
        """Whether it is hardly more than a host, so that it names no entry."""
        return len(self.path) < _LEAST_PATH


def place_of(link: str) -> Place:
    """Return where a link leads, whatever its scheme, ``www.``, closing slash and tracking.

    A fragment counts, unless it is known to lead to a part of the page.

    >>> place_of("https://www.blog.example/2018/a-post/?utm_source=rss#comments")
    Place(host='blog.example', path='2018/a-post')
    """
    plain = _PLAIN.fullmatch(link)
    if plain is not None:
        path = plain[2]
        if "." in path:
            path = _INDEX.sub("", f"/{path}")
        return Place(plain[1], path.strip("/"))
    _, separator, rest = link.partition("://")
    if not separator:
        return Place("", link)
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    host = site_host(host)
    if ";" in path:
        path = without_session(path)
    if "%" in path:
        path = unquote(path)
    path = _INDEX.sub("", f"/{path}").strip("/")
    if query:
        kept = kept_query(query)
        if kept:
            path += f"?{kept}"
    if fragment and not _IDLE_FRAGMENT.match(fragment):
        path += "#" + fragment
    return Place(host, path)
