"""Filters that converted templates use: those of Django that Jinja has not, and guards.

Each gives plain text, which Jinja escapes. Written anew from what Django's manual says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby, islice
from typing import Any, Final

from jinja2 import Undefined
from markupsafe import Markup

from ecliptic.render.django_dates import django_date, python_date
from ecliptic.render.guarded import Moment, is_list, released
from ecliptic.render.htmltmpl.markup import written
from ecliptic.render.htmltmpl.place import Place, attribute_place

_PLACES: Final[tuple[Place, ...]] = (
    "quoted", "address", "handler", "bare", "bare_handler", "script", "comment", "cdata",
)  # fmt: skip
_STEP: Final = 1_024
_UNITS: Final = ("KB", "MB", "GB", "TB", "PB")
_NAME: Final = re.compile(r"[^\s\"'<>/=&\x00-\x1f]+")
_PARAGRAPHS: Final = re.compile(r"\n{2,}")
_LONGEST: Final = 1_000
_MAYBE: Final = 2


def attribute(name: str, value: object) -> Markup:
    """Return an attribute with its value; nothing where there is none."""
    if value is None or isinstance(value, Undefined) or not _NAME.fullmatch(name):
        return Markup("")
    guarded = written(value, "", attribute_place(name, is_first=True))
    return Markup(f' {name}="{guarded}"')  # noqa: S704 - made safe for its place


class Changed:
    """Tells whether values are others than the last time; the first time they are."""

    def __init__(self) -> None:
        self._last: tuple[object, ...] | None = None

    def __call__(self, *values: object) -> bool:
        """Return whether ``values`` are others."""
        is_new = values != self._last
        self._last = values
        return is_new


def _in_place(place: Place) -> Callable[[object], Markup]:
    def guard(value: object) -> Markup:
        shown = "" if value is None else value
        return Markup(written(shown, "", place))  # noqa: S704 - made safe for its place

    return guard


def _date(value: object, form: str) -> str:
    return django_date(value.time, form) if isinstance(value, Moment) else str(value)


def _strftime(value: object, form: str) -> str:
    return python_date(value.time, form) if isinstance(value, Moment) else str(value)


def _add(value: Any, more: Any) -> Any:
    try:
        return int(value) + int(more)
    except (TypeError, ValueError):
        return str(value) + str(more)


def _addslashes(value: object) -> str:
    return re.sub(r"([\\'\"])", r"\\\1", str(value))


def _capfirst(value: object) -> str:
    text = str(value)
    return text[:1].upper() + text[1:]


def _cut(value: object, what: str) -> str:
    return str(value).replace(str(what), "")


def _default_if_none(value: object, instead: object) -> object:
    return instead if value is None else value


def _divisibleby(value: Any, by: Any) -> bool:
    return int(value) % int(by) == 0


def _filesizeformat(value: Any) -> str:
    """Write a number of bytes, in steps of 1,024."""
    try:
        size = float(value)
    except (TypeError, ValueError):
        return "0\xa0bytes"
    if abs(size) < _STEP:
        return f"{size:.0f}\xa0byte{'' if size == 1 else 's'}"
    for unit in _UNITS:
        size /= _STEP
        if abs(size) < _STEP or unit == _UNITS[-1]:
            break
    return f"{size:.1f}\xa0{unit}"


def _floatformat(value: Any, digits: Any) -> str:
    """Write a number with as many digits; with fewer than none, only where it has any."""
    try:
        number, count = float(value), int(digits)
    except (TypeError, ValueError):
        return ""
    places = min(abs(count), 30)
    return f"{number:.{places}f}" if count >= 0 or number % 1 else f"{number:.0f}"


def _justified(side: str) -> Callable[[object, Any], str]:
    def justify(value: object, width: Any) -> str:
        count = min(int(width), _LONGEST)
        return str(value).ljust(count) if side == "left" else str(value).rjust(count)

    return justify


def _linebreaks(value: object) -> Markup:
    parts = _PARAGRAPHS.split(str(value).replace("\r\n", "\n"))
    return Markup("\n\n").join(Markup("<p>{}</p>").format(_linebreaksbr(part)) for part in parts)


def _linebreaksbr(value: object) -> Markup:
    return Markup("<br>").join(str(value).split("\n"))


def _pluralize(value: Any, endings: str) -> str:
    one, comma, many = endings.partition(",")
    one, many = (one, many) if comma else ("", one)
    try:
        count = float(value)
    except (TypeError, ValueError):
        count = len(value)
    return one if count == 1 else many


def _slugify(value: object) -> str:
    text = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text)).strip("-_")


def _slice_of(value: Any, bounds: str) -> object:
    """Return some of a list or text, as ``bounds`` say: ``:3``, ``1:``, ``1:5:2``."""
    ends = [int(part) if part.strip() else None for part in str(bounds).split(":")]
    return _cut_out(value, *ends) if len(ends) > 1 else _cut_out(value, None, *ends)


def _cut_out(value: Any, *ends: int | None) -> object:
    """Return some of a list or text; of text with markup, plain text."""
    return (value if is_list(value) else str(value))[slice(*ends)]


def _stringformat(value: object, form: str) -> str:
    match = re.fullmatch(r"[-+ 0#]?\d{0,3}(?:\.\d{1,3})?[sdifeg]", form)
    if match is None:
        return ""
    try:
        return f"%{form}" % value
    except (TypeError, ValueError):
        return ""


def _truncatechars(value: object, length: Any) -> str:
    text, most = str(value), max(int(length), 1)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _truncatewords(value: object, length: Any) -> str:
    words, most = str(value).split(), max(int(length), 0)
    return " ".join(words) if len(words) <= most else f"{' '.join(words[:most])} …"


def _yesno(value: object, words: str) -> str:
    yes, _, rest = words.partition(",")
    no, _, maybe = rest.partition(",")
    if value is None:
        return maybe or no
    return yes if value else no


def _regroup(values: Iterable[Any], key: str) -> list[dict[str, object]]:
    """Return runs of values that have the same in ``key``, as Django's ``regroup`` does."""

    def of(value: Any) -> object:
        for part in key.split("."):
            value = value.get(part, "") if hasattr(value, "get") else ""
        return value

    return [{"grouper": found, "list": list(group)} for found, group in groupby(values, of)]


