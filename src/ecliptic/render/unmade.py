"""What an entry has for templates is made when they ask; a fault in that is not the theme's."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

View = TypeVar("View")
Made = TypeVar("Made")


class UnmadeError(Exception):
    """A part of an entry could not be made; the cause says why."""


def when_asked(make: Callable[[View], Made]) -> cached_property[Made]:
    """Make a property when a template asks for it; whatever that raises is ``UnmadeError``."""

    def made(view: View) -> Made:
        try:
            return make(view)
        except UnmadeError:  # of another part, which says it
            raise
        except Exception as error:
            raise UnmadeError(f"{make.__name__}: {error!r}") from error

    made.__doc__ = make.__doc__
    return cached_property(made)
