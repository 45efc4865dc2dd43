"""parse → render: the picture that pages name for others to show."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from ecliptic.errors import ConfigError, RenderError
from ecliptic.model.codes import words
from ecliptic.model.finding import Finding
from ecliptic.model.site import FROM_NAME, Site
from ecliptic.model.summary import FeedFailure
from ecliptic.render import SocialImage

_KINDS: Final = frozenset({"png", "jpeg", "webp"})


def social_image(site: Site) -> tuple[SocialImage | None, list[FeedFailure]]:
    """Return the planet's picture, if it has one, and why one that is asked for was not made.

    Pages name it by its absolute address, so a planet without a link has none. Raises
    ``ConfigError`` for what is missing or no picture, and ``RenderError`` for a broken font.
    """
    if not (site.social_image and site.link):
        return None, []
    from ecliptic.render.social_image import (  # noqa: PLC0415 - most planets have none
        Undrawn,
        named_image,
    )

    if site.social_image != FROM_NAME:
        return _own(site), []
    found = named_image(site)
    if isinstance(found, Undrawn):
        return None, [FeedFailure(where="social_image", code=found.code, detail=found.detail)]
    return found, []


def check_social_image(site: Site) -> tuple[Finding, ...]:
    """Return what is wrong with the planet's picture."""
    try:
        _, undrawn = social_image(site)
    except (ConfigError, RenderError) as problem:
        return (_finding("error", problem.code, problem.message),)
    return tuple(
        _finding("warning", each.code, words(each.code, {"detail": each.detail}))
        for each in undrawn
    )


def _finding(severity: Literal["error", "warning"], code: str, message: str) -> Finding:
    return Finding(severity=severity, code=code, message=message, key="planet.social_image")


def _own(site: Site) -> SocialImage:
    from ecliptic.render.social_image import own_image  # noqa: PLC0415 - see above

    path = site.social_image
    try:
        body = Path(path).read_bytes()
    except OSError as error:
        raise _unusable(site, f"cannot be read ({error.strerror})") from error
    from ecliptic.parse import picture_of  # noqa: PLC0415 - see above

    picture = picture_of(body)
    if picture is None or picture.kind not in _KINDS:
        raise _unusable(site, "is no picture; allowed: PNG, JPEG or WebP")
    return own_image(picture, body)


def _unusable(site: Site, why: str) -> ConfigError:
    message = f"{site.config}: planet.social_image is {site.social_image}; it {why}"
    return ConfigError("sources.bad_path", message, file=site.config, key="planet.social_image")
