"""Times as pages and feeds write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import format_datetime
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from ecliptic.errors import RenderError
from ecliptic.model.entry import Entry
from ecliptic.model.page import PlanetStatus
from ecliptic.model.site import Site
from ecliptic.render.interface import SOURCE_LANGUAGE, Interface, interface, noted, noted_as

DAYS: Final = (
    noted("Monday"), noted("Tuesday"), noted("Wednesday"), noted("Thursday"), noted("Friday"),
    noted("Saturday"), noted("Sunday"),
)  # fmt: skip
MONTHS: Final = (
    noted("January"), noted("February"), noted("March"), noted("April"), noted("May"),
    noted("June"), noted("July"), noted("August"), noted("September"), noted("October"),
    noted("November"), noted("December"),
)  # fmt: skip
_SHORT_DAYS: Final = (
    noted_as("abbreviation", "Mon"), noted_as("abbreviation", "Tue"),
    noted_as("abbreviation", "Wed"), noted_as("abbreviation", "Thu"),
    noted_as("abbreviation", "Fri"), noted_as("abbreviation", "Sat"),
    noted_as("abbreviation", "Sun"),
)  # fmt: skip
_SHORT_MONTHS: Final = (
    noted_as("abbreviation", "Jan"), noted_as("abbreviation", "Feb"),
    noted_as("abbreviation", "Mar"), noted_as("abbreviation", "Apr"),
    noted_as("abbreviation", "May"), noted_as("abbreviation", "Jun"),
    noted_as("abbreviation", "Jul"), noted_as("abbreviation", "Aug"),
    noted_as("abbreviation", "Sep"), noted_as("abbreviation", "Oct"),
    noted_as("abbreviation", "Nov"), noted_as("abbreviation", "Dec"),
)  # fmt: skip
_NOON: Final = 12
_MORNING, _EVENING = noted("AM"), noted("PM")
_MONTH: Final = noted("%B %Y")
_FORMATS: Final = (noted("%B %d, %Y %I:%M %p"), noted("%B %d, %Y"))
"""Those that a planet has of which the operator asks for none: each language has its own."""

_NAMED: Final = re.compile(r"%(-?)([aAbBhpdmHI%])")
_QUICK: Final = re.compile(r"%(-?)([aAbBhpdmHI]|(?<!-)[MSY])")
_FOUR_DIGITS: Final = 1_000
_DIRECTIVE: Final = re.compile(r"%[-_0^#:EO]*[a-zA-Z%]")
_FALLBACK: Final = Site(name="")
_NUMBERS: Final[Mapping[str, Callable[[datetime], int]]] = {
    "d": attrgetter("day"),
    "m": attrgetter("month"),
    "H": attrgetter("hour"),
    "I": lambda time: (time.hour + 11) % 12 + 1,
    "M": attrgetter("minute"),
    "S": attrgetter("second"),
    "Y": attrgetter("year"),
}


class Dates:
    """Writes times in the planet's timezone and formats.

    Names of days and months are of the planet's language, whatever locale the process runs
    in, as are the formats that the operator did not set. A format that gives nothing, or that
    strftime refuses, is replaced by the default one, so that an entry never lacks its permalink.
    """

    def __init__(self, site: Site, words: Interface | None = None) -> None:
        """Take the settings, and the words of the theme, or those of the planet's language."""
        self._site = site
        self.zone = _zone(site.timezone)
        self._words = words or interface(site.language)
        self.long = lru_cache(4096)(lambda time: self._write(time, site.date_format, "date_format"))
        self.day = lru_cache(4096)(lambda time: self._write(time, site.day_format, "day_format"))

    @cached_property
    def english(self) -> Dates:
        """The same in English, for sentences that are; a format with words of its own gives way."""
        site = self._site
        is_english = (site.language or SOURCE_LANGUAGE).lower().startswith(SOURCE_LANGUAGE)
        if not is_english and _has_words(site.date_format):
            site = msgspec.structs.replace(site, date_format=_FALLBACK.date_format)
        return Dates(site, interface(SOURCE_LANGUAGE))

    def of_day(self, day: date) -> str:
        """Return the heading of a day of the planet's timezone."""
        return self.day(datetime.combine(day, time(12), self.zone))

    def month(self, day: date) -> str:
        """Return the name of a month with its year."""
        return self.written(datetime.combine(day, time(12)), self._words.say(_MONTH))

    def month_name(self, day: date) -> str:
        """Return the name of a month."""
        return self._words.say(MONTHS[day.month - 1])

    def local(self, time: datetime) -> datetime:
        """Return ``time`` in the planet's timezone."""
        try:
            return time.astimezone(self.zone)
        except OverflowError:  # the first or last day of the calendar
            return time

    def _write(self, time: datetime, form: str, setting: str) -> str:
        local = self.local(time)
        own = self._words.say(form) if form in _FORMATS else form
        try:
            written = " ".join(self.written(local, own).split())
        except (ValueError, UnicodeError):
            written = ""
        return written or self.written(local, getattr(_FALLBACK, setting))

    def written(self, time: datetime, form: str) -> str:
        """Return a time as a form says it; raises what Python's own ``strftime`` raises."""
        quick = self._quick(form)
        if quick is None or time.year < _FOUR_DIGITS:
            return time.strftime(_NAMED.sub(lambda match: self._piece(*match.groups())(time), form))
        text, pieces = quick
        return text % tuple([piece(time) for piece in pieces])

    @lru_cache(16)  # noqa: B019 - a planet has few forms, and is there as long as a run
    def _quick(self, form: str) -> tuple[str, list[Callable[[datetime], str]]] | None:
        """Return a form with its pieces, if nothing in it needs ``strftime``."""
        parts = _QUICK.split(form)
        texts = parts[::3]
        if not all(text.isprintable() and "%" not in text for text in texts):
            return None
        named = zip(parts[1::3], parts[2::3], strict=True)
        return "%s".join(texts), [self._piece(*each) for each in named]

    def _piece(self, unpadded: str, directive: str) -> Callable[[datetime], str]:
        """Return what writes a directive, in no locale but ours; ``%-d`` is the same everywhere."""
        if directive == "%":
            return lambda _: "%-%" if unpadded else "%%"
        if directive in self._names:
            place, names = self._names[directive]
            return lambda time: names[place(time)]
        number, form = _NUMBERS[directive], "{}" if unpadded else "{:02}"
        return lambda time: form.format(number(time))

    @cached_property
    def _names(self) -> Mapping[str, tuple[Callable[[datetime], int], Sequence[str]]]:
        """What directives name, and the place of a time among these names."""
        say, short = self._words.say, self._words.short
        month, months = attrgetter("month"), ["", *map(short, _SHORT_MONTHS)]
        return {
            "B": (month, ["", *map(say, MONTHS)]),
            "b": (month, months),
            "h": (month, months),
            "A": (datetime.weekday, [*map(say, DAYS)]),
            "a": (datetime.weekday, [*map(short, _SHORT_DAYS)]),
            "p": (lambda time: time.hour // _NOON, [say(_MORNING), say(_EVENING)]),
        }


def _has_words(form: str) -> bool:
    """Whether a format has letters that stand in the text as they are."""
    return any(letter.isalpha() for letter in _DIRECTIVE.sub("", form))


def strftime(time: datetime, form: str) -> str:
    """Write a time as a form says it, in English; raises what Python's own raises."""
    return Dates(_FALLBACK).written(time, form)


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


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise RenderError("render.timezone", f"timezone {name!r} is not known") from error
    except KeyError as error:
        raise RenderError("render.timezone", f"timezone {name!r} is not known") from error
