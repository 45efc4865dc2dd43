"""Keys by which entries with nearly the same text are found."""

from __future__ import annotations

import sys

import pytest

from ecliptic.decide import bands
from ecliptic.decide.likeness import words_of
from ecliptic.errors import ConfigError

TEXT = [f"word{number}" for number in range(300)]


def keys(words: list[str], title: str = "") -> set[int]:
    return set(bands.text_keys(words_of(title), tuple(words)))


def test_keys_when_a_text_is_changed_in_few_places_are_shared() -> None:
    changed = [f"other{n}" if n % 60 == 30 else word for n, word in enumerate(TEXT)]
    assert keys(TEXT) & keys(changed)
    assert not keys(TEXT) & keys([f"other{n}" for n in range(300)])


def test_keys_when_made_again_are_those_that_are_stored() -> None:
    """When rensa makes others, its version in ``rules`` must differ, so that all are made anew."""
    assert bands.rules() == "rensa 2 16x8 2004 1"
    assert sorted(keys(TEXT))[:3] == [9191601990, 15357795599, 19901407279]


def test_keys_when_short_are_those_of_the_title_alone() -> None:
    assert keys(TEXT[:29]) == set()
    assert len(keys(TEXT[:29], "What grew here")) == 1
    assert not keys([], "Two words")
    assert len(keys(TEXT)) == 16


def test_keys_when_of_different_kinds_never_meet() -> None:
    exact = bands.exact_key("blog.example/post")
    title = next(iter(keys([], "What grew here")))
    kinds = {exact >> 32, title >> 32, *(key >> 32 for key in keys(TEXT))}
    assert len(kinds) == 18
    assert (
        bands.most_sharing(exact) > bands.most_sharing(max(keys(TEXT))) > bands.most_sharing(title)
    )


def test_rules_when_the_extra_is_missing_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    monkeypatch.setattr(bands, "_minhash", bands._minhash.__wrapped__)
    with pytest.raises(ConfigError, match=r"ecliptic\[duplicates\]"):
        bands.rules()
