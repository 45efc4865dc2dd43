from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse.dates import parse_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Thu, 01 Jan 2004 19:48:21 GMT", (2004, 1, 1, 19, 48, 21)),
        ("2004-W28-4", (2004, 7, 8)),
        ("2004W28T3:05Z", (2004, 7, 5, 3, 5)),
        ("2004-W28-4T10:00+02:00", (2004, 7, 8, 8)),
        ("N, 12 juuli 2012 10:00:00 +0300", (2012, 7, 12, 7)),
        ("R, 2 veebr 2018 10:00:00 GMT", (2018, 2, 2, 10)),
        ("Thu, 1 Jan 2004 19:48:21 +0200", (2004, 1, 1, 17, 48, 21)),
        ("01 Jan 2004 19:48:21 EST", (2004, 1, 2, 0, 48, 21)),
        ("Thu, 01 Jan 2004 19:48:21 EST", (2004, 1, 2, 0, 48, 21)),
        ("Thu, 01 Jan 2004 19:48:21 +0530", (2004, 1, 1, 14, 18, 21)),
        ("Thu, 01 Jan 2004 19:48.21 GMT", (2004, 1, 1, 19, 48)),
        ("Thu, 01 Jan 2004 19:48 GMT", (2004, 1, 1, 19, 48)),
        ("Thu, 01 Jan 2004 194821 GMT", (2004, 1, 1)),
        ("Thu, 01 Jan 2004 19:48:21.5 GMT", (2004, 1, 1, 19, 48, 21)),
        ("Foo, 01 Jan 2004 19:48:21 GMT", (2004, 1, 1, 19, 48, 21)),
        ("Thu, 01 Dez 2004 19:48:21 -0330", (2004, 12, 1, 23, 18, 21)),
        ("Thu, 31 Jun 2004 19:48:21 GMT", None),
        ("Thu, 01 Jan 04 19:48 GMT", (2004, 1, 1, 19, 48)),
        ("Thu,  01 January 2004 19:48:21 +02:00", (2004, 1, 1, 17, 48, 21)),
        ("Thu, 01 Jan 2004 00:00 GMT+0100", (2003, 12, 31, 23, 0)),
        ("Wednesday, 19 August 2026", (2026, 8, 19)),
        ("Mon, 26 January 2004 16:31:00 ET", (2004, 1, 26, 21, 31)),
        ("Thu, 01 Jan 2004 24:00:00 GMT", (2004, 1, 2)),
        ("31 Dec 2005 23:59:60 GMT", (2006, 1, 1)),
        ("2003-12-31T10:14:55Z", (2003, 12, 31, 10, 14, 55)),
        ("2003-12-31T10:14:55-08:00", (2003, 12, 31, 18, 14, 55)),
        ("2026-02-17T17:36:36-0500", (2026, 2, 17, 22, 36, 36)),
        ("2003-12-31 10:14:55.5", (2003, 12, 31, 10, 14, 55, 500000)),
        ("2003-12-31T10:14Z", (2003, 12, 31, 10, 14)),
        ("2003-12-31", (2003, 12, 31)),
        ("2003-12", (2003, 12, 1)),
        ("2003", (2003, 1, 1)),
        ("20031231", (2003, 12, 31)),
        ("20031231T101455Z", (2003, 12, 31, 10, 14, 55)),
        ("2003-365", (2003, 12, 31)),
        ("2004/7/8 3:05 pm", (2004, 7, 8, 15, 5)),
        ("Sun Jan  4 16:29:06 PST 2004", (2004, 1, 5, 0, 29, 6)),
        ("Sun Jan  4 16:29:06 2004", (2004, 1, 4, 16, 29, 6)),
        ("January 4, 2004 4:29 PM", (2004, 1, 4, 16, 29)),
        ("Fri, 2006/09/15 08:19:53 EDT", (2006, 9, 15, 12, 19, 53)),
        ("2004-07-08 23:56:58.0", (2004, 7, 8, 23, 56, 58)),
        ("2004년 05월 28일  오후 01:31:15", (2004, 5, 28, 4, 31, 15)),
        ("2004-05-25 오후 11:23:17", (2004, 5, 25, 14, 23, 17)),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", (2004, 7, 11, 17)),
        ("2005-július-13T9:15-05:00", (2005, 7, 13, 14, 15)),
        ("Mo, 3 Mär 2014 10:00:00 +0100", (2014, 3, 3, 9)),
        ("lun., 5 févr. 2018 10:00:00 +0100", (2018, 2, 5, 9)),
        ("pon, 03 lut 2014 10:00:00 +0100", (2014, 2, 3, 9)),
        ("2014. április 3. 10:00", (2014, 4, 3, 10)),
        ("2014-jún-03T10:00Z", (2014, 6, 3, 10)),
        ("ma, 03 helmi 2014 10:00:00 +0200", (2014, 2, 3, 8)),
        ("man, 03 des 2014 10:00:00 +0100", (2014, 12, 3, 9)),
        ("lun, 03 iun 2014 10:00:00 +0300", (2014, 6, 3, 7)),
        ("Пн, 03 лют 2014 10:00:00 +0200", (2014, 2, 3, 8)),
        ("нд, 03 юли 2014 10:00:00 +0300", (2014, 7, 3, 7)),
        ("Sen, 03 Agu 2014 10:00:00 +0700", (2014, 8, 3, 3)),
        ("월, 03  2월 2014 10:00:00 +0900", (2014, 2, 3, 1)),
        ("星期一, 03 12月 2014 10:00:00 +0800", (2014, 12, 3, 2)),
        ("10/Oct/2000:13:55:36 -0700", (2000, 10, 10, 20, 55, 36)),
        ("2014-02-03T10:00:00\u221205:00", (2014, 2, 3, 15)),
        ("15.09.2018 12:00", (2018, 9, 15, 12)),
        ("12/31/2017 08:00", (2017, 12, 31, 8)),
        ("1136073600", (2006, 1, 1)),
        ("1136073600000", (2006, 1, 1)),
    ],
)
def test_parse_date_of_a_known_spelling_gives_its_time(
    written: str, meant: tuple[int, ...] | None
) -> None:
    expected = datetime(*meant, tzinfo=UTC) if meant else None  # type: ignore[arg-type, misc]
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    "written",
    ["", "  ", "yesterday", "Mon, 01 Jan 0001 00:00:00 +0000", "0001-01-01T00:00:00Z",
     "1970-01-01T00:00:00Z", "Thu, 32 Jan 2004 00:00:00 GMT", "2004-13-01", "9" * 500,
     "2004-W60-1", "0000-00-00 00:00:00", "1 2 3 4", "Sat, 07 Mar 08:03:50 +0000"],
)  # fmt: skip
def test_parse_date_of_no_date_gives_none(written: str) -> None:
    assert parse_date(written) is None


@given(st.text(max_size=60))
def test_parse_date_of_any_text_never_raises(written: str) -> None:
    moment = parse_date(written)
    assert moment is None or (moment.tzinfo is UTC and moment.year >= 1990)


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - the zone is added below
def test_parse_date_of_what_we_write_gives_it_back(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC)
    whole = moment.replace(microsecond=0)
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == whole
