from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.decide.character import (
    Traits,
    familiarity,
    host_of,
    learned,
    maker_of,
    title_words,
    traits_of,
)
from ecliptic.decide.quarantine import suspicion
from ecliptic.model.character import Character
from ecliptic.model.text import Content
from making import NOON, make_parsed

KNOWN = Character(
    since=NOON - timedelta(days=90), entries=40, languages={"en": 160}, hosts={"blog.example": 160},
    linked={"docs.example": 60}, maker="wordpress.org",
    words=dict.fromkeys(title_words("python testing django typing packages"), 40), familiar=0.5,
)  # fmt: skip
CASINO = tuple(map(title_words, ("casino jackpot bonus", "roulette spins", "poker betting odds")))


def traits(**fields: Any) -> Traits:
    usual = Traits(
        3, Counter(en=3), Counter({"blog.example": 3}), Counter(), "wordpress.org",
        (title_words("python typing"), title_words("django testing"), title_words("packages")),
    )  # fmt: skip
    return usual._replace(**fields)


STRANGE: dict[str, dict[str, object]] = {
    "language": {"languages": Counter(id=3)},
    "subject": {"words": CASINO},
    "hosts": {"hosts": Counter({"other.example": 3})},
    "generator": {"maker": "hugo"},
}


@pytest.mark.parametrize(
    ("changed", "count", "is_held"),
    [
        ((), 3, False),
        (("language", "subject"), 3, False),
        (("hosts", "generator"), 30, False),
        (("language", "subject", "hosts"), 3, True),
        (("language", "hosts", "generator"), 3, True),
        (("subject", "generator"), 30, True),
        (("language", "subject", "hosts", "generator"), 30, True),
    ],
)
def test_suspicion_when_traits_change_then_three_and_one_of_content_are_needed(
    changed: tuple[str, ...], count: int, *, is_held: bool
) -> None:
    fields = {name: value for each in changed for name, value in STRANGE[each].items()}
    found = suspicion(KNOWN, traits(**fields), NOON, count=count, expected=4, kept_hosts=set)
    assert (found is not None) == is_held
    if found is not None:
        assert len(str(found.params["evidence"]).split("; ")) == len(changed) + (count > 3)


def test_suspicion_when_known_entries_are_on_the_new_host_then_it_is_a_move() -> None:
    fields = STRANGE["language"] | STRANGE["hosts"] | STRANGE["generator"]

    def found(*kept: str) -> bool:
        strange = traits(**fields)
        reason = suspicion(KNOWN, strange, NOON, count=3, expected=4, kept_hosts=lambda: kept)
        return reason is not None

    assert found("blog.example")
    assert not found("other.example")


@pytest.mark.parametrize(
    ("generator", "maker"),
    [
        ("https://wordpress.org/?v=6.4.2", "wordpress.org"),
        ("WordPress 6.4", "wordpress"),
        ("Hugo -- gohugo.io 0.121", "hugo gohugo io"),
        ("Jekyll v4.2.0", "jekyll"),
        ("", "atom10"),
    ],
)
def test_maker_when_only_the_version_changes_then_it_is_the_same(
    generator: str, maker: str
) -> None:
    assert maker_of(generator, "atom10") == maker


def test_host_when_an_address_is_odd_then_it_has_none() -> None:
    assert host_of("https://user@WWW.Blog.example:8080/x") == "blog.example"
    assert host_of("http://") == ""
    assert host_of("mailto:a@b.example") == ""


def test_title_words_when_there_are_no_spaces_then_pairs_stand_for_words() -> None:
    first, second = title_words("機械学習の入門"), title_words("機械学習の応用")
    assert 0 < len(first & second) < len(first)


def test_familiarity_when_there_are_no_words_then_it_is_nothing() -> None:
    assert familiarity([frozenset()], {"a": 1}) == 0.0


def test_traits_when_a_body_links_often_to_a_host_then_it_counts_once_an_entry() -> None:
    body = Content(value='<a href="https://www.shop.example/1">a</a><A HREF=https://shop.example>b')
    found = traits_of([make_parsed(1, content=body)], maker="", language="pt-BR")
    assert found.linked == Counter({"shop.example": 1})
    assert found.languages == Counter(pt=1)


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=20))
def test_character_when_it_learns_anything_then_it_stays_bounded(
    posts: list[tuple[str, str]],
) -> None:
    character = Character()
    for title, body in posts:
        entry = make_parsed(
            1, title=Content(value=title, kind="text"), content=Content(value=body), link=body
        )
        character = learned(character, traits_of([entry], maker=title, language=body), NOON)
    assert len(character.words) <= 192
    assert len(character.hosts) <= 8
    assert 0.0 <= character.familiar <= 1.0
    assert character.entries == len(posts)
