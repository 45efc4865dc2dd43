"""From the head of an answer, or the end of a transfer, to an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

_WANTED: Final = {
    b"etag": "etag",
    b"last-modified": "last-modified",
    b"content-type": "content-type",
    b"content-encoding": "content-encoding",
    b"content-location": "content-location",
    b"location": "location",
    b"retry-after": "retry-after",
    b"cache-control": "cache-control",
    b"expires": "expires",
    b"date": "date",
    b"age": "age",
    b"im": "im",
    b"link": "link",
}
_LISTS: Final = frozenset({"content-encoding", "cache-control", "im", "link"})
_max_age_of = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?([0-9]{1,12})", re.IGNORECASE).search
_must_ask = re.compile(r"(?:^|,)\s*no-(?:cache|store)\s*(?:,|$)", re.IGNORECASE).search
_VALIDATOR: Final = re.compile("[ -~\x80-\xff]{1,1000}")
_LONGEST_WAIT: Final = 10 * 366 * 86_400


def read_fields(lines: Iterable[bytes]) -> dict[str, str]:
    """Return the header fields that mean something to us; the first of a kind counts."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(b":")
        wanted = _WANTED.get(name.lower())
        if wanted is None:
            continue
        # Latin-1 keeps every byte, so that validators go back unchanged.
        text = value.strip(b" \t\r\n").decode("latin-1")
        if wanted not in fields:
            fields[wanted] = text
        elif wanted in _LISTS:  # several fields are one list: RFC 9110, 5.3
            fields[wanted] += f", {text}"
    return fields


def read_validator(value: str) -> str:
    """Return an ETag or Last-Modified as it came, or ``""`` if it cannot be kept."""
    return value if _VALIDATOR.fullmatch(value) else ""


def read_retry_after(value: str, now: datetime) -> datetime | None:
    """Return when Retry-After allows the next request (RFC 9110, 10.2.3), if it says so."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return now + timedelta(seconds=min(int(value[:12]), _LONGEST_WAIT))
    moment = _http_date(value)
    if moment is None or moment <= now:
        return None
    return min(moment, now + timedelta(seconds=_LONGEST_WAIT))


def read_freshness(fields: Mapping[str, str], now: datetime) -> int:
    """Return for how many seconds from now an answer is good (RFC 9111, 4.2.1, 4.2.3).

    0 when it is to be asked for again each time, -1 when the answer says nothing.
    """
    control = fields.get("cache-control", "")
    if control and _must_ask(control):
        return 0
    found = _max_age_of(control) if control else None
    if found:
        age = fields.get("age", "")
        old = int(age[:12]) if age.isascii() and age.isdigit() else 0
        return max(min(int(found[1]), _LONGEST_WAIT) - old, 0)
    expires = fields.get("expires", "")
    if not expires:
        return -1
    end = _http_date(expires)
    if end is None:
        return 0  # "0" and other nonsense: it has expired (RFC 9111, 5.3)
    start = _http_date(fields.get("date", "")) or now
    return max(min(int((end - start).total_seconds()), _LONGEST_WAIT), 0)


def _http_date(value: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few answers need it

    try:
        moment = parsedate_to_datetime(value)
        # "-0000" gives a time without a zone; HTTP's dates are in UTC (RFC 9110, 5.6.7).
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
