"""The words of pages in other languages than English."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.errors import RenderError
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.paths import feed_page_path
from ecliptic.render import Theme
from ecliptic.render.dates import Dates
from ecliptic.render.interface import CATALOGUES, interface, languages
from ecliptic.render.view import Views
from feed_rules import XHTML
from html_rules import faults
from making import NOON, make_entry
from rendering import SITE, make_feed, make_shown, read_html, render_page, render_site

TIME = datetime(2018, 4, 25, 13, 7, tzinfo=UTC)
EMPTY = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28)
"""A catalogue without any message."""

CUT = (CATALOGUES / "de" / "LC_MESSAGES" / "ecliptic.mo").read_bytes()[:2_000]
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
        ("ku", "ltr"),
        ("ha-NG", "ltr"),
        ("ug", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("az_Arab", "rtl"),
        ("zh-yue-Hant", "ltr"),
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


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "لا موجزات"), (1, "موجز واحد"), (2, "موجزان"), (3, "3 موجزات"), (10, "10 موجزات"),
        (11, "11 موجزًا"), (99, "99 موجزًا"), (100, "100 موجز"), (102, "102 موجز"),
        (103, "103 موجزات"), (111, "111 موجزًا"), (1000, "1000 موجز"),
    ],
)  # fmt: skip
def test_plurals_in_arabic_follow_the_last_two_digits(number: int, text: str) -> None:
    count = interface("ar").translations.ngettext
    assert count("%(num)s feed", "%(num)s feeds", number) % {"num": number} == text


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ["0 Beiträge", "1 Beitrag", "2 Beiträge"]),
        ("es", ["0 entradas", "1 entrada", "2 entradas"]),
        ("pt-BR", ["0 publicações", "1 publicação", "2 publicações"]),
        ("fr", ["0 article", "1 article", "2 articles"]),
        ("ja", ["記事 0 件", "記事 1 件", "記事 2 件"]),
        ("en", ["0 posts", "1 post", "2 posts"]),
    ],
)
def test_plurals_are_those_of_the_language(language: str, texts: list[str]) -> None:
    count = interface(language).translations.ngettext
    written = [count("%(num)s post", "%(num)s posts", n) % {"num": n} for n in range(3)]
    assert written == texts


def test_states_when_there_are_several_feeds_agree_with_their_number() -> None:
    says = interface("es")
    assert says.say("Gone") == "Eliminada"
    assert says.translations.ngettext("Gone", "Gone", 2) == "Eliminadas"


def in_language(
    path: str, language: str, *, feed: FeedState | None = None, theme: Path | None = None
) -> str:
    """Return a page with one post of a planet in this language."""
    site, words = replace(SITE, language=language), Theme.load(str(theme or ""), language)
    return render_page(path, [make_shown(feed=feed)], site=site, theme=words).decode()


def test_sentences_that_are_english_have_english_dates() -> None:
    failed = FetchState(
        checked_at=NOON, failing_since=NOON, failures=3, code="fetch.reset",
        next_at=datetime(2018, 5, 1, tzinfo=UTC),
        next_reason=Reason(code="decide.next_backoff", at=NOON, params={"failures": "3"}),
    )  # fmt: skip
    page = in_language("feeds.html", "de", feed=make_feed(fetch=failed))
    assert 'lang="en" dir="ltr">after May 01, 2018 12:00 AM' in page
    assert "seit 25. April 2018, 12:00, 3 Mal in Folge</p>" in page


@pytest.mark.parametrize(
    ("language", "form", "date"),
    [
        ("ar", "%B %d, %Y %I:%M %p", "April 25, 2018 12:00 PM"),
        ("ar", "%A %d %B %Y الساعة %H:%M", "April 25, 2018 12:00 PM"),
        ("es", "%-d de %B de %Y", "April 25, 2018 12:00 PM"),
        ("es", "%Y-%m-%d %H:%M", "2018-04-25 12:00"),
        ("nl", "%d %B om %H uur", "April 25, 2018 12:00 PM"),
        ("ja", "%A, %d %B", "Wednesday, 25 April"),
        ("en", "%B the %dth", "April the 25th"),
        ("en-GB", "%B the %dth", "April the 25th"),
        ("", "%B the %dth", "April the 25th"),
    ],
)
def test_dates_in_english_sentences_have_no_words_of_another_language(
    language: str, form: str, date: str
) -> None:
    dates = Dates(replace(SITE, language=language, date_format=form))
    assert Views(dates, "").in_english(NOON) == date


def test_diagnostics_when_the_planet_is_in_arabic_are_marked_as_english() -> None:
    hidden = Reason(code="decide.dated_later", at=NOON, params={"date": "2018-05-01 12:00 UTC"})
    feed = make_feed(hidden={"decide.dated_later": 1})
    site, theme = replace(SITE, language="ar"), Theme.load("", "ar")
    page = read_html(
        render_page(
            feed_page_path(feed), site=site, feeds=[feed], theme=theme,
            withheld=[make_entry(hidden=hidden)],
        )
    )  # fmt: skip
    said = [one for one in page.iter() if re.search("2018-05-01|1 dated later", one.text or "")]
    assert [(one.get("lang"), one.get("dir")) for one in said] == [("en", "ltr")] * 2


def test_fingerprint_when_the_words_are_others_moves() -> None:
    languages = ("en", "de", "pt", "pt-BR")
    marks = [Theme.load("", language).fingerprint for language in languages]
    assert len(set(marks)) == 3
    assert marks[2] == marks[3]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A theme with words of its own in Dutch: those of the German catalogue."""
    path = tmp_path / "theme" / "locale" / "nl" / "LC_MESSAGES" / "theme.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes((CATALOGUES / "de" / "LC_MESSAGES" / "ecliptic.mo").read_bytes())
    return tmp_path / "theme"


def test_theme_when_it_has_words_of_its_own_shows_them_before_ours(own: Path) -> None:
    page = in_language("index.html", "nl-BE", theme=own)
    assert "Zum Inhalt springen" in page
    assert "25. April 2018, 12:00" in page


def test_theme_when_it_lacks_a_word_shows_ours(own: Path) -> None:
    (own / "locale" / "nl").rename(own / "locale" / "fr")
    (own / "locale" / "fr" / "LC_MESSAGES" / "theme.mo").write_bytes(EMPTY)
    assert "Aller au contenu" in in_language("index.html", "fr", theme=own)


def test_theme_when_its_words_change_has_another_fingerprint(own: Path) -> None:
    before = Theme.load(str(own), "nl").fingerprint
    path = own / "locale" / "nl" / "LC_MESSAGES" / "theme.mo"
    path.write_bytes((CATALOGUES / "es" / "LC_MESSAGES" / "ecliptic.mo").read_bytes())
    assert Theme.load(str(own), "nl").fingerprint != before
    assert Theme.load(str(own), "en").fingerprint == Theme.load().fingerprint


@pytest.mark.parametrize("data", [b"", b"msgid", CUT, b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_theme_when_its_catalogue_is_none_is_an_error_that_names_it(own: Path, data: bytes) -> None:
    path = own / "locale" / "nl" / "LC_MESSAGES" / "theme.mo"
    path.write_bytes(data)
    with pytest.raises(RenderError, match=r"theme\.mo: is no compiled catalogue"):
        Theme.load(str(own), "nl")