def _enumerate(values: Iterable[object], start: int = 0) -> list[tuple[int, object]]:
    return list(enumerate(values, start))


def _zip(*values: Iterable[object]) -> list[tuple[object, ...]]:
    return list(islice(zip(*values, strict=False), 100_000))


FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "attribute": attribute,
    "changed": Changed,
    "enumerate": _enumerate,
    "zip": _zip,
}
"""What converted templates call."""

FILTERS: Final[dict[str, Callable[..., object]]] = {
    **{f"in_{place}": _in_place(place) for place in _PLACES},
    "add": _add,
    "addslashes": _addslashes,
    "capfirst": _capfirst,
    "cut": _cut,
    "cut_out": _cut_out,
    "date": _date,
    "default_if_none": _default_if_none,
    "divisibleby": _divisibleby,
    "filesizeformat": _filesizeformat,
    "floatformat": _floatformat,
    "length_is": lambda value, length: len(value) == int(length),
    "linebreaks": _linebreaks,
    "linebreaksbr": _linebreaksbr,
    "ljust": _justified("left"),
    "pluralize": _pluralize,
    "regroup": _regroup,
    "rjust": _justified("right"),
    "safe": released,
    "slice_of": _slice_of,
    "slugify": _slugify,
    "strftime": _strftime,
    "stringformat": _stringformat,
    "truncatechars": _truncatechars,
    "truncatewords": _truncatewords,
    "yesno": _yesno,
}
"""What converted templates filter with, beside Jinja's own."""
