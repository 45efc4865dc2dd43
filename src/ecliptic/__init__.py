"""Ecliptic, the planet engine: many people's feeds in, one community site out.

As a library:

- ``parse(data, url=…, headers=…)`` reads a feed document,
- ``clean_html(html, base=…)`` makes markup safe to show,
- ``Planet.open(config)`` has the same flows as the commands.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecliptic.documents import clean_html, parse
    from ecliptic.engine import Planet

__version__ = "0.1.0"

__all__ = ["Planet", "__version__", "clean_html", "parse"]


class _Front(ModuleType):
    """The package itself, in which ``parse`` is a function although a stage has that name.

    The import system would put the stage in its place when that is imported.
    """

    @property
    def parse(self) -> object:
        from ecliptic.documents import parse  # noqa: PLC0415 - when first used: ``--help`` is quick

        return parse

    @parse.setter
    def parse(self, stage: ModuleType) -> None:
        """Keep the function; the stage is in ``sys.modules``, where imports find it."""


sys.modules[__name__].__class__ = _Front


def __getattr__(name: str) -> object:
    """Import the library's other doors when they are first used."""
    if name == "clean_html":
        from ecliptic.documents import clean_html  # noqa: PLC0415 - see the docstring

        return clean_html
    if name == "Planet":
        from ecliptic.engine import Planet  # noqa: PLC0415 - see the docstring

        return Planet
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
