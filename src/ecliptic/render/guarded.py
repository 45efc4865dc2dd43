"""Values of converted templates: text that knows its markup, and text that knows its time.

Whatever a template does with them gives plain text, which Jinja escapes: only the whole
of what ``clean`` made is ever written as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from markupsafe import Markup

from ecliptic.render.htmltmpl import Value


class Guarded(str):
    """Text with the markup that was made safe for it, which a template may ask for."""

    __slots__ = ("markup",)
    markup: Markup

    def __new__(cls, text: str, markup: Markup) -> Self:
        """Return ``text``, with ``markup`` behind it."""
        made = super().__new__(cls, text)
        made.markup = markup
        return made


class Released(Guarded):
    """The same, where the template asked for its markup; any part of it is plain text."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """Return the markup: this is what Jinja writes."""
        return self.markup


class Moment(str):
    """A time as it is written by default, which can be written in another way too."""

    __slots__ = ("time",)
    time: datetime

    def __new__(cls, text: str, time: datetime) -> Self:
        """Return ``text``, with the ``time`` that it tells, in the planet's timezone."""
        made = super().__new__(cls, text)
        made.time = time
        return made


def released(value: object) -> object:
    """Return what is written for a value whose markup is asked for; plain text stays so."""
    return Released(str(value), value.markup) if isinstance(value, Guarded) else value


def guarded(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return values whose markup has to be asked for; a plain title is one with no markup."""
    return {key: _guarded(key, value, values) for key, value in values.items()}


def _guarded(key: str, value: Value, values: Mapping[str, Value]) -> Value:
    if not isinstance(value, Markup):
        return value
    plain = values.get("title_plain") if key == "title" else None
    return Guarded(plain if isinstance(plain, str) else str(value), value)


def is_list(value: object) -> bool:
    """Whether a value is a list of some kind, and no text."""
    return isinstance(value, Sequence) and not isinstance(value, str)
