"""A page → the icons that it names (HTML, 4.6.7.8), the one that suits a small picture first."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.parse import address, encoding
from ecliptic.parse.discover import base_of, root_of

_MAX_BYTES: Final = 1_000_000
_MOST: Final = 4
_SIZE: Final = re.compile(r"([0-9]{1,4})x[0-9]{1,4}", re.IGNORECASE)
_TOUCH: Final = frozenset({"apple-touch-icon", "apple-touch-icon-precomposed"})
_BEST: Final = 64
"""Pixels: enough for screens that show two for one; smaller is blurred, larger is a waste."""

_TOUCH_SIZE: Final = 180
_ICON_SIZE: Final = 32


def icons(page: bytes, *, url: str, content_type: str = "") -> tuple[str, ...]:
    """Return the addresses of a page's icons, absolute and of the web, each once; at most four.

    Drawings (SVG) are left out: they are no pictures that we keep of a stranger's.
    """
    root = root_of(encoding.decode(page[:_MAX_BYTES], content_type).text)
    if root is None:
        return ()
    base = base_of(root, url)
    found: list[tuple[int, str]] = []
    for element in root.iter("link"):
        relations = set((element.get("rel") or "").lower().split())
        is_touch = bool(relations & _TOUCH)
        href = address.absolute(element.get("href"), base)
        if not ("icon" in relations or is_touch) or not address.is_web(href):
            continue
        if "svg" in (element.get("type") or "").lower() or href.lower().endswith(".svg"):
            continue
        found.append((_distance(element.get("sizes") or "", is_touch=is_touch), href))
    found.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(href for _, href in found))[:_MOST]


def _distance(sizes: str, *, is_touch: bool) -> int:
    """Say how far an icon is from the best size; being too small is the worse."""
    given = [int(size) for size in _SIZE.findall(sizes)]
    sized = given or [_TOUCH_SIZE if is_touch else _ICON_SIZE]
    return min(size - _BEST if size >= _BEST else 4 * (_BEST - size) for size in sized)
