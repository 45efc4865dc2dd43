"""Dates as feeds write them → aware times in UTC, or nothing; never a guess at "now".

RFC 822 and its abuses, ISO 8601 and its subsets, ctime, and the spellings of
software that wrote dates in its user's language.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_FIRST_YEAR: Final = 1990
"""Feeds are younger. Zero dates (1 January 1, 1970, 1601) mean that none was set."""

_MONTH_NAMES: Final = """
1 jan january januar janvier enero ene gennaio gen janeiro januari jänner sty stycznia
1 январь января янв január ιαν ιανουαρίου tammikuu janv ledna led ocak oca
1 jaan jaanuar tammi ian ianuarie січ січня яну
2 feb february februar février febrero febbraio fevereiro fev februari feber luty lutego
2 февраль февраля фев február februári φεβ φεβρουαρίου helmikuu févr února úno şubat şub
2 veebr veebruar lut helmi лют лютого
3 mar march märz mär maerz mars marzo março maart mrt marca marzec март марта мар március
3 mársius μάρ μαρ μαρτίου maaliskuu března bře mart
3 märts márc már maalis бер березня
4 apr april avril avr abril abr aprile aprilie kwi kwietnia апрель апреля апр április
4 ápriilis απρ απριλίου huhtikuu dubna dub nisan nis
4 aprill április ápr huhti кві квітня
5 may mai mei maj mayo maio maggio mag maja май мая május máj μάι μαϊ μαι μαΐου toukokuu
5 května kvě mayıs
5 touko тра травня
6 jun june juni juin junio giugno giu junho czerwca cze июнь июня июн június ιούν ιουν ιον
6 ιουνίου kesäkuu června čvn haziran haz
6 juuni jún kesä iun iunie чер червня юни
7 jul july juli juillet juil julio luglio lug julho lipca lip июль июля июл július ιούλ
7 ιουλ ιολ ιουλίου heinäkuu července čvc temmuz tem
7 juuli júl heinä iul iulie лип липня юли
8 aug august août aoû agosto ago augusti augustus sierpnia sie август августа авг
8 augusztus αύγ αυγ αυγούστου elokuu srpna srp ağustos ağu
8 agu agustus elo сер серпня
9 sep sept september septembre septiembre settembre set setembro września wrz сентябрь
9 сентября сен szeptember σεπ σεπτεμβρίου syyskuu září zář eylül eyl
9 szept syys вер вересня сеп
10 oct october oktober oktobra okt octobre octubre ottobre ott outubro out października paź
10 октябрь октября окт október οκτ οκτωβρίου lokakuu října říj ekim eki
10 oktoober loka жов жовтня
11 nov november novembre noviembre novembro novembra listopada lis ноябрь ноября ноя нояб
11 νοέ νοε νοεμβρίου marraskuu listopadu kasım kas
11 marras noi noiembrie лис листопада ное
12 dec december dezember dez décembre déc diciembre dic dicembre dezembro grudnia gru
12 декабрь декабря дек δεκ δεκεμβρίου joulukuu prosince pro aralık ara
12 dets detsember des desember joulu гру грудня
"""
_MONTHS: Final = {
    name: int(number)
    for number, *names in map(str.split, _MONTH_NAMES.strip().splitlines())
    for name in names
}
"""Month names. Where two languages differ over an abbreviation, English has it."""

_ZONES: Final = {
    "": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "a": -1, "n": 1, "m": -12, "y": 12,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "et": -5, "ct": -6, "mt": -7, "pt": -8, "ast": -4, "adt": -3, "akst": -9, "akdt": -8,
    "hst": -10, "nst": -3.5, "ndt": -2.5, "bst": 1, "ist": 5.5, "west": 1, "cet": 1, "cest": 2,
    "mez": 1, "mesz": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "sast": 2, "msk": 3, "msd": 4,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "awst": 8, "acst": 9.5, "aest": 10,
    "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "clt": -4,
}  # fmt: skip
"""Hours east of Greenwich by name (RFC 822, 5.1 and common use)."""

_TIME: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,:]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE: Final = r"(?:\s*(?P<zone>[A-Za-z]{0,4}\s*[+-]\s?\d{1,2}:?\d{0,2}(?!\d)|[A-Za-z]{1,5}\b))?"
_NAME: Final = r"[^\W\d_]{3,12}"

_AFTER_DAY: Final = rf"(?:[,:T\s]+(?:at\s+)?{_TIME}{_ZONE})?"
_WEEKDAY: Final = r"(?:[^\W\d_]+[.,\s][,\s]*)?"
_PATTERN_TEXTS: Final = {
    "RFC 822: Thu, 01 Jan 2004 19:48:21 GMT; the day's name may be anything or missing": (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s,/-]*(?P<name>{_NAME})"
        rf"[.,]?[\s,/-]*(?P<year>\d{{4}}|\d\d(?!:))(?!\d){_AFTER_DAY}"
    ),
    "ISO 8601 with separators, in any mixture: 2004-07-08 23:56:58.0, 2004/7/8T3:5Z": (
        rf"{_WEEKDAY}(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)"
        rf"(?!\s+(?:오전|오후)){_AFTER_DAY}"
    ),
    "ctime: Sun Jan  4 16:29:06 PST 2004": (
        rf"{_WEEKDAY}(?P<name>{_NAME})\.?\s+(?P<day>\d{{1,2}})\s+{_TIME}{_ZONE}"
        r"\s+(?P<year>\d{4})"
    ),
    "American: January 4, 2004 4:29 PM": (
        rf"{_WEEKDAY}(?P<name>{_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
        rf"(?P<year>\d{{4}}){_AFTER_DAY}"
    ),
    "Hungarian: 2005-július-13T9:15-05:00": (
        rf"(?P<year>\d{{4}})[-.\s]+(?P<name>{_NAME})[-.\s]+(?P<day>\d{{1,2}})\.?{_AFTER_DAY}"
    ),
    "Korean and Japanese: 2004년 05월 28일 오후 01:31:15": (
        r"(?P<year>\d{4})\s*[년年]\s*(?P<month>\d{1,2})\s*[월月]\s*(?P<day>\d{1,2})\s*[일日]"
        rf"(?:\s*(?P<korean>오전|오후|午前|午後)?\s*{_TIME}(?P<zone>))?"
    ),
    "RFC 822 with the months of East Asia: 월, 03 2월 2004 19:48:21 +0900": (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s+(?P<month>\d{{1,2}})[月월]\s+(?P<year>\d{{4}}){_AFTER_DAY}"
    ),
    "Nate: 2004-05-25 오후 11:23:17": (
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\s+(?P<korean>오전|오후)\s+"
        rf"{_TIME}(?P<zone>)"
    ),
    "ISO 8601 without separators: 20040708T233012Z": (
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
        rf"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d){_ZONE})?\Z"
    ),
    "the day of the year: 2004-190": (
        rf"(?P<year>\d{{4}})-?(?P<ordinal>\d{{3}})(?:T{_TIME}{_ZONE})?\Z"
    ),
    "the day of the week: 2004-W28-4, 2004W28": (
        rf"(?P<year>\d{{4}})-?W(?P<week>\d\d)(?:-?(?P<weekday>[1-7]))?(?:T{_TIME}{_ZONE})?\Z"
    ),
    "less than a day: 2004-07, 2004": r"(?P<year>\d{4})(?:-(?P<month>\d\d))?-?\Z",
    "American and European figures; more than 12 settles which is the day": (
        r"(?P<first>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<year>\d{4}|\d\d)(?!\d)"
        rf"{_AFTER_DAY}"
    ),
}
_PATTERNS: Final = tuple(re.compile(pattern) for pattern in _PATTERN_TEXTS.values())
_USUAL: Final = re.compile(
    r"(?:[A-Za-z]{3}, ?)?(\d\d?) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d:\d\d) "
    r"(?:GMT|UTC|UT|Z|([+-]\d\d:?[0-5]\d))\Z"
)
"""What nearly every RSS feed writes."""

_FIXED_DAYS: Final = frozenset({"Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"})
_FIXED_MONTHS: Final = {
    name.title(): f"{number:02}"
    for name, number in _MONTHS.items()
    if len(name) == 3  # noqa: PLR2004 - Jan
}
_FIXED_ZONES: Final = {
    f"{sign}{hour:02}{minute:02}": f"{sign}{hour:02}:{minute:02}"
    for sign in "+-"
    for hour in range(15)
    for minute in (0, 30, 45)
} | {
    name.upper(): f"{hours:+03}:00"
    for name, hours in _ZONES.items()
    if name and isinstance(hours, int)
}
"""Days, months and zones as most dates have them, read first because it costs least."""

_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

_KOREAN_ZONE: Final = 9.0
_HALVES: Final = {"오전": "a", "午前": "a", "오후": "p", "午後": "p"}
_OFFSET: Final = re.compile(r"([+-])\s?(\d{1,2}):?(\d{0,2})")
_STAMP: Final = re.compile(r"\d{9,10}(?:\d{3})?\Z")
_MAX_LENGTH: Final = 100


def parse_date(text: str) -> datetime | None:
    """Return the time that ``text`` means, in UTC, or ``None`` if it means none."""
    text = text.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if text[4:5] == "-" and (text[10:11] in {"T", " "} or _ISO_DAY.match(text)):
        try:
            return _checked(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            return _by_pattern(text)
    moment = _from_fixed(text) or _from_usual(text)
    if moment is None:
        return _by_pattern(text)
    return moment if moment.year >= _FIRST_YEAR else None


def _by_pattern(text: str) -> datetime | None:
    text = text.replace("\u2212", "-")  # the minus sign that ISO 8601 prefers
    for pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            try:
                found = _from(match.groupdict())
            except (ValueError, OverflowError):
                continue
            if found:
                return found
    if _STAMP.match(text):
        seconds = int(text) // (1000 if len(text) > 10 else 1)  # noqa: PLR2004 - digits of a Unix time
        return _checked(datetime.fromtimestamp(seconds, UTC))
    return None


def _from_fixed(text: str) -> datetime | None:
    """Read ``Thu, 01 Jan 2004 19:48:21 GMT``, whose parts have fixed lengths."""
    parts = text.split(" ")
    if len(parts) != 6 or parts[0] not in _FIXED_DAYS:  # noqa: PLR2004 - as above
        return None
    _, day, name, year, clock, zone = parts
    month = _FIXED_MONTHS.get(name)
    offset = _FIXED_ZONES.get(zone)
    if not month or not offset or len(year) != 4 or len(clock) != 8:  # noqa: PLR2004 - as above
        return None
    if clock[2] != ":" or clock[5] != ":":
        return None
    try:
        moment = datetime.fromisoformat(f"{year}-{month}-{day}T{clock}{offset}")
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _from_usual(text: str) -> datetime | None:
    """Read a date as RFC 822 has it, ``None`` when something about it is unusual."""
    match = _USUAL.match(text)
    if not match:
        return None
    day, name, year, clock, offset = match.groups()
    month = _MONTHS.get(name.lower())
    if month is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{year}-{month:02}-{day:0>2}T{clock}{offset or '+00:00'}")
        return moment.astimezone(UTC) if offset else moment
    except (ValueError, OverflowError):
        return None


def _from(parts: dict[str, str | None]) -> datetime | None:
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") < 4:  # noqa: PLR2004 - RFC 822 had two digits
        year += 1900 if year >= _FIRST_YEAR % 100 else 2000
    offset = _KOREAN_ZONE if "korean" in parts else _offset(parts.get("zone") or "")
    time = _clock(parts) - timedelta(hours=offset)
    if parts.get("week"):
        day_of_week = int(parts["weekday"] or 1)
        start = datetime.fromisocalendar(year, int(parts["week"] or 0), day_of_week)
        return _checked(start.replace(tzinfo=UTC) + time)
    month, day = _month_and_day(parts)
    if not month:
        return None
    start = datetime(year, month, 1, tzinfo=UTC) + timedelta(days=day - 1)
    if "ordinal" not in parts and start.month != month:
        raise ValueError("no such day")
    return _checked(start + time)


def _clock(parts: dict[str, str | None]) -> timedelta:
    """Return the time of day; 24:00 and leap seconds roll over."""
    hour = int(parts.get("hour") or 0)
    half = parts.get("half") or _HALVES.get(parts.get("korean") or "", "")
    if half and hour <= 12:  # noqa: PLR2004 - a clock of twelve hours
        hour = hour % 12 + (12 if half in "pP" else 0)
    return timedelta(
        hours=min(hour, 24),
        minutes=min(int(parts.get("minute") or 0), 59),
        seconds=min(int(parts.get("second") or 0), 60),
    )


def _month_and_day(parts: dict[str, str | None]) -> tuple[int, int]:
    if parts.get("ordinal"):
        return 1, int(parts["ordinal"] or 1)
    if parts.get("first"):
        first, other = int(parts["first"] or 0), int(parts["other"] or 0)
        return (other, first) if first > 12 else (first, other)  # noqa: PLR2004 - months
    name = parts.get("name")
    if name:
        name = name.lower()
        month = _MONTHS.get(name) or _MONTHS.get(name[:3], 0)
    else:
        month = int(parts.get("month") or 1)
    return month, int(parts.get("day") or 1)


def _offset(zone: str) -> float:
    """Return hours east of Greenwich; a name nobody knows counts as UTC."""
    match = _OFFSET.search(zone)
    if not match:
        return _ZONES.get(zone.strip().lower(), 0)
    sign, hours, minutes = match.groups()
    value = min(int(hours), 24) + min(int(minutes or 0), 59) / 60
    return value if sign == "+" else -value


def _checked(moment: datetime) -> datetime | None:
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment.year >= _FIRST_YEAR else None
