"""Answers to browsers that ask for an image of another host (``images = "proxy"``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from ecliptic.flows.proxied import Served

IMAGES: Final = "/image/"

HEADERS: Final = (
    # Should the bytes be anything else to a browser, it can do nothing with them.
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


def answer(path: str, image: Callable[[str, str], Served]) -> Served:
    """Answer a request for ``/image/SIGNATURE/ADDRESS``."""
    sign, _, url = path.removeprefix(IMAGES).partition("/")
    return image(sign, unquote(url))
