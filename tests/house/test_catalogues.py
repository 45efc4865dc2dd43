"""The catalogues have all words of pages, and the tool that looks after them sees when not."""

from __future__ import annotations

import shutil
from pathlib import Path

import messages as tool
import pytest
from babel.messages.catalog import Catalog, Message
from hypothesis import given
from hypothesis import strategies as st

from catalogues import OTHERS, Said, messages
from ecliptic.render.interface import interface

MESSAGES = [(language, message) for language in OTHERS for message in messages(language)]
COUNTED = [(language, message) for language, message in MESSAGES if len(message.sources) > 1]


def po(language: str) -> Path:
    return tool.CATALOGUES / language / "LC_MESSAGES" / "ecliptic.po"


@pytest.fixture(scope="module")
def words() -> Catalog:
    return tool.collected()


@pytest.mark.parametrize("language", OTHERS)
def test_catalogue_is_complete_and_compiled(language: str, words: Catalog) -> None:
    text, compiled, wrong = tool.updated(po(language), words)
    assert wrong == []
    assert po(language).read_bytes() == text
    assert po(language).with_suffix(".mo").read_bytes() == compiled


def test_updated_when_a_template_has_a_new_word_says_what_is_missing(tmp_path: Path) -> None:
    words = tool.collected()
    words.add("A word that is new")
    path = tmp_path / "de" / "LC_MESSAGES" / "ecliptic.po"
    path.parent.mkdir(parents=True)
    shutil.copy(po("de"), path)
    text, compiled, wrong = tool.updated(path, words)
    assert b"A word that is new" in text
    assert compiled == po("de").with_suffix(".mo").read_bytes()
    assert wrong == [f"{path}: 'A word that is new' is not translated"]


@pytest.mark.parametrize(
    ("source", "text", "fault"),
    [
        ("Posts", "", "not translated"),
        ("Posts of %(feed)s", "Beiträge", "values"),
        ("Posts of %(feed)s", "Beiträge von %(food)s", "values"),
        ("Posts of %(feed)s", "%(feed)s und %(feed)s", "values"),
        ("{n} posts found", "Beiträge", "values"),
        ("All of <bdi>%(name)s</bdi>", "Alle von %(name)s", "markup"),
        ("All of <a href='x'>it</a>", "Alle <a href='y'>davon</a>", "markup"),
        ("Posts", "Beiträge<br>", "markup"),
        ("Posts", 'die "Beiträge"', "escaped"),
        ("Posts", "100 % Beiträge", "escaped"),
        ("Posts", "A & B", "escaped"),
        ("Posts", "A < B", "escaped"),
        (("%(num)s post", "%(num)s posts"), ("ein Beitrag", "viele Beiträge"), "values"),
        ("%B %d, %Y", "%-d. %B", "lacks"),
        ("%B %d, %Y", "%-d. %B %Y %Z", "no format"),
    ],
)
def test_faults_when_a_translation_is_wrong_names_it(
    source: str | tuple[str, str], text: str | tuple[str, str], fault: str
) -> None:
    message = Message(source, text)
    (found,) = tool.faults(message, tool.shared_forms("(n != 1)"))
    assert fault in found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Posts of %(feed)s", "%(feed)s の記事"),
        ("As <code>date&gt;=2024</code>.", "Etwa <code>date&gt;=2024</code>."),
        ("Posts", "100&nbsp;%%".replace("&nbsp;", "\u00a0")),
        ("%B %d, %Y", "%Y年%-m月%-d日"),
        (("%(num)s post", "%(num)s posts"), ("ein Beitrag", "%(num)s Beiträge")),
    ],
)
def test_faults_when_a_translation_is_right_are_none(
    source: str | tuple[str, str], text: str | tuple[str, str]
) -> None:
    message = Message(source, text)
    assert list(tool.faults(message, tool.shared_forms("(n != 1)"))) == []


@given(st.sampled_from(MESSAGES), st.text(st.characters(codec="utf-8"), max_size=8))
def test_texts_when_filled_hold_each_value(said: tuple[str, Said], value: str) -> None:
    _, message = said
    names = tool.PLACES.findall(message.sources[-1])
    for text in message.texts if len(message.texts) == 1 else ():
        for name in names:
            filled = text.replace(name, f"[{value}]")
            assert filled.count(f"[{value}]") >= 1
            assert not set(tool.PLACES.findall(filled)) - {*names, *tool.PLACES.findall(value)}


@given(st.sampled_from(COUNTED), st.integers(0, 10_000), st.integers(0, 10_000))
def test_counts_when_two_numbers_differ_are_told_apart(
    said: tuple[str, Said], one: int, other: int
) -> None:
    language, message = said
    if "%(num)s" in message.sources[1]:
        singular, plural = message.sources
        count = interface(language).translations.ngettext
        written = [count(singular, plural, n) % {"num": n} for n in (one, other)]
        assert (written[0] == written[1]) == (one == other)
