"""Ecliptic, the planet engine: many people's feeds in, one community site out.

As a library:

- ``parse(data, url=…, headers=…)`` reads a feed document,
- ``clean_html(html, base=…)`` makes markup safe to show,
- ``Planet.open(config)`` has the same flows as the commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecliptic.documents import clean_html, parse
    from ecliptic.engine import Planet

__version__ = "0.1.0"

__all__ = ["Planet", "__version__", "clean_html", "parse"]


def __getattr__(name: str) -> object:
    """Import the library's doors when they are first used, so that ``--help`` stays quick."""
    if name in {"parse", "clean_html"}:
        from ecliptic import documents  # noqa: PLC0415 - see the docstring

        return getattr(documents, name)
    if name == "Planet":
        from ecliptic.engine import Planet  # noqa: PLC0415 - see the docstring

        return Planet
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
