"""Settings of the picture that pages name for others to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ecliptic.model.finding import Finding
from ecliptic.model.site import FROM_NAME
from ecliptic.sources.kinds import FILE, SOCIAL_IMAGE
from ecliptic.sources.paths import beside
from ecliptic.sources.setting import Setting

MOST_BYTES: Final = 5_000_000
"""What those who show such pictures take."""

_BEGINNINGS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
"""How PNG, JPEG and WebP begin; the whole header is read when the site is published."""

SOCIAL: Final = (
    Setting(
        key="social_image",
        kind=SOCIAL_IMAGE,
        example=FROM_NAME,
        words="the picture that others show beside a link to the planet (Open Graph): name has it "
        "made from the planet's name, which needs the extra ecliptic[social]; or a file of your "
        "own, best of 1200 by 630 pixels; it needs link",
    ),
    Setting(
        key="social_font",
        kind=FILE,
        words="the font of that picture, as fonts/NotoSans-Bold.ttf; without it, one that has the "
        "letters of English alone",
    ),
)
"""A part of the table [planet]."""


def resolve(
    config: Path, planet: Mapping[str, Any], line_of: Callable[[str], int]
) -> tuple[dict[str, str], list[Finding]]:
    """Return the settings with absolute paths, and what is wrong with the files."""
    found: dict[str, str] = {}
    problems: list[Finding] = []
    for key, fault in (("social_image", _picture_fault), ("social_font", _fault)):
        name = planet.get(key, "")
        if not name or (key == "social_image" and name == FROM_NAME):
            continue
        found[key] = beside(config, name)
        if why := fault(Path(found[key])):
            problems.append(_problem(key, found[key], why, line_of(key)))
    return found, problems


def notices(planet: Mapping[str, Any], line_of: Callable[[str], int]) -> Iterator[str]:
    """Yield what has no effect."""
    image = planet.get("social_image", "")
    if image and not planet.get("link"):
        yield (
            f"No effect: social_image (line {line_of('social_image')}); pages name the picture by "
            "its absolute address, for which the planet needs link."
        )
    if planet.get("social_font") and image != FROM_NAME:
        yield (
            f"No effect: social_font (line {line_of('social_font')}); it is the font of "
            'social_image = "name".'
        )


def _picture_fault(path: Path) -> str:
    if why := _fault(path):
        return why
    if path.stat().st_size > MOST_BYTES:
        return f"it is larger than {MOST_BYTES:,} bytes"
    with path.open("rb") as file:
        is_picture = file.read(len(_BEGINNINGS[0])).startswith(_BEGINNINGS)
    return "" if is_picture else "it is no picture; allowed: PNG, JPEG or WebP"


def _fault(path: Path) -> str:
    try:
        with path.open("rb"):
            return "" if path.is_file() else "that is no file"
    except FileNotFoundError:
        return "there is no such file"
    except OSError as error:
        return f"it cannot be read ({error.strerror})"


def _problem(key: str, path: str, why: str, line: int) -> Finding:
    return Finding(
        severity="error",
        code="sources.bad_path",
        message=f"planet.{key} is {path}; {why}",
        line=line,
        key=f"planet.{key}",
        found=path,
    )
