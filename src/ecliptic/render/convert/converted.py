"""What comes of a conversion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

import msgspec

Language: TypeAlias = Literal["genshi", "django"]

Reader: TypeAlias = Callable[[str], str | None]
"""Gives the text of a template that another one names, or ``None`` if it is not there."""


SUFFIX: Final = ".jinja"
"""What the name of a converted template ends with."""

_OLD: Final = (".genshi", ".dj")


def new_name(name: str, read: Reader) -> str:
    """Return the name of a converted template, which no other of its folder gets."""
    short = next((name.removesuffix(end) for end in _OLD if name.endswith(end)), name)
    return f"{name if short != name and read(short) is not None else short}{SUFFIX}"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be said in Jinja, or not quite; ``line`` is of the old template.

    ``what`` is found there, and ``do`` tells the operator what to do about it.
    """

    line: int
    what: str
    do: str


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """A template in Jinja's language.

    ``is_whole`` is false where the old template could not be read at all: then
    nothing of it is in ``text`` but the reason. ``included`` are the old templates that it
    names, as seen from the folder of all of them.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    is_whole: bool = True
    included: tuple[str, ...] = ()


class Unsayable(Exception):  # noqa: N818 - what it is, not what went wrong
    """What has no words in Jinja; ``what`` and ``do`` as in a finding, ``line`` if it is known."""

    def __init__(self, what: str, do: str, line: int = 0) -> None:
        super().__init__(what)
        self.line = line
        self.what = what
        self.do = do
