"""Where the images of entries stand on our own host: as copies, or behind `ecliptic serve`."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from functools import partial
from typing import Final
from urllib.parse import quote

from ecliptic.clean.hosted import Place, with_images
from ecliptic.model.page import Page
from ecliptic.model.paths import IMAGES
from ecliptic.model.site import Site
from ecliptic.model.text import SafeHTML
from ecliptic.store import Store

PROXY: Final = "image"
"""The folder of addresses that `ecliptic serve` answers with an image of another host."""

_DIGITS: Final = 32


class HostedImages:
    """The images of one planet, as its pages show them; none is loaded from another host."""

    def __init__(self, site: Site, store: Store) -> None:
        is_stored = site.images == "store"
        self._secret = b"" if is_stored else store.pictures().secret()
        self._copies = store.pictures().images().stored() if is_stored else {}

    def pages(self) -> Iterator[Page]:
        """Yield the copies, each once."""
        for picture in {copy.mark: copy for copy in self._copies.values()}.values():
            yield Page(path=picture.path(IMAGES), kind="picture", picture=picture.mark)

    def html(self, html: SafeHTML, root: str) -> SafeHTML:
        """Return markup of a page from which ``root`` leads to the top of the site."""
        return with_images(html, partial(self._place, root))

    def address(self, url: str, root: str) -> str:
        """Return the place of an image, or ``""`` where we have none."""
        found = self._place(root, url)
        return found.url if found else ""

    def _place(self, root: str, url: str) -> Place | None:
        if self._secret:
            sign = signature(self._secret, url)
            return Place(f"{root}{PROXY}/{sign}/{quote(url, safe='')}")
        copy = self._copies.get(url)
        return Place(root + copy.path(IMAGES), copy.width, copy.height) if copy else None


def signature(secret: bytes, url: str) -> str:
    """Return what shows that an address was written into a page of ours."""
    return hmac.new(secret, url.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:_DIGITS]
