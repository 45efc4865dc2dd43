"""A small planet in each language that pages speak, built by the command as any other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from catalogues import OTHERS, messages, replaced
from ecliptic.render.interface import languages
from ecliptic.testing import FeedServer
from html_rules import faults
from page_words import lines, read
from planets import Planet, item, rss
from rendering import read_html
from services import needs_chromium
from test_theme_quality import of_each_kind, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

TIME: Final = datetime(2018, 4, 24, 13, 7, tzinfo=UTC)
DATES: Final = {
    "en": ("April 24, 2018 01:07 PM", "April 24, 2018", "April 2018"),
    "es": ("24 de abril de 2018, 13:07", "24 de abril de 2018", "abril de 2018"),
    "pt": ("24 de abril de 2018, 13:07", "24 de abril de 2018", "abril de 2018"),
    "de": ("24. April 2018, 13:07", "24. April 2018", "April 2018"),
    "fr": ("24 avril 2018, 13:07", "24 avril 2018", "avril 2018"),
    "ja": ("2018年4月24日 13:07", "2018年4月24日", "2018年4月"),
    "ar": ("24 أبريل 2018، 13:07", "24 أبريل 2018", "أبريل 2018"),
}
"""By language: the date of the post, the heading of its day, and its month."""

NAMES: Final = ("Zeta", "Ypsilon", "XX7")
"""Of the planet, the feed and its author: words that no catalogue has."""


class Built(NamedTuple):
    """A planet that was built in a language."""

    language: str
    planet: Planet

    def pages(self) -> dict[str, bytes]:
        """Return its pages by their paths."""
        site = self.planet.site
        return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*.html")}


@pytest.fixture(scope="module", params=DATES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A planet of two posts of one feed, and a feed that fails."""
    name, feed, author = NAMES
    entries = [item(number, f"Z{number}", TIME, body=f"<p>{author}</p>", author=author)
               for number in (1, 2)]  # fmt: skip
    with FeedServer() as server:
        feeds = [server.add("/a.xml", rss(feed, "https://a.example/", entries)),
                 server.add("/b.xml", b"", status=410)]  # fmt: skip
        planet = Planet(
            tmp_path_factory.mktemp(request.param), feeds, name=name,
            language=request.param, entry_pages="full",
        )  # fmt: skip
        planet.build()
    return Built(request.param, planet)


def test_languages_that_are_built_are_all_that_there_are() -> None:
    assert sorted(DATES) == languages()


def test_pages_name_their_language_and_direction_and_have_no_fault(built: Built) -> None:
    pages = built.pages()
    assert {"index.html", "feeds.html", "archive/2018/04/24.html", "search.html"} <= pages.keys()
    for path, body in pages.items():
        page = read_html(body)
        direction = "rtl" if built.language == "ar" else None
        assert (page.get("lang"), page.get("dir")) == (built.language, direction), path
        assert faults(page) == [], path


@pytest.mark.parametrize("built", OTHERS, indirect=True)
def test_pages_keep_no_english_where_there_is_a_translation(built: Built) -> None:
    english = replaced(built.language)
    phrases = phrases_of(english, built.language)
    for path, body in built.pages().items():
        assert lines(body) & english == set(), path
        text = " ".join(read(body).split())
        assert {phrase for phrase in phrases if phrase in text} == set(), path


def phrases_of(english: set[str], language: str) -> set[str]:
    """Return what of English texts stands between their values, if no translation says it too."""
    parts = {
        part.strip() for text in english for part in re.split(r"%\(\w+\)s|<[^>]*>|{\w+}", text)
    }
    translated = "\n".join(text for message in messages(language) for text in message.texts)
    return {part for part in parts if " " in part and part not in translated}


def test_pages_when_a_phrase_was_left_in_english_would_be_told() -> None:
    phrases = phrases_of(replaced("de"), "de")
    assert len(phrases) > 40
    assert {"How each feed was doing at", "No posts yet."} <= phrases


def test_dates_are_written_as_in_the_language(built: Built) -> None:
    long, day, month = DATES[built.language]
    pages = {path: " ".join(read(body).split()) for path, body in built.pages().items()}
    assert pages["index.html"].count(long) == 2
    assert day in pages["archive/2018/04/24.html"]
    assert month in pages["archive/2018/04/index.html"]
    for path, text in pages.items():
        others = {date for language, dates in DATES.items() for date in dates[:1]} - {long}
        assert {date for date in others if date in text} == set(), path


def test_diagnostics_are_english_and_say_so(built: Built) -> None:
    page = read_html(built.pages()["feeds.html"])
    english = [one for one in page.iter() if (one.get("lang"), one.get("dir")) == ("en", "ltr")]
    said = [" ".join("".join(map(str, one.itertext())).split()) for one in english]
    assert "the server answered 410 Gone" in said
    # The next checks, and two lists of the last ones: each has a date, as in English.
    dated = [text for text in said if re.search(r"April \d\d, 2018 \d\d:\d\d [AP]M", text)]
    assert len(dated) >= 3
    own = {date for language, dates in DATES.items() if language != "en" for date in dates[1:2]}
    assert {date for date in own for text in said if date in text} == set()


@needs_chromium
@pytest.mark.parametrize("built", ["ar"], indirect=True)
def test_pages_in_arabic_when_axe_looks_at_them_have_no_violation(
    browser: Browser, built: Built
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900}, bypass_csp=True)
    for path in of_each_kind(built.planet.site):
        page.goto(path.as_uri())
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        assert violations(page) == [], path
    page.close()
