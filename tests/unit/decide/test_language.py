"""Whether a language that was detected is believed."""

from __future__ import annotations

import pytest

from ecliptic.decide import asks_for_language, spoken
from ecliptic.model.topic import Detected
from making import NOON, make_entry


def detected(language: str, probability: float = 0.999, length: int = 400) -> Detected:
    return Detected(language=language, probability=probability, length=length)


@pytest.mark.parametrize(
    ("declared", "feed", "found", "language"),
    [
        ("", "", detected("de"), "de"),
        ("", "", detected("de", 0.8), ""),
        ("", "", detected("de", length=20), ""),
        ("", "", detected("zxx"), ""),
        ("", "en", detected("de"), "de"),
        ("", "en", detected("de", 0.95), ""),
        ("", "en", detected("de", length=100), ""),
        ("en", "en-US", detected("de"), "de"),
        ("en-GB", "en", detected("en"), "en-GB"),
        ("fr", "en", detected("de"), "fr"),
        ("fr", "", detected("de"), "fr"),
        ("", "nb", detected("no"), ""),
        ("", "nb-NO", detected("da"), ""),
        ("", "sv", detected("no"), "no"),
        ("", "en_US", detected("en"), ""),
    ],
)
def test_spoken_when_a_language_is_clear_and_not_declared_by_the_entry_then_it_is_taken(
    declared: str, feed: str, found: Detected, language: str
) -> None:
    entry = spoken(make_entry(language=declared), found, feed, NOON)
    assert entry.language == language
    assert bool(entry.notes) == (language != declared)


def test_spoken_when_it_is_taken_then_the_note_says_what_the_feed_declares() -> None:
    (note,) = spoken(make_entry(), detected("de"), "en", NOON).notes
    assert note.code == "decide.other_language"
    assert note.params == {"language": "de", "probability": "1.00", "declared": "en"}
    (note,) = spoken(make_entry(), detected("de"), "", NOON).notes
    assert note.code == "decide.language"


def test_spoken_when_the_author_changed_the_text_then_there_is_one_note() -> None:
    entry = spoken(make_entry(), detected("de"), "en", NOON)
    again = spoken(make_entry(notes=entry.notes), detected("fr"), "en", NOON)
    assert [note.params["language"] for note in again.notes] == ["fr"]
    assert spoken(make_entry(notes=entry.notes), detected("en"), "en", NOON).notes == ()


def test_asks_for_language_when_the_entry_declares_its_own_then_not() -> None:
    assert asks_for_language(make_entry(language=""), "en")
    assert asks_for_language(make_entry(language="en"), "en")
    assert not asks_for_language(make_entry(language="fr"), "en")
