from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ecliptic.errors import FilterError
from ecliptic.filters.automaton import Automaton
from ecliptic.filters.patterns import LONGEST_TEXT, Pattern
from ecliptic.filters.syntax import read_pattern

_atoms = st.sampled_from(
    ("a", "b", "A", "ß", "_", " ", ".", r"\w", r"\W", r"\d", r"\s", "[ab]", "[^a]", "[a-c_]", r"\n",
     "^", "$", r"\b", r"\B", r"\A", r"\Z", "(?-i:a)", "(?i:B)", "1", "(?:)", r"\x61", "é", "K")
)  # fmt: skip
_patterns = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(
            inner, st.sampled_from(("*", "+", "?", "{2}", "{1,3}", "{2,}", "{,2}", "*?", "+?"))
        ).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)
_texts = st.text("abAK1_ \nßé\u212a", max_size=12)

HOSTILE = (
    r"(a+)+$", r"^(a|aa)+$", r"x(a|a)*b", r"(.*)*x.y", r"a.*a.*a.*a.*b", r"^(\w+\s?)*!$",
    r"z?(a*)*(a*)*b", r"(x+x+)+y", r"^(([a-z])+.)+[A-Z]([a-z])+$", "(a|b)*a(a|b){12}c",
    r"(\s*a\s*)+b$", "(.{1,30}){1,30}z",
)  # fmt: skip
_ONLY_A = {HOSTILE[0], HOSTILE[1], HOSTILE[8]}


@given(_patterns, _texts)
@example("a|^b", "ab")
@example(r"\Ba\b.*?$", "ba\n")
@example("(?:a|b*)*c", "abc")
def test_automaton_when_it_looks_then_it_finds_what_re_finds(pattern: str, text: str) -> None:
    tree = read_pattern(pattern)
    expected = re.search(pattern, text, re.IGNORECASE) is not None
    if tree.can_be_empty and re.search(pattern, "", re.IGNORECASE):
        return  # refused: found in every text
    assert re.search(tree.source, text, re.IGNORECASE) is not None or not expected
    if not tree.can_be_empty:
        assert Automaton(tree).search(text) == expected
        assert Pattern(pattern).search(text) == expected


@pytest.mark.parametrize("pattern", HOSTILE)
def test_search_when_a_text_is_made_against_the_pattern_then_it_ends(pattern: str) -> None:
    one = Pattern(pattern)
    for text in ("a" * 30_000 + "!", "ab" * 15_000, "a b" * 10_000, "x" * 30_000, "\n" * 30_000):
        one.search(text)
    assert one.search("a" * 30_000) == (pattern in _ONLY_A)


@pytest.mark.parametrize(
    "pattern",
    [
        "a", "a|b", r"\bpy(thon)?\b", "foo.*", ".*foo", "[ab]{2,5}c", "(?<!x)y", "x(?=y)",
        "|".join(f"word{n}" for n in range(90)),
    ],
)  # fmt: skip
def test_pattern_when_its_ways_are_few_then_re_looks_for_it(pattern: str) -> None:
    assert not isinstance(getattr(Pattern(pattern)._search, "__self__", None), Automaton)


def test_search_when_a_text_is_very_long_then_its_beginning_counts() -> None:
    assert Pattern("b").search("a" * (LONGEST_TEXT - 1) + "b")
    assert not Pattern("b").search("a" * LONGEST_TEXT + "b")


def test_pattern_when_case_is_to_count_then_it_does() -> None:
    assert Pattern("(?-i:Go)").search("Go") is True
    assert Pattern("(?-i:Go)").search("go") is False
    assert Pattern("(?i)go").search("GO") is True


@pytest.mark.parametrize(
    "pattern",
    [
        "", "a*", "^$", "(a", "a)", "[a", "a**", "a{2,1}", "*a", r"(a)\1", r"\g", "(?P=x)",
        "(?>a)b", "a++", "(?s)a", "(?x: a)", "(?#a)b", "(?(1)a|b)", "[[:alpha:]]", "[a--b]", r"\0",
        r"\N{DASH}", "a{1001}", "a{10001}", "(a{100}){100}", "(?=a+)b", "a" * 2_001,
        "(" * 31 + "a" + ")" * 31, "(?<=a|bc)d", "\\",
    ],
)  # fmt: skip
def test_pattern_when_it_is_not_read_then_it_is_refused(pattern: str) -> None:
    with pytest.raises(FilterError) as caught:
        Pattern(pattern)
    assert caught.value.code == "filters.bad_pattern"
    assert 1 <= caught.value.column <= len(pattern) + 1


def test_automaton_when_its_states_are_many_then_it_forgets_and_goes_on() -> None:
    pattern = Pattern("(a|b)*a(a|b){14}c.*d")
    text = "".join("ab"[(n * n * 7919 >> 5) & 1] for n in range(20_000))
    assert not pattern.search(text)
    assert pattern.search(f"{text}a{'b' * 14}cd")
