from __future__ import annotations

from ecliptic.model.codes import WORDS, words


def test_words_when_a_code_is_known_then_its_blanks_are_filled() -> None:
    assert words("decide.paused") == "the feed is paused in the configuration"
    assert words("decide.wait", {"until": "noon"}).startswith("after noon: the server asked")


def test_words_when_something_is_missing_then_a_mark_stands_for_it() -> None:
    assert words("decide.wait").startswith("after ?: the server asked")


def test_words_when_a_code_is_unknown_then_it_comes_back_whatever_it_holds() -> None:
    assert words("other.{code}") == "other.{code}"
    assert words("fetch.http_599") == "the server answered 599"


def test_words_when_strangers_fill_the_blanks_then_they_are_not_read_as_blanks() -> None:
    assert "{0.__class__}" in words("parse.not_a_feed", {"detail": "{0.__class__}"})


def test_words_when_listed_then_every_code_names_its_stage() -> None:
    assert all(code.count(".") >= 1 and told for code, told in WORDS.items())


def test_words_when_a_status_was_renamed_then_they_are_those_of_rfc_9110() -> None:
    assert words("fetch.http_413") == "the server answered 413 Content Too Large"
    assert words("fetch.http_422") == "the server answered 422 Unprocessable Content"
