"""From the head of an answer, or the end of a transfer, to an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
}
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
        elif wanted == "content-encoding":  # several fields are one list: RFC 9110, 5.3
            fields[wanted] += f", {text}"
    return fields


def read_validator(value: str) -> str:
    """Return an ETag or Last-Modified as it came, or ``""`` if it cannot be kept."""
    return value if _VALIDATOR.fullmatch(value) else ""


def read_retry_after(value: str, now: datetime) -> datetime | None:
    """Return when Retry-After allows the next request (RFC 9110, 10.2.3), if it says so."""
    if value.isascii() and value.isdigit():
        return now + timedelta(seconds=min(int(value[:12]), _LONGEST_WAIT))
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few answers have such a date

    try:
        moment = parsedate_to_datetime(value)
        # "-0000" gives a time without a zone; HTTP's dates are in UTC (RFC 9110, 5.6.7).
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return min(moment, now + timedelta(seconds=_LONGEST_WAIT)) if moment > now else None
