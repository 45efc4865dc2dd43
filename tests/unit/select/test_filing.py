"""Under which terms an entry is filed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.parsed import Category, Person
from ecliptic.model.paths import is_safe, term_folder
from ecliptic.model.terms import TAXONOMIES, Labels, TermName
from ecliptic.select.filing import terms_of


def labels(
    tags: Iterable[str] = (), authors: Iterable[str] = (), language: str = "", **fields: Any
) -> Labels:
    return Labels(
        feed_id=1,
        categories=tuple(Category(term=tag) for tag in tags),
        authors=tuple(Person(name=name) for name in authors),
        language=language,
        **fields,
    )


def filed(of: Labels, feed_language: str = "") -> list[str]:
    found = terms_of(of, TAXONOMIES, feed_language)
    return [f"{term.taxonomy} {term.key} {term.name}" for term in found]


def test_terms_when_spelled_otherwise_are_one() -> None:
    assert filed(labels(["Python", "python ", "#Python", "PYTHON"])) == ["tags python python"]
    assert filed(labels(["Machine  Learning", "machine learning"])) == [
        "tags machine learning machine learning"
    ]


@pytest.mark.parametrize(
    "tag", ["", " ", "Uncategorized", "http://schemas.google.com/blogger#post", "\u2800", "x" * 65]
)
def test_tags_when_they_say_nothing_are_none(tag: str) -> None:
    assert filed(labels([tag])) == []


def test_tag_when_it_has_a_label_goes_by_it() -> None:
    of = labels()
    of = Labels(
        feed_id=1, categories=(Category(term="c-17", label="News"),), authors=(), language=""
    )
    assert filed(of) == ["tags news news"]


@pytest.mark.parametrize("name", ["admin", "Noreply", "ann@blog.example", "\u200b"])
def test_authors_when_nobody_is_named_are_none(name: str) -> None:
    assert filed(labels(authors=[name])) == []


def test_author_when_named_keeps_the_name() -> None:
    assert filed(labels(authors=["Ada  Lovelace"])) == ["authors ada lovelace Ada Lovelace"]


def test_language_when_the_entry_names_none_is_that_of_its_feed() -> None:
    assert filed(labels(language="pt-BR"), "en") == ["languages pt Português"]
    assert filed(labels(), "de-AT") == ["languages de Deutsch"]
    assert filed(labels(language="as you like")) == []
    assert filed(labels(language="tlh")) == ["languages tlh tlh"]


def test_tags_when_an_entry_has_too_many_are_its_first() -> None:
    assert len(filed(labels(f"tag {number}" for number in range(500)))) == 20


def test_taxonomies_when_the_planet_asks_for_some_are_those() -> None:
    of, asked = labels(["x"], ["Ann"], "en"), TAXONOMIES[1:]
    assert [term.taxonomy for term in terms_of(of, asked, "")] == ["authors", "languages"]


@pytest.mark.parametrize(
    ("key", "folder"),
    [
        ("python", "tags/python"),
        ("machine learning", "tags/machine-learning"),
        ("c++", "tags/c-"),
        ("c", "tags/c"),
        ("日本語", "tags/"),
        ("con", "tags/con-"),
        ("../etc/passwd", "tags/etc-passwd-"),
        ("index.html", "tags/index-html-"),
    ],
)
def test_folder_when_the_name_is_not_one_has_a_hash(key: str, folder: str) -> None:
    made = term_folder(TermName(taxonomy="tags", key=key, name=key))
    assert made.startswith(folder)
    assert (made == folder) == (not folder.endswith(("-", "/")))


spellings = st.text(max_size=70) | st.text("ab1- ", max_size=5)
"""Anything, and names that differ by what folders do not tell."""


@given(st.lists(spellings), st.lists(spellings), st.text(max_size=8))
def test_folders_of_any_names_are_safe_and_differ(
    tags: list[str], authors: list[str], language: str
) -> None:
    found = terms_of(labels(tags, authors, language), TAXONOMIES, "")
    folders = [term_folder(term) for term in found]
    assert all(map(is_safe, folders))
    assert len(set(folders)) == len(found)
    assert not [term for term in found if not term.name.strip() or not term.name.isprintable()]
