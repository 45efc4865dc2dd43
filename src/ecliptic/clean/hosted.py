"""Images of safe markup, as our own host serves them: no other is asked for one.

``SafeHTML`` in, ``SafeHTML`` out: ``<`` and ``>`` stand for tags alone, and every attribute has
quotes around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import msgspec

from ecliptic.model.text import SafeHTML

_TAG: Final = re.compile(r"<(/?(?:a|img|picture|source|video))((?: [^<>]*)?)/?>")
_SOURCE: Final = re.compile(r' src="([^"]*)"')
_SOURCES: Final = re.compile(r' srcset="([^"]*)"')
_POSTER: Final = re.compile(r' poster="([^"]*)"')
_RESPONSIVE: Final = re.compile(r' (?:srcset|sizes)="[^"]*"')
_SIZED: Final = re.compile(r' (?:width|height)="')
_ALTERNATIVE: Final = re.compile(r' alt="([^"]*)"')
_MOST: Final = 200


class Place(msgspec.Struct, frozen=True):
    """Where an image stands on our host, and its size in pixels, 0 where that is not known."""

    url: str
    width: int = 0
    height: int = 0


Placing: TypeAlias = Callable[[str], Place | None]
"""From the address of an image to its place with us, if it has one."""


def images_of(html: str) -> tuple[str, ...]:
    """Return the addresses of the images that markup shows, each once, 200 at most."""
    if not _may_show_any(html):
        return ()
    return tuple(dict.fromkeys(_addresses(html)))[:_MOST]


def with_images(html: SafeHTML, place: Placing) -> SafeHTML:
    """Return markup whose images stand where ``place`` says; the others become links.

    Of several sizes of an image one is left. An image of the markup itself (``data:``) stays.
    """
    if not _may_show_any(html):
        return html
    in_link = False

    def changed(found: re.Match[str]) -> str:
        nonlocal in_link
        name, attributes = found.groups()
        if name in {"a", "/a"}:
            in_link = name == "a"
        elif name == "img":
            return _image(attributes, place, in_link=in_link)
        elif name == "video":
            return f"<video{_POSTER.sub(lambda poster: _poster(poster[1], place), attributes)}>"
        elif name in {"picture", "/picture"} or _SOURCES.search(attributes):
            return ""
        return found.group()

    return SafeHTML(_TAG.sub(changed, html))


def _may_show_any(html: str) -> bool:
    return any(part in html for part in ("<img", "<picture", " srcset=", " poster="))


def _addresses(html: str) -> Iterator[str]:
    for name, attributes in _TAG.findall(html):
        url = _address(attributes) if name == "img" else ""
        if name == "video" and (poster := _POSTER.search(attributes)):
            url = unescape(poster[1])
        if url.startswith(("http://", "https://")):
            yield url


def _address(attributes: str) -> str:
    """Return the address of an image: its own, or the first of its sizes."""
    if found := _SOURCE.search(attributes):
        return unescape(found[1])
    found = _SOURCES.search(attributes)
    return unescape(found[1]).split()[0] if found and found[1].strip() else ""


def _image(attributes: str, place: Placing, *, in_link: bool) -> str:
    url = _address(attributes)
    plain = _RESPONSIVE.sub("", attributes)
    if url.startswith("data:"):
        return f"<img{plain}>"
    found = place(url) if url else None
    if found is None:
        return _instead(url, attributes, in_link=in_link)
    size = ""
    if found.width and not _SIZED.search(plain):
        size = f' width="{found.width}" height="{found.height}"'
    return f'<img src="{escape(found.url)}"{_SOURCE.sub("", plain)}{size}>'


def _instead(url: str, attributes: str, *, in_link: bool) -> str:
    """Return what stands for an image that we do not have: its words, which lead to it."""
    words = _ALTERNATIVE.search(attributes)
    text = words[1].strip() if words else ""
    if not url or in_link:
        return escape(unescape(text), quote=False)
    text = unescape(text) or urlsplit(url).path.rpartition("/")[2] or url
    return f'<a href="{escape(url)}" rel="nofollow noopener">{escape(text, quote=False)}</a>'


def _poster(url: str, place: Placing) -> str:
    found = place(unescape(url))
    return f' poster="{escape(found.url)}"' if found else ""
