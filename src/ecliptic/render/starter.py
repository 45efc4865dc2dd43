"""The theme folder that a new planet begins with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ecliptic.render.theme import THEMES

STARTER: Final = THEMES / "starter"


def starter_theme() -> Iterator[tuple[str, str]]:
    """Yield each file of a small commented theme: its path in the theme folder, and its text."""
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            yield path.relative_to(STARTER).as_posix(), path.read_text("utf-8")
