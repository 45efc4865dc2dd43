"""Times as pages and feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import format_datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from ecliptic.errors import RenderError
from ecliptic.model.entry import Entry
from ecliptic.model.page import PlanetStatus
from ecliptic.model.site import Site

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NAMED: Final = re.compile(r"%([aAbBhp%])")
_FALLBACK: Final = Site(name="")


class Dates:
    """Writes times in the planet's timezone and formats.

    Names of days and months are English whatever locale the process runs in; a
    format that gives nothing, or that strftime refuses, is replaced by the
    default one, so that an entry never lacks its permalink.
    """

    def __init__(self, site: Site) -> None:
        self.zone = _zone(site.timezone)
        self.long = lru_cache(4096)(lambda time: self._write(time, site.date_format, "date_format"))
        self.day = lru_cache(4096)(lambda time: self._write(time, site.day_format, "day_format"))

    def of_day(self, day: date) -> str:
        """Return the heading of a day of the planet's timezone."""
        return self.day(datetime.combine(day, time(12), self.zone))

    def month(self, day: date) -> str:
        """Return the name of a month with its year."""
        return f"{self.month_name(day)} {day.year}"

    def month_name(self, day: date) -> str:
        """Return the name of a month."""
        return MONTHS[day.month - 1]

    def local(self, time: datetime) -> datetime:
        """Return ``time`` in the planet's timezone."""
        try:
            return time.astimezone(self.zone)
        except OverflowError:  # the first or last day of the calendar
            return time

    def _write(self, time: datetime, form: str, setting: str) -> str:
        local = self.local(time)
        try:
            written = " ".join(strftime(local, form).split())
        except (ValueError, UnicodeError):
            written = ""
        return written or strftime(local, getattr(_FALLBACK, setting))


def published(entry: Entry) -> datetime:
    """Return when an entry came out, as our feeds say it: never later than it was seen."""
    return min(entry.published or entry.shown_at, entry.shown_at)


def updated(entry: Entry, status: PlanetStatus) -> datetime:
    """Return when an entry last changed, as our feeds say it: never later than the planet did.

    A date that is still to come would keep the entry on top of readers' lists until then.
    """
    said = entry.updated or published(entry)
    return min(said, status.changed_at or said)


def rfc3339(time: datetime) -> str:
    """Write a time for Atom and JSON Feed (RFC 3339)."""
    return f"{time.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def rfc822(time: datetime) -> str:
    """Write a time for RSS 2.0 (RFC 5322, 3.3)."""
    return format_datetime(time.astimezone(UTC), usegmt=True)


def strftime(time: datetime, form: str) -> str:
    """Write a time as the form says, with English names; raises what Python's own raises."""
    names = {
        "a": DAYS[time.weekday()][:3],
        "A": DAYS[time.weekday()],
        "b": MONTHS[time.month - 1][:3],
        "h": MONTHS[time.month - 1][:3],
        "B": MONTHS[time.month - 1],
        "p": "AM" if time.hour < 12 else "PM",  # noqa: PLR2004 - noon
        "%": "%%",
    }
    return time.strftime(_NAMED.sub(lambda match: names[match[1]], form))


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise RenderError("render.timezone", f"timezone {name!r} is not known") from error
    except KeyError as error:
        raise RenderError("render.timezone", f"timezone {name!r} is not known") from error
