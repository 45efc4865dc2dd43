from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.fetch.answer import (
    read_fields,
    read_freshness,
    read_retry_after,
    read_validator,
)
from making import NOON

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_read_fields_then_wanted_ones_only_without_white_space() -> None:
    lines = [b"HTTP/1.1 200 OK\r\n", b"Server: x\r\n", b'ETAG:  "a b" \r\n', b"Content-Type:x\r\n"]
    assert read_fields(lines) == {"etag": '"a b"', "content-type": "x"}


def test_read_fields_when_repeated_then_the_first_counts() -> None:
    assert read_fields([b"Location: /a\r\n", b"Location: /b\r\n"]) == {"location": "/a"}


@given(st.lists(st.binary()))
def test_read_fields_on_any_lines_then_text(lines: list[bytes]) -> None:
    assert all(isinstance(value, str) for value in read_fields(lines).values())


@given(st.binary(max_size=500))
def test_read_validator_then_the_bytes_are_kept_exactly_or_not_at_all(value: bytes) -> None:
    kept = read_validator(value.decode("latin-1"))
    assert kept.encode("latin-1") in (b"", value)


@pytest.mark.parametrize("value", ['"odd\x01"', "x" * 1001, "a\r\nHost: b", "\x7f"])
def test_read_validator_when_unsafe_to_send_back_then_dropped(value: str) -> None:
    assert read_validator(value) == ""


@pytest.mark.parametrize("value", ['W/"a"', "Sat, 31 Feb 2026 99:00:00 XYZ", "caf\xe9", '""'])
def test_read_validator_when_odd_then_kept(value: str) -> None:
    assert read_validator(value) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + timedelta(seconds=120)),
        ("0", NOW),
        ("Fri, 02 Jan 2026 04:04:05 GMT", NOW + timedelta(hours=1)),
        ("Fri, 02 Jan 2026 04:04:05 +0100", None),
        ("Friday, 02-Jan-26 04:04:05 GMT", NOW + timedelta(hours=1)),
        ("Thu, 01 Jan 2026 00:00:00 GMT", None),
        ("", None),
        ("-1", None),
        ("soon", None),
        ("1.5", None),
        ("\u0663", None),
    ],
)
def test_read_retry_after_then_the_time_or_nothing(value: str, expected: datetime | None) -> None:
    assert read_retry_after(value, NOW) == expected


@pytest.mark.parametrize("value", ["9" * 400, "99999999999", "Fri, 31 Dec 9999 23:59:59 -2359"])
def test_read_retry_after_when_absurd_then_no_error(value: str) -> None:
    moment = read_retry_after(value, NOW)
    assert moment is None or moment > NOW


@given(st.text())
def test_read_retry_after_on_any_text_then_aware_or_nothing(value: str) -> None:
    moment = read_retry_after(value, NOW)
    assert moment is None or moment.tzinfo == UTC


def test_read_retry_after_when_now_is_of_another_zone_then_utc_for_dates() -> None:
    now = NOW.astimezone(timezone(timedelta(hours=2)))
    moment = read_retry_after("Fri, 02 Jan 2026 04:04:05 GMT", now)
    assert moment == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, -1),
        ({"cache-control": "max-age=3600"}, 3_600),
        ({"cache-control": 'public, Max-Age="60" '}, 60),
        ({"cache-control": "max-age=3600", "age": "600"}, 3_000),
        ({"cache-control": "max-age=60", "age": "600"}, 0),
        ({"cache-control": "no-cache, max-age=315360000"}, 0),
        ({"cache-control": "max-age=9, no-store"}, 0),
        ({"cache-control": "s-maxage=9"}, -1),
        ({"cache-control": "max-age=never"}, -1),
        ({"cache-control": 'private="x", no-cache="set-cookie", max-age=5'}, 5),
        ({"cache-control": "max-age=3600", "expires": "0"}, 3_600),
        ({"expires": "Wed, 25 Apr 2018 13:00:00 GMT"}, 3_600),
        (
            {
                "expires": "Wed, 25 Apr 2018 13:00:00 GMT",
                "date": "Wed, 25 Apr 2018 12:30:00 GMT",
            },
            1_800,
        ),
        ({"expires": "Wed, 25 Apr 2008 13:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"cache-control": "max-age=" + "9" * 12}, 10 * 366 * 86_400),
    ],
)
def test_freshness_when_a_server_says_something_then_as_rfc_9111_means_it(
    fields: dict[str, str], seconds: int
) -> None:
    assert read_freshness(fields, NOON) == seconds


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text()))
def test_freshness_when_a_server_says_anything_then_a_number(fields: dict[str, str]) -> None:
    assert read_freshness(fields, NOON) >= -1
