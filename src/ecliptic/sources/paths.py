"""Where a planet's files are, and which places would harm each other."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from ecliptic.model.finding import Finding
from ecliptic.model.paths import SHIPPED_THEMES


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """The absolute paths of a planet; ``theme`` may be empty, or a name that comes along."""

    output: str
    state: str
    theme: str


def resolve(
    config: Path, *, output: str, state: str, theme: str, line_of: Callable[[str], int]
) -> tuple[Places, list[Finding]]:
    """Return the places that settings name, seen from the folder of the configuration."""
    places = Places(
        output=beside(config, output),
        state=beside(config, state or f"{config.stem}.sqlite"),
        theme=beside(config, theme or "theme"),
    )
    problems = [
        Finding(
            severity="error",
            code="sources.bad_path",
            message=f"planet.{key} is {getattr(places, key)}; {reason}",
            line=line_of(key),
            key=f"planet.{key}",
            found=getattr(places, key),
        )
        for key, reason in _conflicts(config, places)
    ]
    if not Path(places.theme).is_dir():
        shipped = theme if theme in SHIPPED_THEMES else ""
        if theme and not shipped:
            problems.append(_no_theme(places.theme, line_of("theme")))
        places = Places(output=places.output, state=places.state, theme=shipped)
    return places, problems


def beside(config: Path, name: str) -> str:
    """Return an absolute path; a relative name is seen from the configuration's folder."""
    return os.path.normpath(config.absolute().parent / home_filled(name))


def home_filled(name: str) -> Path:
    """Return a path with ``~`` replaced; one of an unknown user means itself."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def holds(folder: str, name: str) -> bool:
    """Whether ``name`` is ``folder`` or inside it."""
    return Path(name).is_relative_to(folder)


def _conflicts(config: Path, places: Places) -> list[tuple[str, str]]:
    """Return the key and the reason of each place that cannot be used."""
    found = []
    if holds(places.output, os.path.normpath(config.absolute())):
        found.append(("output", "it holds this file, and what it holds is published"))
    elif places.output == places.state:
        found.append(("output", "that is the state file too; allowed: a folder of its own"))
    elif holds(places.output, places.state):
        found.append(("state", "it is inside the output folder and would be published"))
    elif holds(places.state, places.output):
        found.append(("output", "it is inside the state file; allowed: a folder of its own"))
    apart = not (holds(places.output, places.theme) or holds(places.theme, places.output))
    if not found and not apart:
        found.append(("theme", "theme and output hold each other; allowed: two separate folders"))
    return found


def _no_theme(theme: str, line: int) -> Finding:
    return Finding(
        severity="error",
        code="sources.bad_path",
        message=f"planet.theme is {theme}; there is no such folder; allowed: a folder, or a theme "
        f"that comes along: {', '.join(SHIPPED_THEMES)}",
        line=line,
        key="planet.theme",
        found=theme,
    )
