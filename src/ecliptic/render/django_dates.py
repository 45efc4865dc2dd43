"""Times in the letters of Django's ``date`` filter, and in those of Python's ``strftime``.

Names of days and months are English, as on all our pages.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from ecliptic.render.dates import DAYS, MONTHS, strftime

_LETTER: Final = re.compile(r"\\(.)|([A-Za-z])", re.DOTALL)
_SHORT: Final = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.",
                 "Nov.", "Dec.")  # fmt: skip
_NOON: Final = 12


def django_date(time: datetime, form: str) -> str:
    """Write a time; a letter that says nothing stands for itself."""

    def letter(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        write = _LETTERS.get(match[2])
        return write(time) if write else match[2]

    return _LETTER.sub(letter, str(form))


def python_date(time: datetime, form: str) -> str:
    """Write a time; what strftime refuses is written as the form says it."""
    try:
        return strftime(time, str(form))
    except (ValueError, UnicodeError):
        return str(form)


def _hour(time: datetime) -> int:
    return time.hour % _NOON or _NOON


def _half(time: datetime) -> str:
    return "a.m." if time.hour < _NOON else "p.m."


def _clock(time: datetime) -> str:
    """Write the hour, with minutes where there are any."""
    return str(_hour(time)) + (f":{time.minute:02}" if time.minute else "")


def _short_clock(time: datetime) -> str:
    if not time.minute and time.hour in {0, _NOON}:
        return "noon" if time.hour else "midnight"
    return f"{_clock(time)} {_half(time)}"


def _ordinal(time: datetime) -> str:
    if time.day in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(time.day % 10, "th")


_LETTERS: Final[dict[str, Callable[[datetime], str]]] = {
    "a": _half,
    "A": lambda time: "AM" if time.hour < _NOON else "PM",
    "b": lambda time: MONTHS[time.month - 1][:3].lower(),
    "c": lambda time: time.isoformat(),
    "d": lambda time: f"{time.day:02}",
    "D": lambda time: DAYS[time.weekday()][:3],
    "e": lambda time: time.tzname() or "",
    "E": lambda time: MONTHS[time.month - 1],
    "f": _clock,
    "F": lambda time: MONTHS[time.month - 1],
    "g": lambda time: str(_hour(time)),
    "G": lambda time: str(time.hour),
    "h": lambda time: f"{_hour(time):02}",
    "H": lambda time: f"{time.hour:02}",
    "i": lambda time: f"{time.minute:02}",
    "I": lambda time: "1" if time.dst() else "0",
    "j": lambda time: str(time.day),
    "l": lambda time: DAYS[time.weekday()],
    "L": lambda time: str(isleap(time.year)),
    "m": lambda time: f"{time.month:02}",
    "M": lambda time: MONTHS[time.month - 1][:3],
    "n": lambda time: str(time.month),
    "N": lambda time: _SHORT[time.month - 1],
    "o": lambda time: str(time.isocalendar().year),
    "O": lambda time: f"{time:%z}",
    "P": _short_clock,
    "r": lambda time: f"{DAYS[time.weekday()][:3]}, {strftime(time, '%d %b %Y %H:%M:%S %z')}",
    "s": lambda time: f"{time.second:02}",
    "S": _ordinal,
    "t": lambda time: str(monthrange(time.year, time.month)[1]),
    "T": lambda time: time.tzname() or "",
    "u": lambda time: f"{time.microsecond:06}",
    "U": lambda time: str(int(time.timestamp())),
    "w": lambda time: str((time.weekday() + 1) % 7),
    "W": lambda time: str(time.isocalendar().week),
    "y": lambda time: f"{time.year % 100:02}",
    "Y": lambda time: f"{time.year:04}",
    "z": lambda time: str(time.timetuple().tm_yday),
    "Z": lambda time: str(int((time.utcoffset() or timedelta()).total_seconds())),
}
