"""The picture that pages name for others to show: made from the planet's name, or its operator's.

It is drawn by Pillow, from the extra ``social``.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Final
from unicodedata import normalize
from urllib.parse import urlsplit

import msgspec

from ecliptic.errors import ConfigError, RenderError
from ecliptic.model.picture import ENDINGS, Picture
from ecliptic.model.site import Site
from ecliptic.render.fingerprint import code_fingerprint, encode
from ecliptic.render.naming import page_address

LONGEST: Final = 200
"""Characters of a name that is drawn."""

_DRAWN: Final = "png"


class SocialImage(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the whole planet: where it stands in the site, its type and its pixels.

    ``mark`` is a hash of what it shows, and ``stamp`` one of all that its bytes depend on;
    ``make`` returns them.
    """

    path: str
    media_type: str
    width: int
    height: int
    mark: str
    stamp: str
    make: Callable[[], bytes]


class Undrawn(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no picture of a name: a code, and what is to be said with it."""

    code: str
    detail: str = ""


def named_by_pages(site: Site, image: SocialImage | None) -> dict[str, object] | None:
    """Return what pages say of the picture; its address changes when it shows something else."""
    if image is None or not site.link:
        return None
    return {
        "url": f"{page_address(site, image.path)}?{image.mark}",
        "type": image.media_type,
        "width": image.width,
        "height": image.height,
    }


def own_image(picture: Picture, body: bytes) -> SocialImage:
    """Return the operator's own picture, which is published as it is."""
    return SocialImage(
        path=f"social.{ENDINGS[picture.kind]}",
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        mark=picture.mark,
        stamp=picture.mark,
        make=lambda: body,
    )


def named_image(site: Site) -> SocialImage | Undrawn:
    """Return the picture of a planet's name, drawn when it is asked for, or why there is none.

    Raises ``ConfigError`` without Pillow, and ``RenderError`` for a font that cannot be used.
    """
    _require_pillow()
    font = site.social_font
    try:
        return _named(_composed(site.name), _composed(_address(site)), font)
    except (OSError, ValueError) as error:
        place = font or "the font that comes with Pillow"
        message = f"{place}: cannot be used as a font ({error}); name another as social_font"
        raise RenderError("render.font", message, file=font) from error


def _named(name: str, address: str, font: str) -> SocialImage | Undrawn:
    from ecliptic.render.nameplate import SIZE, Nameplate  # noqa: PLC0415 - needs the extra

    if len(name) > LONGEST:
        return Undrawn(code="render.social_long", detail=f"{len(name):,}")
    plate = Nameplate(name, address, font)
    if lacking := plate.lacking:
        return Undrawn(code="render.social_letters", detail=_named_letters(lacking))
    if plate.needs_shaping:
        return Undrawn(code="render.social_shaping")
    if None in plate.blocks:
        return Undrawn(code="render.social_room")
    letters = blake2b(Path(font).read_bytes()).digest() if font else b""
    shown = (name, address, letters)
    return SocialImage(
        path=f"social.{ENDINGS[_DRAWN]}",
        media_type=f"image/{_DRAWN}",
        width=SIZE[0],
        height=SIZE[1],
        mark=_hash(shown),
        stamp=_hash((*shown, plate.made_by, code_fingerprint())),
        make=plate.png,
    )


def _require_pillow() -> None:
    try:
        import PIL  # noqa: F401, PLC0415 - an extra, and most planets do without
    except ImportError as error:
        raise ConfigError(
            "render.no_pillow",
            'social_image = "name" needs the extra `social`: pip install "ecliptic[social]"; '
            "or name a picture of your own as social_image",
        ) from error


def _composed(text: str) -> str:
    """Return a text with letters and their accents as one, and single blanks (Unicode, NFC)."""
    return " ".join(normalize("NFC", text).split())


def _address(site: Site) -> str:
    """Return where the planet is, as people say it: without scheme, and slash at the end."""
    parts = urlsplit(site.link)
    place = f"{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
    return place if len(place) <= LONGEST else parts.hostname or ""


def _named_letters(letters: str) -> str:
    """Return a few characters as people read them, and as they are named."""
    named = [f"{letter} (U+{ord(letter):04X})" for letter in letters[:5]]
    return ", ".join(named) + (" …" if len(letters) > len(named) else "")


def _hash(values: object) -> str:
    return blake2b(encode(values), digest_size=8).hexdigest()
