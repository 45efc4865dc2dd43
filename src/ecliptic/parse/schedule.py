"""When a feed asks to be read again: ``ttl``, ``sy:updatePeriod``, ``skipHours``, ``skipDays``."""

from __future__ import annotations

from typing import Final

from ecliptic.parse import text
from ecliptic.parse.fields import Fields

_PERIODS: Final = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MAX_MINUTES: Final = 527_040
"""A year; nobody means more."""


def ttl_minutes(value: str) -> int:
    """Return the minutes a feed says it may be kept (RSS 2.0, ttl); 0 for nothing."""
    number = value.partition(".")[0].strip()
    if not number.isascii() or not number.isdigit():
        return 0
    return min(int(number[:9]), _MAX_MINUTES)


def update_seconds(period: str, frequency: str) -> int:
    """Return the seconds between two updates (RSS 1.0 syndication module); 0 for nothing."""
    seconds = _PERIODS.get(period.strip().lower(), 0)
    if not seconds and not frequency:
        return 0
    times = int(frequency[:6]) if frequency.isascii() and frequency.isdigit() else 1
    return max((seconds or _PERIODS["daily"]) // max(times, 1), 60)


def skipped_hours(fields: Fields) -> tuple[int, ...]:
    """Return the hours, 0 to 23 in GMT, at which the feed is not to be read."""
    hours = set()
    for holder in fields.all("skiphours"):
        for child in holder:
            value = text.plain(child)
            if value.isascii() and value.isdigit() and len(value) <= 2 and int(value) <= 24:  # noqa: PLR2004 - hours; RSS 0.91 counted 1 to 24
                hours.add(int(value) % 24)
    return tuple(sorted(hours))


def skipped_days(fields: Fields) -> tuple[str, ...]:
    """Return the English names of the days on which the feed is not to be read."""
    days = {text.plain(child).capitalize() for holder in fields.all("skipdays") for child in holder}
    return tuple(day for day in _DAYS if day in days)
