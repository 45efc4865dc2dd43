"""Times in filters: a year, a month, a day or a minute is a period; ``30d`` is a span."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, TypeAlias

from ecliptic.errors import FilterError

Period: TypeAlias = tuple[datetime, datetime]
"""From the first moment to the one after the last."""

_PERIOD: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?P<time>[Tt ]"
    r"[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?)?)?)?(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_SPAN: Final = re.compile(r"([0-9]{1,5})([hdwy])")
_HOURS: Final = {"h": 1, "d": 24, "w": 7 * 24, "y": 365 * 24}


@lru_cache(maxsize=256)
def period(text: str) -> Period:
    """Return what a text such as ``2024``, ``2024-05`` or ``2024-05-17T12:30Z`` covers, in UTC.

    Raises ``FilterError`` for other texts.
    """
    found = _PERIOD.fullmatch(text)
    if found is None or (found["zone"] and not found["time"]):
        raise _no_time(text)
    try:
        return _period(found)
    except (ValueError, OverflowError) as error:
        raise _no_time(text) from error


def _no_time(text: str) -> FilterError:
    return FilterError(
        "filters.bad_time",
        f"{text!r} is no time: write it as 2024, 2024-05, 2024-05-17 or 2024-05-17T12:30Z",
    )


def _period(found: re.Match[str]) -> Period:
    year, month, day = (int(found[part] or 1) for part in ("year", "month", "day"))
    start = datetime(year, month, day, tzinfo=UTC)
    if found["time"]:
        start = datetime.fromisoformat(found.group().upper().replace(" ", "T"))
        start = start.replace(tzinfo=start.tzinfo or UTC).astimezone(UTC)
        return start, start + timedelta(seconds=1 if found["seconds"] else 60)
    if found["day"]:
        return start, start + timedelta(days=1)
    if found["month"]:
        next_month = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        return start, next_month
    return start, datetime(year + 1, 1, 1, tzinfo=UTC)


def span(text: str) -> timedelta:
    """Return how long ``12h``, ``30d``, ``2w`` or ``1y`` is; raises ``FilterError`` for others."""
    found = _SPAN.fullmatch(text.lower())
    if found is None:
        raise FilterError(
            "filters.bad_span", f"{text!r} is no span of time: write it as 12h, 30d, 2w or 1y"
        )
    return timedelta(hours=int(found[1]) * _HOURS[found[2]])
