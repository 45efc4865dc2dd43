from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.sources import address

GOOD = [
    "https://a.example/",
    "http://a.example",
    "https://a.example:8443/feed?x=1&y=%20#top",
    "https://bücher.example/ätom",
    "https://xn--bcher-kva.example/",
    "http://[2001:db8::1]/feed",
    "http://127.0.0.1:8000/feed",
    "https://me:secret@a.example/",
    "http://blog.example/?cat=1;order=[up]",
    "https://my_blog.example/",
]


def test_kinship_when_addresses_have_no_scheme_keeps_them_apart() -> None:
    kin = [address.kinship(text) for text in ("a.example/feed", "//b.example/feed", "feed.xml")]
    assert kin == ["a.example/feed", "//b.example/feed", "feed.xml"]


def test_kinship_when_an_address_holds_another_keeps_the_whole() -> None:
    assert address.kinship("http://www.a.example/?u=http://b.example/") == (
        "a.example/?u=http://b.example"
    )


@pytest.mark.parametrize("text", GOOD)
def test_fault_when_an_address_can_be_used_is_empty(text: str) -> None:
    assert address.fault(text) == ""


BAD = [
    "", "a.example", "//a.example/", "ftp://a.example/", "javascript:alert(1)", "https://",
    "https:///feed", "https://a..example/", f"https://{'a' * 64}.example/", "https://a.example:0/",
    "https://a.example:99999/", "https://a.example:x/", "https://a b.example/", "https://a\n.example/",
    "http://[::1/", 'https://a.example/"x"', "https://a.example/" + "x" * 4000, "https://.example/",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_fault_when_an_address_cannot_be_used_says_why(text: str) -> None:
    assert address.fault(text)


@given(st.text())
def test_address_when_it_is_any_text_never_fails(text: str) -> None:
    assert isinstance(address.fault(text), str)
    assert address.comparable(address.comparable(text)) == address.comparable(text)
    assert isinstance(address.kinship(text), str)


SAME = [
    ("HTTPS://A.example", "https://a.example/"),
    ("https://a.example:443/x", "https://a.example/x"),
    ("http://a.example:80/x", "http://a.example/x"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_comparable_when_two_spellings_are_one_address_is_equal(one: str, other: str) -> None:
    assert address.comparable(one) == address.comparable(other)


DIFFERENT = [
    ("https://a.example/x", "https://a.example/X"),
    ("https://a.example/x", "http://a.example/x"),
    ("https://a.example/x", "https://a.example/x/"),
    ("https://a.example:80/", "https://a.example/"),
    ("https://Me@a.example/", "https://me@a.example/"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_comparable_when_two_addresses_may_differ_keeps_them_apart(one: str, other: str) -> None:
    assert address.comparable(one) != address.comparable(other)


MEANT = [
    (" https://a.example/x ", "https://a.example/x"),
    ("feed://a.example/x", "http://a.example/x"),
    ("feed:https://a.example/x", "https://a.example/x"),
    ("FEED:http://a.example/x", "http://a.example/x"),
    ("http://a.example/Peter Marshall/rss", "http://a.example/Peter%20Marshall/rss"),
    ("file:///x", "file:///x"),
]


@pytest.mark.parametrize(("found", "meant"), MEANT)
def test_mended_when_an_address_is_spelt_loosely_returns_the_one_meant(
    found: str, meant: str
) -> None:
    assert address.mended(found) == meant


@pytest.mark.slow
@given(st.from_regex(address._PLAIN, fullmatch=True))
def test_fault_when_an_address_is_plain_agrees_with_a_closer_look(text: str) -> None:
    parts = urlsplit(text)
    assert parts.geturl() == text == address.comparable(text)
    assert parts.port not in {0, 80, 443}
    assert all(0 < len(label) < 64 for label in (parts.hostname or "").split("."))
    assert parts.username is None


def test_kinship_when_addresses_have_no_scheme_then_they_are_not_all_alike() -> None:
    assert address.kinship("http://www.a.example/f/") == address.kinship("https://a.example/f")
    assert address.kinship("theme/config.ini") != address.kinship("part:b")
