"""Times as pages write them."""

from __future__ import annotations

import locale
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.errors import RenderError
from ecliptic.model.site import Site
from ecliptic.render.dates import Dates, rfc822, rfc3339

TIME = datetime(2018, 4, 5, 1, 47, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("%B %d, %Y %I:%M %p", "April 05, 2018 01:47 AM"),
        ("%a %A %b %h %B %p", "Thu Thursday Apr Apr April AM"),
        ("%Y-%m-%d %H:%M %Z", "2018-04-05 01:47 UTC"),
        ("100%% %d", "100% 05"),
        ("%%B", "%B"),
        ("  %d\n%m ", "05 04"),
        ("", "April 05, 2018 01:47 AM"),
        ("%n", "April 05, 2018 01:47 AM"),
        ("\ud800", "April 05, 2018 01:47 AM"),
    ],
)
def test_long_when_the_format_is_odd_is_still_a_date(form: str, written: str) -> None:
    assert Dates(Site(name="P", date_format=form)).long(TIME) == written


@given(st.text(alphabet=st.characters(), max_size=12), st.datetimes(timezones=st.just(UTC)))
def test_long_when_format_and_time_are_anything_is_never_empty(form: str, time: datetime) -> None:
    dates = Dates(Site(name="P", date_format=form, timezone="America/New_York"))
    assert dates.long(time).strip()
    assert dates.day(time).strip()
    assert rfc3339(time)[10] == "T"
    assert rfc822(time).endswith("GMT")


pieces = st.sampled_from(
    [*(f"%{letter}" for letter in "aAbBhpdmHIMSYyjUs"), "%-d", "%-I", "%-M", " ", "年"]
)


@given(st.lists(pieces, min_size=1), st.datetimes(timezones=st.just(UTC)))
def test_written_when_the_process_speaks_english_is_what_strftime_writes(
    form: list[str], time: datetime
) -> None:
    written = "".join(form)
    assert Dates(Site(name="P")).written(time, written) == time.strftime(written)


@pytest.fixture
def german() -> Iterator[None]:
    before = locale.setlocale(locale.LC_TIME)
    for name in ("de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "es_ES.UTF-8"):
        try:
            locale.setlocale(locale.LC_TIME, name)
            break
        except locale.Error:
            continue
    else:
        pytest.skip("no other locale on this machine")
    yield
    locale.setlocale(locale.LC_TIME, before)


@pytest.mark.usefixtures("german")
def test_names_when_the_process_speaks_another_language_are_english() -> None:
    assert Dates(Site(name="P", day_format="%A %B")).day(TIME) == "Thursday April"


def test_zone_when_unknown_is_an_error_that_names_it() -> None:
    for name in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(RenderError, match="timezone"):
            Dates(Site(name="P", timezone=name))


def test_local_when_the_zone_has_summer_time_follows_it() -> None:
    dates = Dates(Site(name="P", timezone="Europe/Berlin", date_format="%H:%M"))
    assert dates.long(datetime(2018, 1, 1, 12, tzinfo=UTC)) == "13:00"
    assert dates.long(datetime(2018, 7, 1, 12, tzinfo=UTC)) == "14:00"
