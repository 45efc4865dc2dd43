from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ecliptic.decide.identity import keys_of
from ecliptic.decide.kin import Comparison, alias_of, told_apart
from ecliptic.model.entry import KnownEntry
from ecliptic.model.kin import Relative, Relatives
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.text import Content
from making import NOON, make_parsed

LONG = "<p>A text that is long enough to be known again by, all of it, in each version.</p>" * 2


def make_relative(number: int = 1, **fields: Any) -> Relative:
    values: dict[str, Any] = {
        "key": f"key{number}",
        "id": f"tag:blog.example,2018:{number}",
        "link": f"https://blog.example/{number}-a-post",
        "title": f"Post {number}",
        "published": NOON - timedelta(hours=number),
    }
    return Relative(**{**values, **fields})


def make_known(key: str, *, alias: str = "") -> KnownEntry:
    return KnownEntry(
        key=key,
        uid=f"e{key}",
        fingerprint=b"",
        policy="1",
        first_seen_at=NOON,
        shown_at=NOON,
        published=None,
        hidden=None,
        notes=(),
        position=0,
        alias=alias,
    )


def found(
    *new: ParsedEntry, stored: list[Relative], texts: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """Return the code and the stored entry of each match."""
    comparison = Comparison(new, keys_of(new), {}, Relatives(entries=tuple(stored)))
    unread = comparison.unread()
    comparison.read({key: text for key, text in (texts or {}).items() if key in unread})
    return [(m.reason.code, m.relative.key) for m in comparison.matches(NOON)]


def fresh(**fields: Any) -> ParsedEntry:
    """Return an entry that has nothing in common with any stored one, but what is given."""
    values: dict[str, Any] = {
        "id": "new",
        "link": "https://blog.example/new-link",
        "title": Content(value="New title", kind="text"),
        "content": Content(value="<p>New text</p>"),
        "published": NOON,
    }
    return make_parsed(9, **{**values, **fields})


def test_matches_when_nothing_is_in_common_then_there_is_none() -> None:
    assert found(fresh(), stored=[make_relative(n) for n in range(9)]) == []


@pytest.mark.parametrize(
    ("entry", "relative", "code"),
    [
        ({"id": "https://a.example/post"}, {"id": "http://www.a.example/post/"},
         "decide.known_by_id"),
        ({"link": "http://blog.example/1-a-post/", "published": NOON}, {"published": NOON},
         "decide.known_by_link"),
        ({"link": "https://new.example/1-a-post", "published": NOON}, {"published": NOON},
         "decide.known_by_path"),
        ({"title": Content(value="post &amp; 1"), "published": NOON},
         {"title": "Post & 1", "published": NOON}, "decide.known_by_title"),
    ],
)  # fmt: skip
def test_matches_when_enough_is_in_common_then_the_code_says_what(
    entry: dict[str, Any], relative: dict[str, Any], code: str
) -> None:
    assert found(fresh(**entry), stored=[make_relative(1, **relative)]) == [(code, "key1")]


def test_matches_when_title_and_long_text_are_the_same_then_it_is_known_by_them() -> None:
    entry = fresh(title=Content(value="Post 1"), content=Content(value=f"<div>{LONG}</div>"))
    stored = [make_relative(1), make_relative(2)]
    assert found(entry, stored=stored, texts={"key1": LONG}) == [("decide.known_by_text", "key1")]
    assert found(entry, stored=stored, texts={"key1": "<p>Another</p>"}) == []


def test_matches_when_a_text_is_short_then_it_says_nothing() -> None:
    entry = fresh(title=Content(value="Post 1"), content=Content(value="<p>Hello</p>"))
    assert found(entry, stored=[make_relative(1)], texts={"key1": "<p>Hello</p>"}) == []


def test_matches_when_only_the_link_is_the_same_then_it_depends_on_the_others() -> None:
    entry = fresh(link="https://blog.example/1-a-post")
    assert found(entry, stored=[make_relative(1)]) == []
    permalinks = [make_relative(n) for n in range(6)]
    assert found(entry, stored=permalinks) == [("decide.known_by_link", "key1")]
    one_page = [make_relative(n, link="https://blog.example/1-a-post") for n in range(1, 7)]
    assert found(entry, stored=one_page) == []


def test_matches_when_two_could_be_meant_then_none_is() -> None:
    twins = [make_relative(n, title="Notes", published=NOON) for n in (1, 2)]
    entry = fresh(title=Content(value="Notes"))
    assert found(entry, stored=twins) == []
    assert found(entry, stored=twins[:1]) == [("decide.known_by_title", "key1")]


def test_matches_when_those_that_could_be_meant_are_the_same_then_it_is_the_first() -> None:
    twins = [make_relative(n, link="https://blog.example/twice", title="Notes", published=NOON)
             for n in (1, 2)]  # fmt: skip
    entry = fresh(link="https://blog.example/twice", title=Content(value="Notes"))
    assert found(entry, stored=twins) == [("decide.known_by_link", "key1")]


def test_matches_when_two_new_entries_could_be_one_stored_one_then_neither_is() -> None:
    new = [fresh(id=str(n), link="", title=Content(value="Post 1")) for n in (1, 2)]
    stored = [make_relative(1, published=NOON)]
    assert found(*new, stored=stored) == []
    assert found(new[0], stored=stored) == [("decide.known_by_title", "key1")]


def test_matches_when_another_host_is_still_there_then_a_path_says_nothing() -> None:
    """Two blogs of a planet may both have a /2018/hello-world."""
    stored = [make_relative(1, link="https://one.example/hello-world", published=NOON)]
    moved = fresh(link="https://two.example/hello-world")
    beside = fresh(id="beside", link="https://one.example/another", published=None)
    assert found(moved, stored=stored) == [("decide.known_by_path", "key1")]
    assert found(moved, beside, stored=stored) == []


def test_matches_when_the_operator_set_a_key_apart_then_it_is_none() -> None:
    entry = fresh(title=Content(value="Post 1"))
    relatives = Relatives(entries=(make_relative(1, published=NOON),))
    (key,) = keys_of([entry])
    assert Comparison([entry], [key], {}, relatives).matches(NOON)
    apart = Relatives(entries=relatives.entries, apart=frozenset({key}))
    assert Comparison([entry], [key], {}, apart).matches(NOON) == []


def test_alias_then_it_carries_the_evidence() -> None:
    entry = fresh(link="https://blog.example/1-a-post", published=NOON)
    relatives = Relatives(entries=(make_relative(1, published=NOON),))
    (match,) = Comparison([entry], ["key9"], {}, relatives).matches(NOON)
    alias = alias_of(match, "key9", entry)
    assert (alias.key, alias.entry_key, alias.id, alias.by_hand) == ("key9", "key1", "new", False)
    assert alias.reason.params == {"was": "tag:blog.example,2018:1", "now": "new"}


def test_told_apart_when_a_document_has_an_entry_and_its_alias_then_they_are_two() -> None:
    known = {"b": make_known("a", alias="rule"), "a": make_known("a")}
    keys, left, wrong = told_apart(["b", "a"], known)
    assert (keys, list(left), wrong) == (["b", "a"], ["a"], ("b",))


def test_told_apart_when_two_aliases_meet_then_the_first_keeps_the_entry() -> None:
    known = {key: make_known("a", alias="rule") for key in ("b", "c")}
    keys, left, wrong = told_apart(["b", "c"], known)
    assert (keys, list(left), wrong) == (["b", "c"], ["b"], ("c",))


def test_told_apart_when_they_were_merged_by_hand_then_the_other_is_passed_over() -> None:
    known = {"b": make_known("a", alias="hand"), "a": make_known("a")}
    keys, _, wrong = told_apart(["b", "a"], known)
    assert (keys, wrong) == (["", "a"], ())


def test_alias_when_an_id_is_no_text_then_it_can_be_stored() -> None:
    entry = fresh(id="\ud800" * 9_000, link="https://blog.example/1-a-post", published=NOON)
    relatives = Relatives(entries=(make_relative(1, published=NOON),))
    (match,) = Comparison([entry], ["key9"], {}, relatives).matches(NOON)
    assert len(alias_of(match, "key9", entry).id.encode()) < 1_000
