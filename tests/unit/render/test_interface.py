"""The words of pages in other languages than English."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from ecliptic.render.dates import Dates
from ecliptic.render.interface import interface, languages
from feed_rules import XHTML
from html_rules import faults
from making import NOON
from rendering import SITE, make_feed, make_shown, read_html, render_site

TIME = datetime(2018, 4, 25, 13, 7, tzinfo=UTC)
OTHERS = [language for language in languages() if language != "en"]


def test_languages_are_those_that_are_promised() -> None:
    assert {"en", "es", "pt", "de", "fr", "ja", "ar"} <= set(languages())


@pytest.mark.parametrize(
    ("language", "long", "day", "month"),
    [
        ("en", "April 25, 2018 01:07 PM", "April 25, 2018", "April 2018"),
        ("es", "25 de abril de 2018, 13:07", "25 de abril de 2018", "abril de 2018"),
        ("pt-BR", "25 de abril de 2018, 13:07", "25 de abril de 2018", "abril de 2018"),
        ("de", "25. April 2018, 13:07", "25. April 2018", "April 2018"),
        ("fr-CA", "25 avril 2018, 13:07", "25 avril 2018", "avril 2018"),
        ("ja", "2018年4月25日 13:07", "2018年4月25日", "2018年4月"),
        ("ar", "25 أبريل 2018، 13:07", "25 أبريل 2018", "أبريل 2018"),
        ("tlh", "April 25, 2018 01:07 PM", "April 25, 2018", "April 2018"),
    ],
)
def test_dates_when_the_planet_has_a_language_are_written_as_there(
    language: str, long: str, day: str, month: str
) -> None:
    dates = Dates(replace(SITE, language=language))
    assert dates.long(TIME) == long
    assert dates.of_day(TIME.date()) == day
    assert dates.month(TIME.date()) == month


def test_dates_when_the_operator_set_a_format_keep_it_with_names_of_the_language() -> None:
    dates = Dates(
        replace(SITE, language="de", date_format="%a %A %b %B %-d %d %%", day_format="%x")
    )
    assert dates.long(datetime(2018, 5, 2, tzinfo=UTC)) == "Mi Mittwoch Mai Mai 2 02 %"


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("az-Latn", "ltr"),
        ("ur-Latn", "ltr"),
        ("de", "ltr"),
    ],
)
def test_direction_is_that_of_the_language_and_its_script(language: str, direction: str) -> None:
    assert interface(language).direction == direction


@pytest.mark.parametrize("tag", ["", "..", "../../etc", "de/..", "\0", "x" * 500])
def test_interface_when_the_tag_is_none_is_english(tag: str) -> None:
    assert interface(tag).language == "en"


@pytest.mark.parametrize("language", OTHERS)
def test_pages_when_the_planet_has_a_language_are_valid_and_have_its_words(language: str) -> None:
    site = replace(SITE, language=language, owner_name="Ann")
    shown = [make_shown(number, make_feed(number)) for number in (1, 2)]
    files = render_site(site, [make_feed(1), make_feed(2)], shown)
    words = interface(language)
    for path, data in files.items():
        if path.endswith(".html"):
            page = read_html(data)
            assert faults(page) == [], path
            assert page.get("lang") == language
            assert page.get("dir", "ltr") == words.direction
            assert words.say("Skip to the content") in data.decode()
            assert "Skip to the content" not in data.decode()
    front = read_html(files["index.html"])
    heading = front.find(f".//{XHTML}time")
    assert heading is not None
    assert heading.text == Dates(site).long(NOON)


def test_pages_when_the_planet_is_written_from_right_to_left_show_others_as_they_are() -> None:
    entry = make_shown(1, title="A title", language="en")
    files = render_site(replace(SITE, language="ar"), [make_feed()], [entry])
    page = read_html(files["index.html"])
    assert page.get("dir") == "rtl"
    titles = [node.get("dir") for node in page.iter(f"{XHTML}h4")]
    assert titles == ["auto"]


def test_plurals_are_those_of_the_language() -> None:
    count = interface("ar").translations.ngettext
    forms = {count("%(num)s post", "%(num)s posts", number) for number in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 5  # 11 and 100 are spelled alike
    assert interface("ja").translations.ngettext("%(num)s post", "%(num)s posts", 1) == (
        interface("ja").translations.ngettext("%(num)s post", "%(num)s posts", 5)
    )
