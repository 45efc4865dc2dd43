"""No word of ours stands in a page but by the catalogues."""

from __future__ import annotations

import re
from gettext import NullTranslations

import pytest
from msgspec.structs import replace

from catalogues import OTHERS, messages, replaced
from ecliptic.flows.sample import NOON, sample_pages, sample_site
from ecliptic.model.page import Page
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.results import Hit, Results
from ecliptic.render import Renderer, Theme
from ecliptic.render.interface import Interface
from ecliptic.render.theme import DEFAULT, THEMES
from page_words import lines, read
from rendering import make_status

AUTHORED = re.compile(
    r"https?://\S+|Planet Sample|The people of Sample|A planet to look at a theme with|Jobs"
    r"|The Night Shift|مرصد|A blog with a name that goes on and on|Ada Quist|sky|العربية"
    r"|First light|Code & tables|ليلة بلا قمر|A title that is so long that it must be broken,?"
    r"|秋の夜空|A picture and a sound"
)
"""What the sample planet's operator and authors say outside of elements for it."""

NAMES = {"Atom", "FOAF", "JSON Feed", "OPML", "RSS", "RSS 1.0", "RSS 2.0", "UTC", "website"}
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
HIT = Hit(
    title="", link="https://a.example/", feed="The Night Shift", home="https://a.example/",
    author="Ada Quist", time=NOON, text="sky",
)  # fmt: skip


class Marking(NullTranslations):
    """Every text that is looked up, between ⟦ and ⟧."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{context and message}⟧"


def marking(name: str) -> Theme:
    words = Interface(language="en", direction="ltr", translations=Marking())
    return Theme(tuple(dict.fromkeys((THEMES / name, DEFAULT))), words)


def unmarked(body: bytes) -> set[str]:
    """Return the words of a page that no catalogue was asked for."""
    text = read(body)
    while MARKED.search(text):
        text = MARKED.sub("", text)
    found = {AUTHORED.sub("", line).strip(" (),—·\t") for line in text.splitlines()}
    return {line for line in found if re.search(r"[^\W\d]", line)} - NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED_THEMES)
def test_pages_say_nothing_that_no_catalogue_was_asked_for(name: str) -> None:
    for page, body in sample_pages(marking(name)):
        if page.path.endswith(".html"):
            assert unmarked(body) == set(), page.path


def test_unmarked_when_a_template_has_words_of_its_own_finds_them() -> None:
    page = "<p>⟦Posts⟧ {}<b title='{}'>⟦by <i>x</i> ⟦May⟧⟧ Planet Sample</b></p><p>Atom</p>"
    assert unmarked(page.format("", "⟦more⟧").encode()) == set()
    assert unmarked(page.format("and ", "more").encode()) == {"and", "more"}


@pytest.mark.parametrize(
    "results",
    [
        Results(query="", page=1),
        Results(query="x", page=1),
        Results(query="x", page=2, hits=(HIT,), more=True),
        Results(query="x:", page=1, problem="there is no such field", column=1),
    ],
)
def test_results_of_a_server_say_nothing_that_no_catalogue_was_asked_for(results: Results) -> None:
    renderer = Renderer(sample_site(), marking("default"), [])
    page = Page(path="search.html", kind="search")
    assert unmarked(renderer.search_page(page, results)) == set()


@pytest.mark.parametrize("kind", ["index", "titles", "feeds", "blogroll"])
def test_pages_of_an_empty_planet_say_nothing_that_no_catalogue_was_asked_for(kind: str) -> None:
    renderer = Renderer(sample_site(), marking("default"), [])
    page = Page(path=f"{kind}.html", kind=kind)  # type: ignore[arg-type]
    assert unmarked(renderer.render(page, (), make_status(None))) == set()


@pytest.mark.slow
@pytest.mark.parametrize("language", OTHERS)
def test_pages_when_the_planet_has_a_language_keep_no_english_text(language: str) -> None:
    english = replaced(language)
    site = replace(sample_site(), language=language)
    seen = set()
    for page, body in sample_pages(Theme.load("", language), site):
        if page.path.endswith(".html"):
            assert lines(body) & english == set(), page.path
            seen |= lines(body)
    assert seen & {text for message in messages(language) for text in message.texts}
